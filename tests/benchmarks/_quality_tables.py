"""What became of the questions: by family, need, size, route, recipe and status."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from _quality_kept import Answered
from _quality_score import Scored, score
from _quality_tasks import Task

SLOW_SECONDS = 15 * 60
#: Statuses that tell the user an answer can be relied on; a wrong one is worst there.
SURE = ("computed by code", "read by the model", "short enough to read whole")
MEANING = {
    "score": "mean of the families' mean scores, in percent; each family weighs the same",
    "passed": "answers that pass, in percent of the questions asked",
    "asked": "questions that have an answer in the file; all other figures are about these",
    "of": "questions that were wanted",
    "sure_and_wrong": "wrong answers that say they were computed or read, in percent of all that"
    " say so",
    "median_seconds": "seconds of the clock for a question, starting and loading included",
    "over_15_minutes": "questions that took longer",
}
_SHOWN_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class Row:
    """A question, its answer, and what that is worth."""

    task: Task
    answered: Answered
    scored: Scored

    @property
    def how(self) -> str:
        """Its status, or else how it ended."""
        answered = self.answered
        return answered.status or answered.outcome or ("error" if answered.error else "none")


#: What the questions are told apart by.
GROUPS: Mapping[str, Callable[[Row], str]] = {
    "family": lambda row: row.task.family,
    "need": lambda row: row.task.need,
    "tier": lambda row: row.task.tier,
    "route": lambda row: row.answered.route or "none",
    "recipe": lambda row: row.answered.recipe or "none",
    "status": lambda row: row.how,
    "confidence": lambda row: row.answered.confidence or "none",
}


def rows_of(tasks: Iterable[Task], kept: Mapping[str, Answered]) -> list[Row]:
    """Those of the questions that were answered, scored."""
    return [
        Row(task, kept[task.id], score(task.rule, kept[task.id].answer))
        for task in tasks
        if task.id in kept
    ]


def summed(rows: Sequence[Row]) -> dict[str, Any]:
    """Figures of some questions; shares in percent."""
    seconds = [row.answered.seconds for row in rows if row.answered.seconds is not None]
    return {
        "n": len(rows),
        "score": percent(row.scored.score for row in rows),
        "passed": percent(row.scored.passed for row in rows),
        "median_seconds": round(statistics.median(seconds), 1) if seconds else None,
        "max_seconds": round(max(seconds), 1) if seconds else None,
        "median_calls": statistics.median(row.answered.calls for row in rows),
    }


def percent(shares: Iterable[float]) -> float:
    """The mean of shares from 0 to 1, in percent."""
    return round(100 * statistics.fmean(shares), 1)


def grouped(rows: Sequence[Row], name: str) -> dict[str, list[Row]]:
    key = GROUPS[name]
    return {value: [row for row in rows if key(row) == value] for value in sorted(map(key, rows))}


def macro_mean(rows: Sequence[Row]) -> float:
    """The mean over the families' mean scores, in percent."""
    families = grouped(rows, "family").values()
    means = [statistics.fmean(row.scored.score for row in family) for family in families]
    return percent(means)


def report(rows: Sequence[Row], wanted: int) -> dict[str, Any]:
    """The whole, as it is printed as JSON. Raises ValueError if nothing was asked."""
    if not rows:
        raise ValueError("none of these questions has an answer in the file")
    every = summed(rows)
    sure = [row for row in rows if row.how in SURE]
    slow = [row for row in rows if (row.answered.seconds or 0) > SLOW_SECONDS]
    families = {
        f"score_{name}": summed(some)["score"] for name, some in grouped(rows, "family").items()
    }
    return {
        "figures": {
            "score": macro_mean(rows),
            "passed": every["passed"],
            "asked": len(rows),
            "of": wanted,
            "sure_and_wrong": percent(not row.scored.passed for row in sure) if sure else 0.0,
            "median_seconds": every["median_seconds"],
            "max_seconds": every["max_seconds"],
            "over_15_minutes": len(slow),
            **families,
        },
        "meaning": MEANING,
        "all": every,
        "groups": {
            name: {value: summed(some) for value, some in grouped(rows, name).items()}
            for name in GROUPS
        },
        # Those that say they are sure come first: they are the worst.
        "wrong": [
            told(row)
            for row in sorted(rows, key=lambda row: row.how not in SURE)
            if not row.scored.passed
        ],
        "slow": [told(row) for row in slow],
        "commits": sorted({row.answered.commit for row in rows}),
        "models": sorted({row.answered.model for row in rows}),
    }


def told(row: Row) -> dict[str, Any]:
    """A question and its answer in a line, the texts cut short."""
    return {
        "id": row.task.id,
        "status": row.how,
        "route": row.answered.route,
        "recipe": row.answered.recipe,
        "score": round(row.scored.score, 2),
        "seconds": row.answered.seconds,
        "run": row.answered.run,
        "answer": short(row.answered.answer or row.answered.error or ""),
        "right": short(row.task.rule.gold),
    }


def short(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"


def markdown(whole: Mapping[str, Any]) -> str:
    """The report as tables."""
    figures = whole["figures"]
    who = f"{', '.join(whole['models'])} at {', '.join(whole['commits'])}"
    asked = f"{figures['asked']} of {figures['of']} questions asked"
    lines = [
        f"{who}: {asked}; macro mean over families {figures['score']:.1f}.",
        "",
        "| | n | score | passed | median s | max s | median calls |",
        "|---|---|---|---|---|---|---|",
        _line("all", whole["all"]),
    ]
    for name, values in whole["groups"].items():
        lines += [_line(f"{name}: {value}", some) for value, some in values.items()]
    lines += _listed(f"{len(whole['wrong'])} answers do not pass", whole["wrong"])
    lines += _listed(f"{len(whole['slow'])} took over 15 minutes", whole["slow"])
    return "\n".join(lines)


def _line(name: str, values: Mapping[str, Any]) -> str:
    seconds = ("median_seconds", "max_seconds")
    cells = [name, str(values["n"]), f"{values['score']:.1f}", f"{values['passed']:.1f}"]
    cells += ["" if values[each] is None else f"{values[each]:.0f}" for each in seconds]
    return f"| {' | '.join(cells)} | {values['median_calls']:g} |"


def _listed(title: str, entries: Sequence[Mapping[str, Any]]) -> list[str]:
    names = ("id", "status", "route", "recipe", "score", "seconds", "run", "answer", "right")
    lines = ["", f"{title}.", ""]
    if entries:
        lines += [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]
    for entry in entries:
        cells = ("" if entry[name] is None else str(entry[name]) for name in names)
        lines.append(f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |")
    return lines
