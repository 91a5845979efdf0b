"""A tiny set of made-up questions, and a program that answers as `rlm-desktop ask` does."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ENTRIES: tuple[dict[str, Any], ...] = (
    {
        "id": "t-1",
        "family": "counting",
        "needs": "code",
        "tier": "S",
        "quick": True,
        "files": ["texts/hens.txt"],
        "question": "How many hens are there?",
        "scorer": "number",
        "answer": 3,
    },
    {
        "id": "t-2",
        "family": "counting",
        "needs": "both",
        "tier": "M",
        "quick": False,
        "files": ["texts/hens.txt", "texts/more hens.txt"],
        "question": "What are their names?",
        "scorer": "set",
        "answer": ["Berta", "Clara", "Dora"],
    },
    {
        "id": "t-3",
        "family": "missing",
        "needs": "semantic",
        "tier": "S",
        "quick": False,
        "files": ["texts/hens.txt"],
        "question": "What is the name of the cock?",
        "scorer": "contains",
        "answer": "NOT FOUND",
        "negative": True,
    },
)

#: Answers from the file beside it, by what the question is; an answer that is no JSON object is
#: printed as it is. What it was asked is added to heard.jsonl.
_PROGRAM = """
import json, os, sys
from pathlib import Path

here = Path(__file__).parent
arguments = sys.argv[1:]
question = Path(arguments[arguments.index("--question-file") + 1]).read_text("utf-8")
heard = {"arguments": arguments, "question": question, "home": os.environ.get("HENS", "")}
with (here / "heard.jsonl").open("a") as file:
    file.write(json.dumps(heard) + "\\n")
answer = json.loads((here / "answers.json").read_text("utf-8"))[question]
if isinstance(answer, dict):
    print(json.dumps(answer))
    sys.exit({"answered": 0, "not found": 5}.get(answer["outcome"], 1))
sys.stderr.write(answer)
sys.exit(2)
"""


def make_set(folder: Path) -> Path:
    """The set in a folder; the path of its file of questions."""
    (folder / "set" / "tasks").mkdir(parents=True)
    (folder / "set" / "texts").mkdir()
    (folder / "set" / "texts" / "hens.txt").write_text("The hens: Berta, Clara, Dora.\n")
    (folder / "set" / "texts" / "more hens.txt").write_text("No more hens.\n")
    tasks = folder / "set" / "tasks" / "made-up.jsonl"
    tasks.write_text("".join(json.dumps(entry) + "\n" for entry in ENTRIES), encoding="utf-8")
    return tasks


def told(answer: str | None, outcome: str = "answered", **more: Any) -> dict[str, Any]:
    """What the program prints for an answer."""
    usual: dict[str, Any] = {
        "run": 7,
        "status": "computed by code" if outcome == "answered" else outcome,
        "route": "code",
        "recipe": "count",
        "coverage": 1.0,
        "calls": 4,
        "turns": 2,
        "prompt_tokens": 900,
        "reply_tokens": 60,
        "cached_tokens": 300,
        "error": None,
    }
    return {**usual, "answer": answer, "outcome": outcome, **more}


class Fake:
    """The program, and what it heard."""

    def __init__(self, folder: Path, answers: Mapping[str, dict[str, Any] | str]) -> None:
        self._folder = folder / "program"
        self._folder.mkdir()
        (self._folder / "program.py").write_text(_PROGRAM, encoding="utf-8")
        (self._folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
        self.command = (sys.executable, str(self._folder / "program.py"))

    @property
    def heard(self) -> list[dict[str, Any]]:
        path = self._folder / "heard.jsonl"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]
