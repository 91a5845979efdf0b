"""Opening the database, writing to it, and saying in plain words what went wrong.

WAL, so that one process writes while others read; `synchronous = NORMAL` with it is safe against
a crash of the program. A write takes its lock at the start (BEGIN IMMEDIATE): a transaction that
began by reading could not be made to wait for another writer.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_desktop.errors import StorageError

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

_UNREADABLE = (
    "{path} is damaged or not a database of RLM Desktop: rename it, or put a backup back that"
    " lies beside it"
)
_UNWRITABLE = (
    "{path} cannot be opened or written ({error}): check that its folder is there and yours to"
    " write in, or set RLM_DESKTOP_HOME to another folder"
)
_ADVICE = {
    sqlite3.SQLITE_FULL: (
        "the disk is full, so {path} cannot grow: free some space and try again; what was kept"
        " before is safe"
    ),
    sqlite3.SQLITE_BUSY: (
        "{path} is locked by another program: close it, or try again when it is done"
    ),
    sqlite3.SQLITE_CORRUPT: _UNREADABLE,
    sqlite3.SQLITE_NOTADB: _UNREADABLE,
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_IOERR: _UNWRITABLE,
}


@contextmanager
def said_plainly(path: Path | None) -> Iterator[None]:
    """Turn what can go wrong with the file into StorageError; the rest is a bug and stays one."""
    name = path or "the database in memory"
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in _ADVICE:
            raise
        raise StorageError(_ADVICE[code].format(path=name, error=error)) from error
    except OSError as error:
        raise StorageError(_UNWRITABLE.format(path=name, error=error.strerror or error)) from error


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """A transaction that writes: all or nothing."""
    db.execute("begin immediate")
    try:
        yield
        db.execute("commit")
    except BaseException:
        db.rollback()
        raise


def opened(path: Path | None, patience: float, migrations: Migrations) -> Database:
    """The database, brought up to date; in memory without a path.

    `patience` is how many seconds to wait for another program that writes. A file that is older
    is copied beside itself before it is changed; one that is newer, or of another program, is
    refused with StorageError and not written to.
    """
    from sqlite_utils import Database  # takes a third of a second, which the window has not

    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_private(path)
    connection = sqlite3.connect(path or ":memory:", timeout=patience, isolation_level=None)
    try:
        # Plugins of sqlite-utils that are installed by chance are none of ours.
        db = Database(connection, execute_plugins=False)
        _refuse_strange(db, path, migrations)
        if path is not None:
            _enable_wal(db, patience)
        db.execute("pragma synchronous = normal")
        db.execute("pragma foreign_keys = on")
        # What is purged shall not be left in the free pages of the file.
        db.execute("pragma secure_delete = on")
        if migrations.pending(db):
            _migrate(db, path, migrations)
    except BaseException:
        connection.close()
        raise
    return db


def _make_private(path: Path) -> None:
    """Make the file if there is none: what people ask of their documents is theirs to read."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _refuse_strange(db: Database, path: Path | None, migrations: Migrations) -> None:
    from sqlite_utils import Database

    with closing(Database(memory=True, execute_plugins=False)) as empty:
        known = {migration.name for migration in migrations.pending(empty)}
    # In this order: another program may make the tables in between, all of them at once, and
    # whoever has seen the tables then sees the migrations that made them.
    tables = set(db.table_names())
    applied = {migration.name for migration in migrations.applied(db)}
    if applied - known:
        raise StorageError(
            f"{path} was made by a newer version of RLM Desktop: update, or set"
            " RLM_DESKTOP_HOME to another folder"
        )
    if not applied and tables - {migrations.migrations_table}:
        raise StorageError(
            f"{path} is a database of another program: rename it, or set RLM_DESKTOP_HOME to"
            " another folder"
        )


def _enable_wal(db: Database, patience: float) -> None:
    """Switch to WAL, which the file remembers.

    SQLite does not wait for the lock that the switch needs, so this does: of 1,800 first openings
    by six processes at once 114 failed without it, and none with it.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            db.enable_wal()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _migrate(db: Database, path: Path | None, migrations: Migrations) -> None:
    """Bring the database up to date under one lock, since another program may be doing it too."""
    with writing(db):
        version = len(migrations.applied(db))
        if path is not None and version and migrations.pending(db):
            _back_up(path, path.with_name(f"{path.name}.backup-v{version}"))
        migrations.apply(db)


def _back_up(path: Path, backup: Path) -> None:
    """Copy the database, with what is in its WAL, all or nothing."""
    fresh = backup.with_name(backup.name + ".new")
    fresh.unlink(missing_ok=True)
    _make_private(fresh)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(fresh)) as target:
        source.backup(target)
    fresh.replace(backup)
