"""What is recorded comes back, and nothing that was kept is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_desktop.errors import StorageError, UsageError
from rlm_desktop.runs import events as e
from rlm_desktop.runs.event_json import to_dict
from rlm_desktop.runs.run import Run
from rlm_desktop.storage.run_store import RunStore
from rlm_desktop.storage.texts import SHORT
from tests.storage.arbitrary_events import KINDS, arbitrary
from tests.storage.example_run import EVENTS, KEPT, LONG_OUTPUT

STARTED = EVENTS[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.db"


@pytest.fixture
def store(path: Path) -> Iterator[RunStore]:
    with RunStore(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def kept_in_memory() -> Iterator[RunStore]:
    with RunStore(None) as opened:
        yield opened


def record(store: RunStore, happened: list[e.Event]) -> int:
    run: int | None = None
    for number, event in enumerate(happened):
        run = store.record(event, run, number)
    assert run is not None
    return run


def test_a_run_reads_back_as_it_was_live_but_for_progress(store: RunStore) -> None:
    run = record(store, EVENTS)
    assert [to_dict(event) for event in store.events(run)] == [to_dict(event) for event in KEPT]


def test_another_connection_reads_the_same(store: RunStore, path: Path) -> None:
    run = record(store, EVENTS)
    with RunStore(path) as other:
        assert list(other.events(run)) == KEPT


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None)
@given(draw=st.data())
def test_every_event_comes_back_to_the_letter(
    kept_in_memory: RunStore, kind: type, draw: st.DataObject
) -> None:
    event = draw.draw(arbitrary(kind))
    first = event if isinstance(event, e.RunStarted) else STARTED
    run = kept_in_memory.record(first, None, 0)
    if event is not first:
        kept_in_memory.record(event, run, 1)
    expected = [first] if isinstance(event, e.Progress) or event is first else [first, event]
    assert [to_dict(back) for back in kept_in_memory.events(run)] == list(map(to_dict, expected))


def test_the_list_sums_up_a_run(store: RunStore) -> None:
    number = record(store, EVENTS)
    (kept,) = store.runs()
    run = Run.of(EVENTS)
    assert kept == store.run(number)
    assert (kept.number, kept.question, kept.answer) == (number, EVENTS[0].question, "31")
    assert (kept.outcome, kept.status) == ("answered", "computed by code")
    assert kept.documents == ("ferries.log", "notes.md")
    assert (kept.model, kept.coverage, kept.seconds) == ("starter", 0.75, 12.5)
    assert (kept.calls, kept.turns) == (run.calls, run.turns) == (3, 2)
    assert kept.started_at.tzinfo is not None


def test_a_question_is_in_the_file_before_its_first_token(store: RunStore, path: Path) -> None:
    store.record(STARTED, None, 0)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("select question, outcome from runs").fetchall() == [
            (STARTED.question, None)
        ]


def test_a_long_text_is_kept_once(store: RunStore, path: Path) -> None:
    assert len(LONG_OUTPUT) > SHORT
    runs = [record(store, EVENTS), record(store, EVENTS)]
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("select body from texts").fetchall() == [(LONG_OUTPUT,)]
    assert all(list(store.events(run)) == KEPT for run in runs)


def test_the_views_show_calls_and_turns_to_other_tools(store: RunStore, path: Path) -> None:
    record(store, EVENTS)
    long = e.CallStarted("1.3", e.CallKind.ASK, "p" * 5000)
    store.record(long, 1, 100)
    with closing(sqlite3.connect(path)) as other:
        calls = other.execute("select path, kind, prompt, outcome, answer, replies from calls")
        assert calls.fetchall() == [
            ("1", "root", EVENTS[0].question, "answered", "31", 2),
            ("1.1", "route", "which recipe?", "answered", "count", 1),
            ("1.2", "ask", "left?", "answered", "yes", 1),
            ("1.3", "ask", "p" * 5000, None, None, 0),
        ]
        turns = other.execute("select path, reply, prompt_tokens, cached_tokens from turns")
        assert ("1", "print(1 / 0)", 900, 100) in turns.fetchall()


@pytest.mark.parametrize("number", [17, 0, -1, 2**80])
def test_an_unknown_run_is_named(store: RunStore, number: int) -> None:
    for use in (store.events, store.run, store.delete, store.restore):
        with pytest.raises(UsageError, match=rf"no run {number}; `rlm-desktop runs` lists"):
            use(number)


def test_a_full_disk_is_said_and_loses_nothing(store: RunStore, path: Path) -> None:
    run = record(store, EVENTS)
    pages = store._db.execute("pragma page_count").fetchone()[0]
    store._db.execute(f"pragma max_page_count = {pages}").fetchall()
    with pytest.raises(StorageError, match=r"the disk is full.*runs\.db.*free some space"):
        store.record(e.CodeEnded("1", "x" * 100_000, None), run, 1000)
    store._db.execute("pragma max_page_count = 1000000").fetchall()
    assert list(store.events(run)) == KEPT
    store.record(e.CodeEnded("1", "x" * 100_000, None), run, 1000)
    with RunStore(path) as other:
        assert list(other.events(run)) == [*KEPT, e.CodeEnded("1", "x" * 100_000, None)]


def test_a_lock_that_lasts_is_said(path: Path) -> None:
    RunStore(path).close()
    with RunStore(path, patience=0.05) as store, closing(sqlite3.connect(path)) as other:
        other.execute("begin immediate")
        with pytest.raises(StorageError, match=r"runs\.db is locked by another program: close it"):
            store.record(STARTED, None, 0)
        other.rollback()
        assert store.record(STARTED, None, 0) == 1


def test_a_database_that_became_read_only_is_said(store: RunStore) -> None:
    store._db.execute("pragma query_only = on")
    with pytest.raises(StorageError, match=r"runs\.db cannot be opened or written"):
        store.record(STARTED, None, 0)


@pytest.mark.parametrize(
    "damage",
    [
        "update events set body = '{' where number = 5",
        "update events set body = '{}' where number = 5",
        "update events set kind = 'Nothing' where number = 5",
        "delete from texts",
    ],
)
def test_a_damaged_event_is_named(store: RunStore, damage: str) -> None:
    run = record(store, EVENTS)
    store._db.execute(damage)
    with pytest.raises(StorageError, match=rf"event \d+ of run {run} in .*runs\.db"):
        list(store.events(run))


def test_numbers_of_removed_runs_are_not_given_again(store: RunStore) -> None:
    first = record(store, EVENTS)
    store.delete(first)
    store.purge_deleted()
    assert record(store, EVENTS) == first + 1


def test_an_error_in_the_program_is_not_disguised(store: RunStore) -> None:
    store.record(STARTED, None, 0)
    with pytest.raises(sqlite3.IntegrityError):
        store.record(e.LoadStarted("starter"), 99, 0)
    with pytest.raises(AssertionError):
        store.record(e.LoadStarted("starter"), None, 0)
