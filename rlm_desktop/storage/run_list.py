"""The table of runs, as a list and as a single row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rlm_desktop.storage.kept_run import KeptRun
from rlm_desktop.storage.search import WEIGHTS, printable, to_match

if TYPE_CHECKING:
    from sqlite_utils import Database

_SHOWN = (
    "select runs.id, runs.question, runs.answer, outcome, status, model, documents, started_at,"
    " seconds, coverage, calls, turns, title, pinned from runs "
)
#: Whether its title or the name of one of its documents has a text.
_CALLED = (
    "instr(lower(title || char(10) || (select ifnull(group_concat(value, char(10)), '')"
    " from json_each(documents))), lower(?))"
)
_LARGEST = 2**63 - 1  # what SQLite takes as an integer


def one(db: Database, run: int) -> KeptRun | None:
    """The run with this number, also from the trash."""
    if not 0 < run <= _LARGEST:
        return None
    found = _listed(db, "where id = ?", [run])
    return found[0] if found else None


def newest(db: Database, limit: int, *, deleted: bool) -> list[KeptRun]:
    """The pinned runs and the latest, or those in the trash."""
    where = _where(deleted=deleted)
    return _listed(db, f"where {where} order by pinned desc, id desc limit ?", [limit])


def matching(db: Database, search: str, limit: int, *, deleted: bool) -> list[KeptRun]:
    """The runs with all of these words, best first, then those that are called so or were asked
    of a document of that name; else those with the search to the letter in question or answer.
    """
    match = to_match(search)
    found = (
        _listed(
            db,
            "join runs_fts on runs_fts.rowid = runs.id"
            f" where {_where(deleted=deleted)} and runs_fts match ?"
            f" order by bm25(runs_fts, {WEIGHTS[0]}, {WEIGHTS[1]}), id desc limit ?",
            [match, limit],
        )
        if match
        else []
    )
    plain = printable(search).strip()
    named = _listed(
        db,
        f"where {_where(deleted=deleted)} and {_CALLED} order by id desc limit ?",
        [plain, limit],
    )
    numbers = {run.number for run in found}
    found += [run for run in named if run.number not in numbers]
    return found[:limit] or _listed(
        db,
        f"where {_where(deleted=deleted)}"
        " and instr(lower(runs.question || char(10) || ifnull(runs.answer, '')), lower(?))"
        " order by id desc limit ?",
        [plain, limit],
    )


def _where(*, deleted: bool) -> str:
    return f"deleted_at is {'not null' if deleted else 'null'}"


def _listed(db: Database, clauses: str, parameters: Sequence[Any]) -> list[KeptRun]:
    return [_kept(*row) for row in db.execute(_SHOWN + clauses, parameters).fetchall()]


def _kept(
    number: int,
    question: str,
    answer: str | None,
    outcome: str | None,
    status: str | None,
    model: str,
    documents: str,
    started_at: str,
    seconds: float,
    coverage: float,
    calls: int,
    turns: int,
    title: str,
    pinned: int,
) -> KeptRun:
    names = tuple(json.loads(documents))
    at = datetime.fromisoformat(started_at)
    figures = (seconds, coverage, calls, turns)
    kept = KeptRun(number, question, answer, outcome, status, model, names, at, *figures)
    return replace(kept, title=title, pinned=bool(pinned))
