"""Which files are opened, which are refused, and how an old one is brought up to date."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from rlm_desktop.errors import StorageError
from rlm_desktop.storage.migrations import migrations
from rlm_desktop.storage.run_store import RunStore
from tests.storage.example_run import EVENTS, KEPT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "runs.db"


def fill(path: Path) -> int:
    with RunStore(path) as store:
        run: int | None = None
        for number, event in enumerate(EVENTS):
            run = store.record(event, run, number)
    assert run is not None
    return run


def first_version(path: Path) -> None:
    """A file as the first migration left it, with the example run in it."""
    fill(path)
    with closing(sqlite3.connect(path)) as full:
        rows = {
            table: full.execute(f"select * from {table}").fetchall()
            for table in ("runs", "events", "texts")
        }
    path.unlink()
    with closing(Database(path)) as db:
        migrations.apply(db, stop_before="m002_search")
        with db.atomic():
            for table, kept in rows.items():
                width = len(db.table(table).columns)  # later migrations have added more
                marks = ", ".join("?" * width)
                old = [row[:width] for row in kept]
                db.conn.executemany(f"insert into {table} values ({marks})", old)


def test_the_file_is_made_with_its_folder_and_is_private(path: Path) -> None:
    RunStore(path).close()
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("pragma journal_mode").fetchone() == ("wal",)


def test_an_empty_file_is_a_new_database(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert fill(path) == 1


def test_opening_again_keeps_all_and_makes_no_backup(path: Path) -> None:
    run = fill(path)
    with RunStore(path) as store:
        assert list(store.events(run)) == KEPT
    assert [file.name for file in path.parent.iterdir()] == ["runs.db"]


def test_a_first_version_is_brought_up_to_date_after_a_backup(path: Path) -> None:
    first_version(path)
    with RunStore(path) as store:
        (kept,) = store.runs("ferries")
        assert list(store.events(kept.number)) == KEPT
    backup = path.with_name("runs.db.backup-v1")
    with closing(Database(backup)) as old:
        assert [done.name for done in migrations.applied(old)] == ["m001_runs_and_events"]
        assert old.table("events").count == len(KEPT)
    assert stat.S_IMODE(backup.stat().st_mode) & 0o077 == 0
    assert sorted(file.name for file in path.parent.iterdir()) == ["runs.db", backup.name]


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    first_version(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table call_cache (mine)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        RunStore(path)
    with closing(Database(path)) as db:
        assert [done.name for done in migrations.applied(db)] == ["m001_runs_and_events"]
        assert db.table("events").count == len(KEPT)


def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("pragma journal_mode = delete")
        db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('rlm_desktop', 'm999_far_ahead', '2040-01-01')"
        )
    before = path.read_bytes()
    with pytest.raises(
        StorageError,
        match=r"runs\.db was made by a newer version of RLM Desktop: update, or set RLM_",
    ):
        RunStore(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["runs.db"]


def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("create table bookmarks (address)")
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"runs\.db is a database of another program"):
        RunStore(path)
    assert path.read_bytes() == before


def no_database(path: Path) -> None:
    path.write_bytes(b"\0" * 5000 + b"not a database")


def cut_short(path: Path) -> None:
    fill(path)
    path.write_bytes(path.read_bytes()[:5000])


def overwritten(path: Path) -> None:
    fill(path)
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 40_000)


@pytest.mark.parametrize("damage", [no_database, cut_short, overwritten])
def test_a_damaged_file_is_refused_and_left_alone(
    path: Path, damage: Callable[[Path], None]
) -> None:
    path.parent.mkdir()
    damage(path)
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"runs\.db is damaged or not a database.*backup"):
        RunStore(path)
    assert path.read_bytes() == before


def test_a_page_that_is_damaged_later_in_the_file_is_said_when_read(path: Path) -> None:
    run = fill(path)
    with closing(sqlite3.connect(path)) as db:
        size = db.execute("pragma page_size").fetchone()[0]
        page = db.execute("select rootpage from sqlite_master where name = 'events'").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    with RunStore(path) as store, pytest.raises(StorageError, match=r"runs\.db is damaged"):
        list(store.events(run))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"runs\.db cannot be opened.*RLM_DESKTOP_HOME"):
        RunStore(tmp_path / "file" / "runs.db")


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be opened or written.*directory"):
        RunStore(tmp_path)


def test_programs_that_begin_together_all_get_the_database(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from rlm_desktop.storage.run_store import RunStore
print("ready", flush=True)
for line in sys.stdin:
    RunStore(Path(line.strip())).close()
    print("opened", flush=True)
"""
    with ExitStack() as stack:
        children = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", code],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(4)
        ]
        assert [said(child) for child in children] == ["ready\n"] * 4
        for number in range(25):
            for child in children:
                assert child.stdin is not None
                child.stdin.write(f"{tmp_path / str(number)}\n")
                child.stdin.flush()
            assert [said(child) for child in children] == ["opened\n"] * 4
        for child in children:
            assert child.communicate()[1] == ""
    assert fill(tmp_path / "0") == 1


def said(child: "subprocess.Popen[str]") -> str:
    """The next line that the child prints; what went wrong, if it died."""
    assert child.stdout is not None
    assert child.stderr is not None
    return child.stdout.readline() or child.stderr.read()
