"""The list of runs: search, trash and undo, and what other processes do meanwhile."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.engine.base import Usage
from rlm_desktop.errors import UsageError
from rlm_desktop.runs import events as e
from rlm_desktop.storage.call_cache import CachedAnswer
from rlm_desktop.storage.run_store import RunStore
from rlm_desktop.storage.writer import Writer, is_alive, this_process
from tests.storage.example_run import EVENTS, KEPT

STARTED = EVENTS[0]
assert isinstance(STARTED, e.RunStarted)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.db"


@pytest.fixture
def store(path: Path) -> Iterator[RunStore]:
    with RunStore(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def one_run() -> Iterator[RunStore]:
    with RunStore(None) as opened:
        keep(opened, 'Was "AND" (or NOT*) in it?', "yes: 50 %")
        yield opened


def keep(store: RunStore, question: str, answer: str | None = None) -> int:
    run = store.record(replace(STARTED, question=question), None, 0)
    if answer is not None:
        store.record(e.RunEnded(e.Outcome.ANSWERED, answer), run, 1)
    return run


def numbers(store: RunStore, search: str = "", **also: bool) -> list[int]:
    return [kept.number for kept in store.runs(search, **also)]


def test_the_newest_run_is_first_and_the_list_has_an_end(store: RunStore) -> None:
    made = [keep(store, f"question {number}") for number in range(5)]
    assert numbers(store) == made[::-1]
    assert [kept.number for kept in store.runs(limit=2)] == made[:-3:-1]


def test_a_word_in_the_question_weighs_more_than_one_in_the_answer(store: RunStore) -> None:
    asked = keep(store, "When does the heron come back?", "in March")
    keep(store, "And who leaves?", "the stork")
    answered = keep(store, "Which bird is grey?", "the heron")
    assert numbers(store, "heron") == [asked, answered]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("müller", True),
        ("MULLER", True),
        ("mül", True),
        ("ueller", False),
        ("invoice müller", True),
        ("invoice absent", False),
        ("müller c++", True),
        ("OR", False),
        ("question:müller", False),
        ("???", False),
        ("(3)", True),
        ('"', False),
        ("voice", True),
        ("東京", True),
        ("の会議", True),
        ("   ", True),
    ],
)
def test_search(store: RunStore, search: str, found: bool) -> None:
    run = keep(store, "Which invoice (3) did Müller send in C++?", "東京の会議")
    assert numbers(store, search) == ([run] if found else [])


@given(st.text(st.characters()))
def test_no_search_is_too_strange(one_run: RunStore, search: str) -> None:
    assert numbers(one_run, search) in ([], [1])


@given(st.text(st.sampled_from("\"*()ANDORT:^-+{}\0' \ud800"), max_size=12))
def test_no_syntax_is_too_strange(one_run: RunStore, search: str) -> None:
    assert numbers(one_run, search) in ([], [1])


def test_the_question_itself_finds_its_run(one_run: RunStore) -> None:
    assert numbers(one_run, 'Was "AND" (or NOT*) in it?') == [1]


def test_deleting_is_a_trash_with_undo(store: RunStore) -> None:
    first, second = keep(store, "first", "a"), keep(store, "second", "b")
    store.delete(first)
    assert (numbers(store), numbers(store, deleted=True)) == ([second], [first])
    assert (numbers(store, "first"), numbers(store, "first", deleted=True)) == ([], [first])
    store.restore(first)
    assert (numbers(store), numbers(store, deleted=True)) == ([second, first], [])


def test_what_is_purged_is_gone_from_the_file(store: RunStore, path: Path) -> None:
    run: int | None = None
    for number, event in enumerate(EVENTS):
        run = store.record(event, run, number)
    assert run is not None
    long = "the quetzalcoatlus of lot 49 " * 50
    secret = keep(store, "Where is the axolotl?", "under the xylophone")
    store.record(e.CodeEnded("1", long, None), secret, 2)
    store.delete(secret)
    assert store.purge_deleted() == 1
    assert (numbers(store), numbers(store, deleted=True)) == ([run], [])
    assert list(store.events(run)) == KEPT
    files = b"".join(file.read_bytes() for file in path.parent.glob("runs.db*"))
    for word in (b"axolotl", b"xylophone", b"quetzalcoatlus"):
        assert word not in files
    assert b"ferry" in files
    assert store.purge_deleted() == 0


def test_a_run_that_goes_on_is_not_purged(store: RunStore) -> None:
    run = keep(store, "still going")
    store.delete(run)
    assert store.purge_deleted() == 0
    store.record(e.RunEnded(e.Outcome.STOPPED), run, 1)
    assert store.purge_deleted() == 1


@contextmanager
def another_process(path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that has begun a run, and ends it when its standard input is closed."""
    code = """
import sys
from pathlib import Path
from rlm_desktop.runs.events import Limits, Outcome, RunEnded, RunStarted
from rlm_desktop.storage.run_store import RunStore
with RunStore(Path(sys.argv[1])) as store:
    run = store.record(RunStarted("theirs", (), "starter", Limits()), None, 0)
    print(run, flush=True)
    sys.stdin.read()
    store.record(RunEnded(Outcome.ANSWERED, "done"), run, 1)
"""
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        yield child, int(child.stdout.readline())
        child.kill()


