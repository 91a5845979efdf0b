"""A run that is held, and one that is to answer with what it has."""

import threading
from collections.abc import Callable
from pathlib import Path

from rlm_desktop import places
from rlm_desktop.documents.collection import Collection
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.runs.events import (
    CallEnded,
    CallKind,
    CallStarted,
    CodeEnded,
    Confidence,
    Event,
    Limits,
    Outcome,
    OutputGrew,
    ReplyEnded,
    RunEnded,
    Status,
)
from rlm_desktop.runs.loop import RunLoop
from rlm_desktop.runs.pace import Pace
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.sandbox.process import ProcessSandbox
from tests.runs.test_runs_labelling import SlowReader
from tests.runs.test_runs_loop import LOG


def hurried(
    engine: ScriptedEngine,
    folder: Path,
    when: Callable[[Event], bool],
    question: str = "How many ERROR lines are there?",
    text: str = LOG,
) -> tuple[list[Event], RunEnded]:
    """A run that is to answer now from the first event on that `when` is true of."""
    pace = Pace()
    loop = RunLoop(
        engine,
        ProcessSandbox,
        load_recipes(places.resources() / "recipes"),
        Limits(turns=4),
        threading.Event(),
        folder,
        pace=pace,
    )
    happened: list[Event] = []
    with Collection.of_text(text, "store.log", folder) as collection:
        for event in loop.events(question, collection):
            happened.append(event)
            if when(event):
                pace.answer_now()
    end = happened[-1]
    assert isinstance(end, RunEnded)
    return happened, end


def test_the_answer_is_taken_from_what_was_printed(tmp_path: Path) -> None:
    engine = ScriptedEngine([" count", "print(86)", "86"])
    happened, end = hurried(engine, tmp_path, lambda event: isinstance(event, CodeEnded))
    assert (end.outcome, end.answer, end.status) == (Outcome.FORCED, "86", Status.FORCED)
    assert end.confidence is Confidence.UNSURE
    kinds = [event.kind for event in happened if isinstance(event, CallStarted)]
    assert kinds[-1] is CallKind.EXTRACT


def test_what_a_program_printed_before_it_was_cut_off_counts(tmp_path: Path) -> None:
    program = "print('store-3 is the one')\nprint(ask('Which store?', context[:500]))"
    engine = ScriptedEngine([" look-up", program, "store-3"])
    _, end = hurried(engine, tmp_path, lambda event: isinstance(event, OutputGrew))
    assert (end.outcome, end.answer) == (Outcome.FORCED, "store-3")
    assert any("store-3 is the one" in said.text for said in engine.heard[-1].messages)


def test_what_was_looked_up_so_far_is_the_answer(tmp_path: Path) -> None:
    program = "final(look_up('Which store has event 77?'))"
    engine = ScriptedEngine([" look-up", program, "Yes?", "2", "Right?"])
    replies = iter(range(99))

    def is_read(event: Event) -> bool:
        return isinstance(event, ReplyEnded) and next(replies) == 4

    question = "Which store has event 77?"
    _, end = hurried(engine, tmp_path, is_read, question)
    assert (end.outcome, end.answer, end.status) == (Outcome.FORCED, "2", Status.FORCED)
    assert end.evidence


def test_where_nothing_is_known_yet_that_is_said(tmp_path: Path) -> None:
    engine = ScriptedEngine([" count", "print(86)"])
    _, end = hurried(engine, tmp_path, lambda event: isinstance(event, CallStarted))
    assert (end.outcome, end.answer) == (Outcome.FORCED, None)
    assert end.error


def test_labels_that_were_given_are_used_for_the_others(tmp_path: Path) -> None:
    names = ["soup", "fish", "fish"]
    text = "".join(f"{names[place % 3]} of day {place}\n" for place in range(600))
    program = "labels = classify(lines, ['soup', 'fish'], 'Which?')\nfinal(labels.count('fish'))"
    labels = iter(range(9999))

    def enough(event: Event) -> bool:
        return isinstance(event, CallEnded) and next(labels) == 64 + 200

    engine = SlowReader([" count", program])
    happened, end = hurried(engine, tmp_path, enough, "How many dishes are fish?", text)
    assert (end.answer, end.confidence) == ("400", Confidence.UNSURE)
    calls = [event for event in happened if isinstance(event, CallStarted)]
    assert len(calls) < 64 + 400


def test_a_run_that_is_held_waits_and_its_time_stands_still() -> None:
    now = [0.0]
    pace, stop = Pace(lambda: now[0]), threading.Event()
    now[0] = 10.0
    pace.hold()
    pace.hold()
    now[0] = 50.0
    assert (pace.is_held, pace.seconds()) == (True, 10.0)
    waiting = threading.Thread(target=pace.wait, args=(stop,))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    pace.go_on()
    waiting.join(5)
    assert not waiting.is_alive()
    now[0] = 55.0
    assert (pace.is_held, pace.seconds()) == (False, 15.0)


def test_a_run_that_is_held_can_be_stopped_and_hurried() -> None:
    for wake in ("stop", "now"):
        pace, stop = Pace(), threading.Event()
        pace.hold()
        waiting = threading.Thread(target=pace.wait, args=(stop,))
        waiting.start()
        stop.set() if wake == "stop" else pace.answer_now()
        waiting.join(5)
        assert not waiting.is_alive()
    assert pace.is_hurried
