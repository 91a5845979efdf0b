"""Putting one question after the other, keeping each answer, and going on where it ended."""

import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from _quality_kept import Answered, commit, keep, read_kept
from _quality_score import score
from _quality_tasks import Task

#: Who answers a question.
Ask = Callable[[Task], Answered]


def say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def ask_all(
    tasks: Sequence[Task],
    out: Path,
    ask: Ask,
    name_commit: Callable[[], str] = commit,
    *,
    retry: bool = False,
) -> None:
    """Ask what has no answer in `out` yet, and add each answer to it.

    With `retry` what ended with an error and without an answer is asked again. The commit is
    looked up before each question, since somebody may change the program meanwhile: each answer
    tells what it came from, and a change is said aloud.
    """
    kept = {
        each.id: each
        for each in read_kept(out).values()
        if each.answer or not each.error or not retry
    }
    todo = [task for task in tasks if task.id not in kept]
    tiers = {task.id: task.tier for task in tasks}
    taken = [
        (tiers[each.id], each.seconds)
        for each in kept.values()
        if each.id in tiers and each.seconds is not None
    ]
    if len(todo) < len(tasks):
        say(f"{len(tasks) - len(todo)} of {len(tasks)} questions are answered in {out}.")
    known = name_commit()
    _say_other_commits(known, (kept[task.id].commit for task in tasks if task.id in kept))
    for number, task in enumerate(todo):
        now = name_commit()
        if now != known:
            say(f"The program changed from {known} to {now}; each answer tells which it was.")
            known = now
        answered = replace(ask(task), commit=now)
        keep(out, answered)
        if answered.seconds is not None:
            taken.append((task.tier, answered.seconds))
        rest = [each.tier for each in todo[number + 1 :]]
        left = seconds_left(taken, rest) if rest else None
        done = len(tasks) - len(todo) + number + 1
        say(f"{done}/{len(tasks)} {_told(task, answered)}{_left(left)}")


def _say_other_commits(now: str, commits: Iterable[str]) -> None:
    others = Counter(each for each in commits if each != now)
    for other, count in others.items():
        say(
            f"Note: {count} of these answers came from {other or 'an unnamed commit'}, and the"
            f" program is {now} now. Use another file to ask them again."
        )


def _told(task: Task, answered: Answered) -> str:
    scored = score(task.rule, answered.answer)
    right = "right" if scored.passed else f"{scored.score:.2f}" if scored.score else "wrong"
    how = answered.status or answered.outcome or answered.error or "no status"
    seconds = "" if answered.seconds is None else f", {answered.seconds:.0f} s"
    return f"{task.id}: {right}, {how.splitlines()[0]}{seconds}"


def seconds_left(taken: Sequence[tuple[str, float]], tiers_left: Iterable[str]) -> float | None:
    """What the rest will take, by what questions of the same tier took; None if none was asked.

    The mean, not the median: a few questions that take long are most of the time.
    """
    if not taken:
        return None
    usual = statistics.fmean(seconds for _, seconds in taken)
    by_tier: Mapping[str, list[float]] = {
        tier: [seconds for other, seconds in taken if other == tier] for tier, _ in taken
    }
    return sum(statistics.fmean(by_tier[tier]) if tier in by_tier else usual for tier in tiers_left)


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes = round(seconds / 60)
    return f"; {minutes // 60} h {minutes % 60:02} min left"
