"""What is kept, for how long, and what is brought in whole."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.runs.events import Limits, Outcome, RunEnded, RunStarted
from rlm_desktop.storage.kept_run import KeptRun
from rlm_desktop.storage.run_store import RunStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore(tmp_path / "runs.db") as opened:
        yield opened


def keep(store: RunStore, question: str, days_ago: int = 0, *, ended: bool = True) -> int:
    number = store.record(RunStarted(question, (), "a model", Limits()), None, 0)
    if ended:
        store.record(RunEnded(Outcome.ANSWERED, "Ada"), number, 1)
    at = datetime.now(UTC) - timedelta(days=days_ago)
    store._db.execute("update runs set started_at = ? where id = ?", [at.isoformat(), number])
    store._db.conn.commit()
    return number


def questions(store: RunStore, *, deleted: bool = False) -> list[str]:
    return [run.question for run in store.runs(deleted=deleted)]


def test_older_runs_are_removed_but_not_pinned_or_unended_ones(store: RunStore) -> None:
    keep(store, "old", 31)
    keep(store, "new", 29)
    store.pin(keep(store, "old, pinned", 400), pinned=True)
    keep(store, "old, going on", 400, ended=False)
    assert store.purge_older(30) == 1
    assert set(questions(store)) == {"new", "old, pinned", "old, going on"}
    assert store.purge_older(30) == 0


def test_all_runs_go_to_the_trash_and_each_is_named(store: RunStore) -> None:
    first, second = keep(store, "one"), keep(store, "two")
    store.delete(first)
    assert store.delete_all() == [second]
    assert store.delete_all() == []
    assert questions(store) == []
    assert set(questions(store, deleted=True)) == {"one", "two"}


def test_a_run_is_brought_in_whole_or_not_at_all(store: RunStore) -> None:
    started = RunStarted("Which pump?", (), "a model", Limits())
    number = store.record_all([started, RunEnded(Outcome.ANSWERED, "P-17")])
    assert [type(event) for event in store.events(number)] == [RunStarted, RunEnded]
    assert store.run(number).answer == "P-17"

    def broken() -> Iterator[RunStarted]:
        yield started
        raise ValueError("the log ends")

    with pytest.raises(ValueError, match="the log ends"):
        store.record_all(broken())
    assert len(store.runs()) == 1


def kept(title: str) -> KeptRun:
    at = datetime.now(UTC)
    return KeptRun(1, "Which pump?", None, None, None, "m", (), at, 0.0, 0.0, 0, 0, title)


@pytest.mark.parametrize(
    ("title", "name", "tags"),
    [
        ("", "Which pump?", ()),
        ("The pump", "The pump", ()),
        ("The #house pump #2031", "The pump", ("#house", "#2031")),
        ("#house", "Which pump?", ("#house",)),
        ("Item # 3", "Item # 3", ()),
    ],
)
def test_tags_stand_in_the_title(title: str, name: str, tags: tuple[str, ...]) -> None:
    assert (kept(title).name, kept(title).tags) == (name, tags)


@given(st.text())
def test_a_title_loses_no_word(title: str) -> None:
    run = kept(title)
    words = [] if run.name == "Which pump?" else run.name.split()
    assert sorted([*words, *run.tags]) == sorted(title.split())
