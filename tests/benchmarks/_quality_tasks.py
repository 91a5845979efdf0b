"""The questions of an evaluation, as a file of JSON lines has them.

Each line is an object: `id`, `family`, `needs`, `tier`, `quick`, `files` (relative to the folder
that the set is in), `question`, and how an answer is scored: `scorer`, `answer`, and for some
`negative`, `tol_abs`, `tol_rel`, `partial`, `char_f1`, `item_regex`. What these mean stands at
`Rule`; other fields are passed over.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = ("number", "exact", "contains", "set", "f1")


@dataclass(frozen=True, slots=True)
class Rule:
    """How answers to a question are scored.

    `number` is right within the larger of `absolute` and `relative` times itself; with `near`,
    what is off by d still counts 0.75 to the power of d. `wanted` are the right answers (exact,
    f1), or all items of a list (set), which `pattern` finds in a reply if it is given; f1 counts
    words, or `characters`. `groups` must all stand in an answer, each in one of its spellings.
    If it is `negative`, the right answer is that there is none in the text.
    """

    kind: str
    number: float = 0.0
    wanted: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    negative: bool = False
    absolute: float = 0.0
    relative: float = 0.0
    near: bool = False
    characters: bool = False
    pattern: str | None = None

    @property
    def gold(self) -> str:
        """The right answer, to be shown."""
        if self.negative:
            return "NOT FOUND"
        if self.kind == "number":
            return f"{self.number:.12g}"
        if self.kind == "contains":
            return " and ".join(" / ".join(group) for group in self.groups)
        return (", " if self.kind == "set" else " / ").join(self.wanted)


@dataclass(frozen=True, slots=True)
class Task:
    """A question. `need` is what it takes: code, semantic or both; `tier` how large its text is."""

    id: str
    family: str
    need: str
    tier: str
    quick: bool
    files: tuple[str, ...]
    question: str
    rule: Rule


def rule_from(entry: dict[str, Any]) -> Rule:
    """The rule of a line. Raises ValueError if there is none of its kind."""
    kind, answer = entry["scorer"], entry["answer"]
    if kind not in KINDS:
        raise ValueError(f"answers of the kind {kind!r} cannot be scored; there are {KINDS}")
    if entry.get("negative"):
        return Rule(kind, negative=True)
    if kind == "number":
        return Rule(
            kind,
            number=float(answer),
            absolute=float(entry.get("tol_abs", 0)),
            relative=float(entry.get("tol_rel", 0)),
            near=entry.get("partial") == "oolong",
        )
    if kind == "contains":
        groups = ((each,) if isinstance(each, str) else tuple(each) for each in answer)
        return Rule(kind, groups=tuple(groups))
    return Rule(
        kind,
        wanted=tuple(answer),
        characters=bool(entry.get("char_f1")),
        pattern=entry.get("item_regex"),
    )


def read_tasks(path: Path) -> list[Task]:
    """All questions of a file, in its order."""
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Task(
            id=entry["id"],
            family=entry["family"],
            need=entry["needs"],
            tier=entry["tier"],
            quick=bool(entry.get("quick")),
            files=tuple(entry["files"]),
            question=entry["question"],
            rule=rule_from(entry),
        )
        for entry in entries
    ]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions are wanted; what is empty leaves out none."""

    quick: bool = False
    families: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def of(self, tasks: Sequence[Task]) -> list[Task]:
        """Those that are wanted. Raises ValueError for a name that no question has."""
        _known("family", self.families, (task.family for task in tasks))
        _known("tier", self.tiers, (task.tier for task in tasks))
        _known("need", self.needs, (task.need for task in tasks))
        _known("id", self.ids, (task.id for task in tasks))
        return [task for task in tasks if self._wants(task)]

    def _wants(self, task: Task) -> bool:
        asked = (self.families, self.tiers, self.needs, self.ids)
        has = (task.family, task.tier, task.need, task.id)
        fits = all(not some or each in some for some, each in zip(asked, has, strict=True))
        return fits and (task.quick or not self.quick)


def _known(what: str, asked: Iterable[str], there: Iterable[str]) -> None:
    names = set(there)
    if strange := sorted(set(asked) - names):
        some = ", ".join(sorted(names)[:20])
        raise ValueError(f"no question has the {what} {', '.join(strange)}; there are {some}")


def files_of(task: Task, root: Path) -> list[Path]:
    """The files of a question, by paths that hold in any folder."""
    return [(root / name).resolve() for name in task.files]


def missing_files(tasks: Iterable[Task], root: Path) -> list[Path]:
    """Files that the questions are about and that are not there."""
    paths = {path for task in tasks for path in files_of(task, root)}
    return sorted(path for path in paths if not path.exists())
