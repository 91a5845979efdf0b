"""Answers as they are kept: one line of JSON each, added as soon as it is there."""

import json
import subprocess
from dataclasses import asdict, dataclass, fields
from pathlib import Path

_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and what is known of how it came about.

    `seconds` are those of the clock around all of it, starting and loading included. `status`,
    `confidence`, `route`, `recipe`, `outcome`, `coverage` and the counts are what the program
    itself says. `exit_code` is None for one that was killed because it took too long. `run` is its
    number in the database of runs, where everything else of it can be seen. `commit` names the
    program.
    """

    id: str
    answer: str = ""
    status: str | None = None
    confidence: str | None = None
    route: str | None = None
    recipe: str | None = None
    outcome: str | None = None
    coverage: float = 0.0
    seconds: float | None = None
    calls: int = 0
    turns: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    cached_tokens: int = 0
    exit_code: int | None = None
    error: str | None = None
    run: int | None = None
    commit: str = ""
    model: str = ""


_KNOWN = {field.name for field in fields(Answered)}


def read_kept(path: Path) -> dict[str, Answered]:
    """The answers in a file, by the question's id; none if there is no file.

    Of two answers to a question the later one holds. Fields that are not ours are passed over,
    so that answers of other programs can be read that have an id and an answer only.
    """
    if not path.is_file():
        return {}
    kept: dict[str, Answered] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
        except ValueError as error:  # the machine went down while it was written
            raise ValueError(f"line {number} of {path} is broken, delete it: {error}") from error
        known = {name: value for name, value in entry.items() if name in _KNOWN}
        kept[entry["id"]] = Answered(**known)
    return kept


def keep(path: Path, answered: Answered) -> None:
    """Add an answer to a file."""
    line = json.dumps(asdict(answered), ensure_ascii=False) + "\n"
    with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(line)


def commit() -> str:
    """The commit of this clone, with "-dirty" if files were changed since; or "unknown"."""
    command = ["git", "describe", "--always", "--dirty"]
    try:
        told = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()
