"""Tests for rlm_desktop.runs.labelling, and for labels with examples in a run."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop import places
from rlm_desktop.documents.collection import Collection
from rlm_desktop.engine.base import Prompt, Scored
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.runs.events import (
    Advised,
    CallEnded,
    CallKind,
    CallStarted,
    Confidence,
    Event,
    Limits,
    RunEnded,
)
from rlm_desktop.runs.labelling import examples_from, sample_of, wants_examples
from rlm_desktop.runs.loop import RunLoop
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.sandbox.process import ProcessSandbox

LABELS = ("soup", "fish")


def test_the_clearest_texts_of_each_label_become_examples() -> None:
    texts = ["a", "b", "c", "d", "e"]
    scores = [[-1.0, -2.0], [-1.0, -5.0], [-1.0, -4.0], [-1.0, -9.0], [-1.0, -1.5]]
    assert examples_from(texts, scores, LABELS) == [
        ("d", "soup"),
        ("e", "fish"),
    ]


def test_a_bias_to_one_label_is_taken_off() -> None:
    """All are closest to the first label; the examples have both."""
    scores = [[-0.1, -3.0 - number] for number in range(4)]
    labels = {label for _, label in examples_from(["a", "b", "c", "d"], scores, LABELS)}
    assert labels == set(LABELS)


@given(
    st.lists(st.lists(st.floats(-50, 0), min_size=3, max_size=3), min_size=1, max_size=40),
)
def test_examples_are_texts_each_once(scores: list[list[float]]) -> None:
    texts = [f"text {number}" for number in range(len(scores))]
    examples = examples_from(texts, scores, ("a", "b", "c"))
    assert 1 <= len(examples) <= max(3, len(texts) // 2)
    assert {text for text, _ in examples} <= set(texts)


@given(st.integers(1, 5_000))
def test_a_sample_is_spread_over_all(number: int) -> None:
    sample = sample_of(number)
    assert sample == sorted(set(sample))
    assert len(sample) == min(number, 64)
    assert sample[-1] >= number * 0.98 - 1


def test_few_or_long_texts_are_labelled_without_examples() -> None:
    assert wants_examples(["short"] * 12)
    assert not wants_examples(["short"] * 11)
    assert not wants_examples(["long " * 200] * 30)


def run(engine: ScriptedEngine, text: str, folder: Path) -> list[Event]:
    loop = RunLoop(
        engine,
        ProcessSandbox,
        load_recipes(places.resources() / "recipes"),
        Limits(turns=4),
        threading.Event(),
        folder,
    )
    with Collection.of_text(text, "menu.txt", folder) as collection:
        return list(loop.events("How many dishes are fish?", collection))


def test_all_texts_are_labelled_after_those_that_were_looked_at_first(tmp_path: Path) -> None:
    text = "".join(f"dish {number} of the day\n" for number in range(14))
    first = ["soup"] * 7 + ["fish"] * 7
    then = ["fish"] * 3 + ["soup"] * 11
    program = "labels = classify(lines, ['soup', 'fish'], 'Which?')\nfinal(labels.count('fish'))"
    engine = ScriptedEngine([" count", program, *first, *then])
    events = run(engine, text, tmp_path)
    (ended,) = [event for event in events if isinstance(event, RunEnded)]
    assert ended.answer == "3"
    calls = [event for event in events if isinstance(event, CallStarted)]
    assert [call.kind for call in calls].count(CallKind.CLASSIFY) == 28
    assert len([event for event in events if isinstance(event, CallEnded)]) == len(calls)
    assert len(engine.heard[2].messages) == 2
    assert len(engine.heard[-1].messages) == 2 + 2 * 6, "three examples of each label"


class SlowReader(ScriptedEngine):
    """Labels each text by what it says, and needs long for it."""

    def score(
        self, prompts: Sequence[Prompt], labels: Sequence[str], stop: threading.Event
    ) -> Iterator[Scored]:
        if "soup" in labels:
            dishes = [prompt.messages[-1].text.splitlines() for prompt in prompts]
            self._replies[:0] = ["soup" if "soup of" in str(dish) else "fish" for dish in dishes]
        yield from super().score(prompts, labels, stop)


def test_what_there_is_no_time_to_read_is_labelled_by_likeness(tmp_path: Path) -> None:
    names = ["soup", "fish", "fish"]
    text = "".join(f"{names[place % 3]} of day {place}\n" for place in range(600))
    program = "labels = classify(lines, ['soup', 'fish'], 'Which?')\nfinal(labels.count('fish'))"
    events = run(SlowReader([" count", program], pace=0.15), text, tmp_path)
    (ended,) = [event for event in events if isinstance(event, RunEnded)]
    assert (ended.answer, ended.confidence) == ("400", Confidence.UNSURE)
    calls = [event for event in events if isinstance(event, CallStarted)]
    read = [call.kind for call in calls].count(CallKind.CLASSIFY) - 64
    assert 100 <= read < 600
    (advised,) = [event for event in events if isinstance(event, Advised)]
    assert f"({read} of 600 pieces were read; there is no time for more" in advised.advice
    assert ended.coverage == 1.0, "a program goes through all lines"


def test_of_a_long_piece_the_best_passages_are_read(tmp_path: Path) -> None:
    filler = "".join(f"The weather of day {number} was fair.\n" for number in range(900))
    text = f"{filler}The fish was served cold.\n{filler}"
    program = "final(ask('How was the fish served?', context[:]))"
    engine = ScriptedEngine([" count", program, "cold"])
    events = run(engine, text, tmp_path)
    asked = engine.heard[-1].messages[-1].text
    assert "The fish was served cold." in asked
    assert len(asked) < 5_000
    assert isinstance(events[-1], RunEnded)
    assert events[-1].answer == "cold"
