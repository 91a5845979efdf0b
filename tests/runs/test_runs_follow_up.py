"""Tests for questions that follow up on others: a scripted model, and everything else real."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rlm_desktop import places
from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import UsageError
from rlm_desktop.runs import events
from rlm_desktop.runs.events import CallKind, Event, Limits, Outcome, Status
from rlm_desktop.runs.follow_up import written_out
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.runs.run import Run
from rlm_desktop.sandbox.process import ProcessSandbox
from rlm_desktop.session import Session, can_be_followed

LOG = "".join(
    f"203{n % 3}-04-02 08:00:00 {'ERROR' if n % 7 == 0 else 'INFO'} gate {n} {'x' * 20}\n"
    for n in range(600)
)
COUNT = 'hits = [line for line in lines if " ERROR " in line]\nprint(len(hits))\nfinal(len(hits))'
QUESTION = "How many ERROR lines are there?"


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with opened("gate.log", LOG, tmp_path) as made:
        yield made


def opened(name: str, text: str, folder: Path) -> Collection:
    path = folder / name
    path.write_text(text)
    reading = read_documents([path], places.texts(), threading.Event())
    while True:
        try:
            next(reading)
        except StopIteration as end:
            made: Collection = end.value
            return made


def run_of(
    engine: ScriptedEngine, collection: Collection, question: str, follows: int | None = None
) -> tuple[int, Run, list[Event]]:
    session = Session(
        engine,
        ProcessSandbox,
        places.database(),
        load_recipes(places.resources() / "recipes"),
        places.texts(),
    )
    asking = session.ask(question, collection, Limits(turns=4), threading.Event(), follows)
    happened = list(asking.events)
    return asking.number, Run.of(happened), happened


def test_a_follow_up_is_written_out_and_has_the_variables(collection: Collection) -> None:
    first, run, _ = run_of(ScriptedEngine([" count", COUNT]), collection, QUESTION)
    assert can_be_followed(run, collection)
    only = 'only = [hit for hit in hits if hit.startswith("2031")]\nfinal(len(only))'
    out = " How many ERROR lines are there of 2031?"
    engine = ScriptedEngine([out, " count", only])
    _, run, happened = run_of(engine, collection, "And of 2031?", first)
    assert run.written_out == out.strip()
    assert run.started is not None
    assert run.started.follows == first
    assert run.ended is not None
    wanted = sum(line.startswith("2031") and " ERROR " in line for line in LOG.splitlines())
    assert (run.ended.answer, run.ended.status) == (str(wanted), Status.COMPUTED)
    assert run.root is not None
    assert [call.kind for call in run.root.children] == [CallKind.WRITE_OUT, CallKind.ROUTE]
    assert run.root.children[0].prompt == "And of 2031?"
    by_loop = [e.code for e in happened if isinstance(e, events.CodeStarted) and e.by_loop]
    assert by_loop[0] == COUNT
    shown = engine.heard[-1].messages
    assert COUNT in shown[-2].text
    assert "The answer was: 86" in shown[-1].text
    assert shown[-1].text.endswith(f"Question: {out.strip()}")


def test_a_follow_up_on_a_follow_up_knows_what_that_one_meant(collection: Collection) -> None:
    first, _, _ = run_of(ScriptedEngine([" count", COUNT]), collection, QUESTION)
    replies = [" How many ERROR lines are there of 2031?", " count", COUNT]
    second, _, _ = run_of(ScriptedEngine(replies), collection, "And of 2031?", first)
    engine = ScriptedEngine([" How many ERROR lines are there of 2032?", " count", COUNT])
    run_of(engine, collection, "And of 2032?", second)
    assert "First: How many ERROR lines are there of 2031?\nAnswer: 86" in engine.heard[0].prefill


def test_what_asked_the_model_is_not_run_again(collection: Collection) -> None:
    asks = 'answer = ask("Which gate?", lines[0])\nfinal(answer)'
    first, run, _ = run_of(ScriptedEngine([" look-up", asks, "gate 0"]), collection, "Which gate?")
    assert run.ended is not None
    assert run.ended.answer == "gate 0"
    engine = ScriptedEngine([" How many gates?", " count", COUNT])
    _, _, happened = run_of(engine, collection, "How many?", first)
    begun = [event for event in happened if isinstance(event, events.CodeStarted)]
    assert not begun[0].by_loop


def test_other_documents_are_not_followed_up_on(collection: Collection, tmp_path: Path) -> None:
    first, run, _ = run_of(ScriptedEngine([" count", COUNT]), collection, QUESTION)
    with opened("note.txt", "Another text.", tmp_path) as other:
        assert not can_be_followed(run, other)
        with pytest.raises(UsageError, match="other documents"):
            run_of(ScriptedEngine([]), other, "And now?", first)


def test_a_run_without_an_answer_is_not_followed_up_on(collection: Collection) -> None:
    first, run, _ = run_of(ScriptedEngine([]), collection, QUESTION)
    assert run.ended is not None
    assert run.ended.outcome is Outcome.FAILED
    assert not can_be_followed(run, collection)
    with pytest.raises(UsageError, match="no answer"):
        run_of(ScriptedEngine([]), collection, "And now?", first)


@pytest.mark.parametrize(
    ("reply", "question", "text"),
    [
        (" How many in 2012?", "And in 2012?", "How many in 2012?"),
        (" How many in 2013?", "And in 2012?", "And in 2012?"),
        (" Where was she born?", "Where was Ada born?", "Where was Ada born?"),
        ("  ", "Why?", "Why?"),
    ],
)
def test_what_is_written_out_keeps_names_and_numbers(reply: str, question: str, text: str) -> None:
    assert written_out(reply, question) == text
