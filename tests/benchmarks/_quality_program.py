"""This program as one that answers: `rlm-desktop ask` for each question, as a user runs it."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _quality_kept import Answered
from _quality_process import Ended, run_limited
from _quality_tasks import Task, files_of

_ERROR_CHARACTERS = 500
#: What the program tells under the names that we keep.
_TOLD = (
    "status",
    "confidence",
    "route",
    "recipe",
    "outcome",
    "coverage",
    "calls",
    "turns",
    "prompt_tokens",
    "reply_tokens",
    "cached_tokens",
    "run",
)


@dataclass(frozen=True, slots=True)
class Program:
    """Asks with a program of the same command line; a process for each question.

    `seconds` is when it is killed; `max_minutes` what it is told to keep to itself.
    """

    command: tuple[str, ...]
    root: Path
    model: str
    seconds: float
    max_minutes: float | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    def ask(self, task: Task) -> Answered:
        with tempfile.TemporaryDirectory() as folder:
            question = Path(folder) / "question.txt"
            question.write_text(task.question, encoding="utf-8")
            command = self._command(files_of(task, self.root), question)
            ended = run_limited(command, self.seconds, environment=self.environment)
        return answered_from(task, Path(self.model).name.removesuffix(".gguf"), ended)

    def _command(self, files: Sequence[Path], question: Path) -> list[str]:
        command = [*self.command, "ask", *map(str, files), "--question-file", str(question)]
        command += ["--json", "--quiet", "--model", self.model]
        if self.max_minutes is not None:
            command += ["--max-minutes", f"{self.max_minutes:g}"]
        return command


def answered_from(task: Task, model: str, ended: Ended) -> Answered:
    """What a process said; its answer counts only if it ended by itself and said JSON."""
    told: dict[str, Any] = {}
    error = ended.errors.strip()[-_ERROR_CHARACTERS:] or None
    if ended.exit_code is None:
        error = f"killed after {ended.seconds:.0f} s"
    else:
        try:
            told = json.loads(ended.output)
        except ValueError:
            error = error or "it printed no JSON"
    known: dict[str, Any] = {name: told[name] for name in _TOLD if told.get(name) is not None}
    return Answered(
        id=task.id,
        answer=told.get("answer") or "",
        seconds=round(ended.seconds, 2),
        exit_code=ended.exit_code,
        error=told.get("error") or (error if not told.get("answer") else None),
        model=model,
        **known,
    )
