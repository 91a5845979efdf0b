"""Answers of the model that were paid for once.

The same model, the same sampling and the same prompt give the same answer, so it is not computed
again: not in the next run, and not when an interrupted run is made again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from rlm_desktop.engine.base import Usage
from rlm_desktop.storage.texts import digest, from_cell, to_cell

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer, and what it cost when it was computed."""

    answer: str
    usage: Usage


def cached(db: Database, model: str, parameters: str, prompt: str) -> CachedAnswer | None:
    """What this model answered to this prompt with these parameters, or None.

    `model` is the hash of its file; `parameters` all that changes the answer besides the prompt.
    """
    row = db.execute(
        "select answer, usage from call_cache"
        " where model_hash = ? and parameters = ? and prompt_hash = ?",
        [model, parameters, digest(prompt)],
    ).fetchone()
    return None if row is None else CachedAnswer(from_cell(row[0]), Usage(**json.loads(row[1])))


def keep_cached(
    db: Database, model: str, parameters: str, prompt: str, entry: CachedAnswer
) -> None:
    """Keep an answer; a later one replaces it."""
    db.execute(
        "insert or replace into call_cache values (?, ?, ?, ?, ?)",
        [model, parameters, digest(prompt), to_cell(entry.answer), json.dumps(asdict(entry.usage))],
    )
