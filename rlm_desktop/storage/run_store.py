"""Runs in SQLite.

The events of a run are kept as they are, one row each, and reading them back gives the same
events. The `runs` table sums up what a list of runs shows; the views `calls` and `turns` are for
people who look with other tools.

A connection belongs to the thread that opened it: the thread of a run writes through its own
`RunStore`, the window reads through another one.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rlm_desktop.engine.base import Usage
from rlm_desktop.errors import StorageError, UsageError
from rlm_desktop.runs.event_json import from_dict, to_dict
from rlm_desktop.runs.events import ROOT, Event, Progress, RunEnded, RunStarted
from rlm_desktop.storage import call_cache, run_list, trash
from rlm_desktop.storage.call_cache import CachedAnswer
from rlm_desktop.storage.database import opened, said_plainly, writing
from rlm_desktop.storage.kept_run import INTERRUPTED, KeptRun
from rlm_desktop.storage.search import printable
from rlm_desktop.storage.texts import from_body, to_body
from rlm_desktop.storage.writer import Writer, is_alive, this_process

if TYPE_CHECKING:
    from sqlite_utils import Database

_TITLE_CHARS = 200


class RunStore:
    """The runs that were made.

    Without a path they are kept in memory. `patience` is how many seconds a write waits for
    another program that writes. Everything here may raise StorageError, with the file and the
    way out in its message; what was kept before is still there then.
    """

    def __init__(self, path: Path | None, *, patience: float = 5.0) -> None:
        self._path = path
        self._writer = this_process()
        from rlm_desktop.storage.migrations import migrations

        with said_plainly(path):
            self._db = opened(path, patience, migrations)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def record(self, event: Event, run: int | None, number: int) -> int:
        """Keep one event and return the number of its run, which begins with its RunStarted.

        `number` orders the events of a run. Events of progress are not kept. When this returns,
        the event is there also if the program dies; the beginning and the end of a run also if
        the power fails.
        """
        if isinstance(event, Progress):
            assert run is not None, "a run begins with RunStarted"
            return run
        rare = isinstance(event, RunStarted | RunEnded)
        with said_plainly(self._path):
            self._db.execute(f"pragma synchronous = {'full' if rare else 'normal'}")
            with writing(self._db):
                return self._put(event, run, number)

    def record_all(self, events: Iterable[Event]) -> int:
        """Keep all events of a run that is over, all or nothing; return its number."""
        number: int | None = None
        with said_plainly(self._path), writing(self._db):
            for index, event in enumerate(events):
                number = self._put(event, number, index)
        assert number is not None, "a run begins with RunStarted"
        return number

    def events(self, run: int) -> Iterator[Event]:
        """The events of a run, as they happened but for progress.

        Raises UsageError if there is no such run.
        """
        return (event for _, event in self.timed_events(run))

    def timed_events(self, run: int) -> Iterator[tuple[float, Event]]:
        """The events of a run, each with the clock time at which it was kept, in seconds.

        Raises UsageError if there is no such run.
        """
        self.run(run)
        with said_plainly(self._path):
            rows = self._db.execute(
                "select at, number, kind, body from events where run = ? order by number", [run]
            ).fetchall()
        return (
            (datetime.fromisoformat(at).timestamp(), self._event(run, *row)) for at, *row in rows
        )

    def run(self, run: int) -> KeptRun:
        """One run, also from the trash. Raises UsageError if there is none with this number."""
        with said_plainly(self._path):
            found = run_list.one(self._db, run)
        if found is None:
            raise UsageError(f"there is no run {run}; `rlm-desktop runs` lists them")
        return found

    def runs(self, search: str = "", limit: int = 200, *, deleted: bool = False) -> list[KeptRun]:
        """The runs, the newest first; with `deleted`, those in the trash.

        A search finds the runs whose question or answer has all of its words, the best match
        first. What is no word, a part of one, or a part of a Chinese sentence is looked for to
        the letter if no words match.
        """
        with said_plainly(self._path):
            if not search.strip():
                return run_list.newest(self._db, limit, deleted=deleted)
            return run_list.matching(self._db, search, limit, deleted=deleted)

    def delete(self, run: int) -> None:
        """Put a run into the trash. Raises UsageError if there is none with this number."""
        self._mark_deleted(run, _now())

    def delete_all(self) -> list[int]:
        """Put all runs into the trash; return their numbers."""
        with said_plainly(self._path), writing(self._db):
            rows = self._db.execute("select id from runs where deleted_at is null").fetchall()
            self._db.execute("update runs set deleted_at = ? where deleted_at is null", [_now()])
        return [row[0] for row in rows]

    def restore(self, run: int) -> None:
        """Take a run out of the trash. Raises UsageError if there is none with this number."""
        self._mark_deleted(run, None)

    def rename(self, run: int, title: str) -> None:
        """Call a run by a title; an empty one takes it off. Raises UsageError as `delete` does."""
        self.run(run)
        told = " ".join(printable(title).split())[:_TITLE_CHARS]
        with said_plainly(self._path), writing(self._db):
            self._db.execute("update runs set title = ? where id = ?", [told, run])

    def pin(self, run: int, *, pinned: bool) -> None:
        """Keep a run at the top of the list, or no longer. Raises UsageError as `delete` does."""
        self.run(run)
        with said_plainly(self._path), writing(self._db):
            self._db.execute("update runs set pinned = ? where id = ?", [pinned, run])

    def purge_deleted(self) -> int:
        """Remove for good what is in the trash and has ended; return how many runs that were.

        Their texts are overwritten in the file, so that nothing of them can be dug out of it.
        """
        return self._purge(trash.purge)

    def purge_older(self, days: int) -> int:
        """Remove for good what began so many days ago, has ended and is not pinned."""
        moment = datetime.now(UTC) - timedelta(days=days)
        return self._purge(
            lambda db: trash.purge_older(db, moment.isoformat(timespec="milliseconds"))
        )

    def _purge(self, remove: "Callable[[Database], int]") -> int:
        with said_plainly(self._path):
            with writing(self._db):
                gone = remove(self._db)
            if gone and self._path is not None:
                self._db.execute("pragma wal_checkpoint(truncate)").fetchall()
        return gone

    def mark_interrupted(self) -> list[int]:
        """Mark the runs without an end whose process is gone, and return their numbers.

        A run that another living process makes at this moment is left alone.
        """
        with said_plainly(self._path), writing(self._db):
            unended = self._db.execute(
                "select id, writer, writer_started from runs where outcome is null"
            ).fetchall()
            gone = [run for run, pid, started in unended if not is_alive(Writer(pid, started))]
            for run in gone:
                self._db.execute("update runs set outcome = ? where id = ?", [INTERRUPTED, run])
                self._count(run)
        return gone

    def cached(self, model: str, parameters: str, prompt: str) -> CachedAnswer | None:
        """What this model answered to this prompt before, or None; see `storage.call_cache`."""
        with said_plainly(self._path):
            return call_cache.cached(self._db, model, parameters, prompt)

    def keep_cached(
        self, model: str, parameters: str, prompt: str, answer: str, usage: Usage
    ) -> None:
        """Keep an answer of the model for the next time."""
        entry = CachedAnswer(answer, usage)
        with said_plainly(self._path), writing(self._db):
            call_cache.keep_cached(self._db, model, parameters, prompt, entry)

    def _put(self, event: Event, run: int | None, number: int) -> int:
        fields = to_dict(event)
        kind, path, now = fields.pop("event"), printable(fields.get("path", "")) or None, _now()
        if isinstance(event, RunStarted):
            run = self._begin(event, now)
        assert run is not None, "a run begins with RunStarted"
        self._db.execute(
            "insert into events values (?, ?, ?, ?, ?, ?)",
            [run, number, kind, path, now, to_body(self._db, fields)],
        )
        if isinstance(event, RunEnded):
            self._end(run, event, now)
        return run

    def _begin(self, event: RunStarted, now: str) -> int:
        cursor = self._db.execute(
            "insert into runs (question, model, documents, started_at, writer, writer_started)"
            " values (?, ?, ?, ?, ?, ?)",
            [
                printable(event.question),
                printable(event.model),
                json.dumps([source.name for source in event.sources]),
                now,
                self._writer.pid,
                self._writer.started,
            ],
        )
        assert cursor.lastrowid is not None, "an insert has a row"
        return cursor.lastrowid

    def _end(self, run: int, event: RunEnded, now: str) -> None:
        self._db.execute(
            "update runs set outcome = ?, status = ?, answer = ?, coverage = ?, seconds = ?,"
            " ended_at = ? where id = ?",
            [
                event.outcome,
                event.status,
                None if event.answer is None else printable(event.answer),
                event.coverage,
                event.seconds,
                now,
                run,
            ],
        )
        self._count(run)

    def _count(self, run: int) -> None:
        """Sum up the calls and turns of a run that is over; the same as in `runs.run.Run`."""
        self._db.execute(
            "update runs set"
            " calls = (select count(*) from events where run = id and kind = 'CallStarted'),"
            " turns = (select count(*) from events where run = id and kind = 'ReplyStarted'"
            "   and path = ?)"
            " where id = ?",
            [ROOT, run],
        )

    def _event(self, run: int, number: int, kind: str, body: str) -> Event:
        try:
            with said_plainly(self._path):
                return from_dict({"event": kind, **from_body(self._db, body)})
        except ValueError as error:
            raise StorageError(
                f"event {number} of run {run} in {self._path} cannot be read: put a backup back,"
                " or delete this run"
            ) from error

    def _mark_deleted(self, run: int, at: str | None) -> None:
        self.run(run)
        with said_plainly(self._path), writing(self._db):
            self._db.execute("update runs set deleted_at = ? where id = ?", [at, run])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
