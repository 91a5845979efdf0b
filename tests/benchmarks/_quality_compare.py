"""Two files of answers to the same questions: what was won, what was lost, and if it is chance."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from _quality_tables import Row, macro_mean, percent, short

#: Scores closer than this are the same.
_SAME = 1e-9


def sign_test(won: int, lost: int) -> float:
    """How likely so uneven a split is by chance (two-sided), where each way is as likely.

    Ties say nothing and are left out. 1 where there is nothing to tell apart.
    """
    many = won + lost
    tail = sum(math.comb(many, fewer) for fewer in range(min(won, lost) + 1))
    return min(1.0, 2 * tail / (1 << many))


def compare(before: Sequence[Row], after: Sequence[Row]) -> dict[str, Any]:
    """What changed in the questions that both answered. Raises ValueError if there are none."""
    later = {row.task.id: row for row in after}
    pairs = [(row, later[row.task.id]) for row in before if row.task.id in later]
    if not pairs:
        raise ValueError("no question was answered in both files")
    won = [pair for pair in pairs if pair[1].scored.passed and not pair[0].scored.passed]
    lost = [pair for pair in pairs if pair[0].scored.passed and not pair[1].scored.passed]
    gains = [new.scored.score - old.scored.score for old, new in pairs]
    better, worse = sum(gain > _SAME for gain in gains), sum(gain < -_SAME for gain in gains)
    moved = [
        (old, new)
        for (old, new), gain in zip(pairs, gains, strict=True)
        if abs(gain) > _SAME and old.scored.passed == new.scored.passed
    ]
    firsts, seconds = [old for old, _ in pairs], [new for _, new in pairs]
    return {
        "figures": {
            "both": len(pairs),
            "score_before": macro_mean(firsts),
            "score_after": macro_mean(seconds),
            "passed_before": percent(row.scored.passed for row in firsts),
            "passed_after": percent(row.scored.passed for row in seconds),
            "won": len(won),
            "lost": len(lost),
            "p_passed": sign_test(len(won), len(lost)),
            "better": better,
            "worse": worse,
            "p_score": sign_test(better, worse),
            "seconds_before": _seconds(firsts),
            "seconds_after": _seconds(seconds),
        },
        "won": [_told(*pair) for pair in won],
        "lost": [_told(*pair) for pair in lost],
        "moved": [_told(*pair) for pair in moved],
    }


def _seconds(rows: Sequence[Row]) -> float:
    return round(sum(row.answered.seconds or 0.0 for row in rows), 1)


def _told(old: Row, new: Row) -> dict[str, Any]:
    return {
        "id": old.task.id,
        "score": f"{old.scored.score:.2f} → {new.scored.score:.2f}",
        "status": f"{old.how} → {new.how}",
        "recipe": f"{old.answered.recipe or 'none'} → {new.answered.recipe or 'none'}",
        "before": short(old.answered.answer),
        "after": short(new.answered.answer),
        "right": short(old.task.rule.gold),
    }


def markdown(whole: Mapping[str, Any]) -> str:
    """The comparison as text."""
    figures = whole["figures"]
    changed = {
        "macro mean": "score_{}",
        "passed (%)": "passed_{}",
        "seconds": "seconds_{}",
    }
    lines = [f"{figures['both']} questions in both.", "", "| | before | after |", "|---|---|---|"]
    for title, name in changed.items():
        values = (figures[name.format(when)] for when in ("before", "after"))
        lines.append(f"| {title} | {' | '.join(f'{value:.1f}' for value in values)} |")
    lines += ["", "| | up | down | p (sign test) |", "|---|---|---|---|"]
    for title, up, down, p in (
        ("passed", "won", "lost", "p_passed"),
        ("score", "better", "worse", "p_score"),
    ):
        lines.append(f"| {title} | {figures[up]} | {figures[down]} | {figures[p]:.3f} |")
    names = ("id", "score", "status", "recipe", "before", "after", "right")
    for title in ("won", "lost", "moved"):
        if entries := whole[title]:
            lines += ["", f"{title}:", "", f"| {' | '.join(names)} |", "|" + "---|" * len(names)]
        for entry in entries:
            cells = (str(entry[name]).replace("|", "¦") for name in names)
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
