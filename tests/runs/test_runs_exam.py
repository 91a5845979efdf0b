"""Tests for the exam of models: a scripted model, and everything else real."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rlm_desktop import places
from rlm_desktop.engine.base import LabelScore, Prompt, Scored, Usage
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.runs import exam, exam_texts
from rlm_desktop.runs.exam import Exam, Tried, verdict_of
from rlm_desktop.runs.levels import Level
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.sandbox.process import ProcessSandbox

COUNTS = [" count", 'hits = [line for line in lines if "ALARM" in line]\nfinal(len(hits))']
RANKS = [
    " rank",
    (
        'gates = Counter(re.search(r"gate-\\d", line)[0] for line in lines)\n'
        "print(gates)\nfinal(gates.most_common(1)[0][0])"
    ),
]
FINDS = [
    " look-up",
    'final(look_up("Where does the widow Aagaard hide the deed of the mill?"))',
    "Yes",
    "Inside the blue clock",
    "Right",
]
ADMITS = [
    " look-up",
    'final(look_up("What is the name of the widow Aagaard\'s horse?"))',
    "horse, mare",
    'final("NOT FOUND")',
]
LABELS = [label for _, label in exam_texts.NOTES]
WRITES = ["\n".join(exam_texts.items())]
FOREIGN = ["Onno Petersen"]


class NoHorse(ScriptedEngine):
    """Finds a horse in no passage, however many it is shown."""

    def score(
        self, prompts: Sequence[Prompt], labels: Sequence[str], stop: threading.Event
    ) -> Iterator[Scored]:
        messages = prompts[0].messages
        if not messages or "horse" not in messages[-1].text:
            yield from super().score(prompts, labels, stop)
            return
        scores = tuple(LabelScore(label, -9.0 if label == "Yes" else -0.1, 1) for label in labels)
        for index in range(len(prompts)):
            yield Scored(index, scores, Usage())


def taken(replies: list[str], folder: Path) -> list[Tried]:
    engine = NoHorse(replies)
    recipes = load_recipes(places.resources() / "recipes")
    return list(Exam(engine, ProcessSandbox, recipes, folder, threading.Event()).take())


def test_a_model_that_can_do_all(tmp_path: Path) -> None:
    replies = [*COUNTS, *RANKS, *FINDS, *ADMITS, *LABELS, *WRITES, *FOREIGN]
    tried = taken(replies, tmp_path)
    assert [(each.shows, each.passed) for each in tried] == [
        (shows, True)
        for shows in (
            exam.COUNTS,
            exam.RANKS,
            exam.FINDS,
            exam.ADMITS,
            exam.LABELS,
            exam.WRITES,
            exam.FOREIGN,
        )
    ]
    verdict = verdict_of(tried)
    assert verdict.level is Level.THOROUGH
    assert "counting lines by a program" in verdict.sentence
    assert "Check" not in verdict.sentence


def test_a_model_that_writes_no_programs_gets_short_runs() -> None:
    tried = [
        Tried(exam.COUNTS, False, 9.0, ""),
        Tried(exam.RANKS, False, 9.0, ""),
        Tried(exam.LABELS, True, 9.0, "15 of 16 right"),
    ]
    verdict = verdict_of(tried)
    assert verdict.level is Level.QUICK
    assert verdict.sentence == (
        "Good for: labelling short texts. Check its answers, or take another model, for: counting"
        " lines by a program, finding by a program what comes most often."
    )


@pytest.mark.parametrize("made", [exam_texts.log, exam_texts.book])
def test_the_texts_are_too_long_to_be_read_whole(made) -> None:  # type: ignore[no-untyped-def]
    assert len(made()) > 18_000
    assert made() == made()
