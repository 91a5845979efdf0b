"""Removing runs for good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def purge(db: Database) -> int:
    """Remove what is in the trash and has ended; return how many runs that were.

    A run that still goes on is left for the next time: its process is about to write to it.
    """
    return _remove(db, "deleted_at is not null", [])


def purge_older(db: Database, moment: str) -> int:
    """Remove what began before a moment, has ended and is not pinned; return how many runs."""
    return _remove(db, "started_at < ? and not pinned", [moment])


def _remove(db: Database, clause: str, values: list[str]) -> int:
    gone = db.execute(
        f"select id from runs where outcome is not null and {clause}",  # noqa: S608 - our own
        values,
    ).fetchall()
    for row in gone:
        db.execute("delete from events where run = ?", row)
        db.execute("delete from runs where id = ?", row)
    if gone:
        _drop_unused_texts(db)
        # Until its parts are joined, the index keeps the words of what was removed.
        db.table("runs").optimize()
    return len(gone)


def _drop_unused_texts(db: Database) -> None:
    used: set[str] = set()
    for (body,) in db.execute("select body from events"):
        used.update(re.findall(r"b2:[0-9a-f]{32}", body))
    for row in db.execute("select hash from texts").fetchall():
        if row[0] not in used:
            db.execute("delete from texts where hash = ?", row)
