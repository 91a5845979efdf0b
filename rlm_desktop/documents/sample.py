"""The questions that come with the sample documents: resources/sample/questions.json.

They are offered to whoever has no document at hand, so only what works is listed: a question
whose document is not there is left out.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rlm_desktop.errors import UsageError

QUESTIONS = "questions.json"

#: A file of the sample's own folder.
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")
#: One line that says something.
_QUESTION = re.compile(r"\S.{0,500}")


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    """A question, and the sample document it is about."""

    document: Path
    question: str


def sample_questions(folder: Path) -> tuple[SampleQuestion, ...]:
    """The questions that can be asked of the documents in a folder; none if there is no sample.

    Raises UsageError, which names the file and what is wrong with it.
    """
    path = folder / QUESTIONS
    if not path.exists():
        return ()
    try:
        untrusted: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"the sample questions {path} cannot be read: {error}") from error
    if not isinstance(untrusted, list):
        raise UsageError(f"the sample questions {path} are damaged: there is no list")
    read = [_question(path, number, item) for number, item in enumerate(untrusted, start=1)]
    return tuple(each for each in read if each.document.is_file())


def _question(path: Path, number: int, untrusted_item: object) -> SampleQuestion:
    fields = []
    for name, pattern in (("file", _FILE), ("question", _QUESTION)):
        value = untrusted_item.get(name) if isinstance(untrusted_item, Mapping) else None
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise UsageError(
                f"the sample questions {path} are damaged: {name!r} of number {number} "
                "is missing or makes no sense"
            )
        fields.append(value)
    file, question = fields
    return SampleQuestion(path.parent / file, question)