def test_two_processes_use_one_database_at_once(store: RunStore, path: Path) -> None:
    with another_process(path) as (child, theirs):
        mine = keep(store, "mine")
        assert numbers(store) == [mine, theirs]
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(30) == 0
        assert store.run(theirs).answer == "done"
        store.record(e.RunEnded(e.Outcome.ANSWERED, "too"), mine, 1)
    assert [kept.outcome for kept in store.runs()] == ["answered", "answered"]


def test_a_run_is_interrupted_once_its_process_is_gone(store: RunStore, path: Path) -> None:
    mine = keep(store, "mine")
    with another_process(path) as (child, theirs):
        assert store.mark_interrupted() == []
        child.kill()
        child.wait(30)
        assert store.mark_interrupted() == [theirs]
        assert store.mark_interrupted() == []
    assert store.run(theirs).outcome == "interrupted"
    assert store.run(mine).outcome is None


def test_a_number_given_to_a_new_process_does_not_keep_a_run_alive() -> None:
    me = this_process()
    assert is_alive(me)
    assert not is_alive(Writer(os.getpid(), me.started - 3600))


def test_writers_in_several_threads_do_not_lose_events(path: Path) -> None:
    RunStore(path).close()

    def write(name: str) -> None:
        with RunStore(path) as own:
            run = keep(own, name)
            for number in range(1, 40):
                own.record(e.Advised("1", f"{name} {number}"), run, number)

    threads = [threading.Thread(target=write, args=(f"thread {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with RunStore(path) as store:
        assert [len(list(store.events(run))) for run in numbers(store)] == [40] * 4


@given(st.text(st.characters()), st.text(st.characters()))
def test_an_answer_is_paid_for_once(one_run: RunStore, prompt: str, answer: str) -> None:
    usage = Usage(100, 5, 20, 1.5)
    model = f"model for {prompt!r}"  # what an earlier example kept is in the same database
    one_run.keep_cached(model, "t=0", prompt, answer, usage)
    entry = one_run.cached(model, "t=0", prompt)
    assert entry == CachedAnswer(answer, usage)
    assert entry is not None
    assert (entry.usage.cached_tokens, entry.usage.seconds) == (20, 1.5)
    assert one_run.cached(model, "t=1", prompt) is None
    assert one_run.cached(f"other {model}", "t=0", prompt) is None
    assert one_run.cached(model, "t=0", prompt + ".") is None


def test_a_run_is_called_by_a_title_and_found_by_it(store: RunStore) -> None:
    first, second = keep(store, "How many?"), keep(store, "Why?")
    store.rename(first, "  Pumps of\nspring ")
    assert store.run(first).title == "Pumps of spring"
    assert numbers(store, "pumps OF") == [first]
    assert numbers(store, STARTED.sources[0].name[:6].upper()) == [second, first]
    store.rename(first, "")
    assert numbers(store, "Pumps") == []
    with pytest.raises(UsageError, match="no run 99"):
        store.rename(99, "x")


def test_pinned_runs_stay_at_the_top(store: RunStore) -> None:
    first, second, third = (keep(store, f"question {number}") for number in range(3))
    store.pin(first, pinned=True)
    assert numbers(store) == [first, third, second]
    assert store.run(first).pinned
    store.pin(first, pinned=False)
    assert numbers(store) == [third, second, first]
