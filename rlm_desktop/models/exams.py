"""What the exam said of each model, kept for the list of models and for runs."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rlm_desktop.errors import ModelError

_MOST_CHARS = 2000
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A verdict: what the model is good for, in words, the level that suits it, and when it was.

    `size` is that of the file in bytes: of another file under the same name nothing is known.
    """

    sentence: str
    level: str
    size: int
    taken_on: str


class Exams:
    """A JSON file of verdicts, by the name of the model."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, name: str, size: int) -> Kept | None:
        """What is known of a model; None if it took no exam, or its file is another one now.

        Raises ModelError, with the way out, if the file is damaged.
        """
        kept = self._read().get(name)
        return kept if kept is not None and kept.size == size else None

    def keep(self, name: str, kept: Kept) -> None:
        """Keep a verdict in place of an earlier one; all or nothing. Raises ModelError."""
        verdicts = {**self._read(), name: kept}
        fresh = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            rows = {each: asdict(verdict) for each, verdict in verdicts.items()}
            fresh.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
            fresh.replace(self._path)
        except OSError as error:
            raise ModelError(
                f"what the exam said cannot be kept in {self._path} ({error}): make the folder"
                " writable"
            ) from error

    def _read(self) -> dict[str, Kept]:
        try:
            with self._path.open("rb") as file:
                untrusted: Any = json.loads(file.read(_MOST_BYTES))
            return {str(name): _checked(row) for name, row in untrusted.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ModelError(
                f"the exams of models in {self._path} cannot be read ({error}): delete the file,"
                " and check the models again"
            ) from error


def _checked(row: Any) -> Kept:
    kept = Kept(**row)
    texts = (kept.sentence, kept.level, kept.taken_on)
    if not all(isinstance(text, str) and len(text) <= _MOST_CHARS for text in texts):
        raise ValueError("a verdict is no text")
    if not isinstance(kept.size, int):
        raise ValueError("a size is no number")
    return kept
