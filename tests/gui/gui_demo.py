"""A run made by hand, for tests and pictures of the window."""

from collections.abc import Iterator

from rlm_desktop.engine.base import Usage
from rlm_desktop.runs import events
from rlm_desktop.runs.events import CallKind, Event, Evidence, Limits, Outcome, Source, Status

QUESTION = "Which machine failed most often in 2025, and why?"

FIRST_PROGRAM = """import re
from collections import Counter

# How are the entries written?
print(len(lines), "lines")
hits = grep(r"FAIL(ED|URE)")
counts = Counter(re.search(r"machine (\\w+)", hit).group(1) for hit in hits)
print(counts.most_common(3))"""

SECOND_PROGRAM = """worst = [hit for hit in hits if "machine M7" in hit]
reasons = ask_all("Why did the machine fail? Answer in three words.", worst)
for reason, count in Counter(reasons).most_common(3):
    print(f"{count:4} {reason}")"""

BROKEN_PROGRAM = """total = sum(reason.count for reason in reasons)
print(total)"""

LAST_PROGRAM = '''final("""**M7** failed most often: 412 of 1,204 failures in 2025.

| reason | failures |
|---|---|
| worn drive belt | 231 |
| blocked feeder | 118 |
| lost air pressure | 63 |

Most of them fell into *March and April*.""")'''

OUTPUT = "48211 lines\n[('M7', 412), ('M2', 160), ('M11', 97)]\n"

EVIDENCE = (
    Evidence(
        "machine-log-2025.log", 1200, 1260, 33, None,
        "2025-03-02 06:14 machine M7 FAILED drive belt worn, replaced",
    ),
    Evidence(
        "maintenance report.md", 5210, 5272, 96, 12,
        "Belt wear on M7 explains more than half of all unplanned stops",
    ),
)  # fmt: skip


def turn(path: str, number: int, code: str, output: str, error: str | None = None) -> list[Event]:
    """A reply that is a program, in pieces, and what came of it; the end is left to the caller."""
    pieces = [code[start : start + 11] for start in range(0, len(code), 11)]
    return [
        events.ReplyStarted(path, number),
        *(events.ReplyGrew(path, piece) for piece in pieces),
        events.ReplyEnded(path, code, Usage(1800, len(code) // 4, 1200, 6.2)),
        events.CodeStarted(path, code),
        *(events.OutputGrew(path, line) for line in output.splitlines(keepends=True)),
    ]


def asked(parent: str, first: int, count: int, done: int) -> Iterator[Event]:
    """Sub-questions of which `done` are answered; each 20th fails."""
    for number in range(first, first + count):
        path = f"{parent}.{number}"
        text = f"2025-03-{number % 28 + 1:02} machine M7 FAILED drive belt worn"
        yield events.CallStarted(
            path, CallKind.ASK, "Why did the machine fail? Answer in three words.", text, number
        )
    for number in range(first, first + done):
        path = f"{parent}.{number}"
        yield events.ReplyStarted(path, 1)
        if number % 20 == 0:
            yield events.CallEnded(path, Outcome.FAILED)
            continue
        yield events.ReplyGrew(path, "worn drive")
        yield events.ReplyEnded(path, "worn drive belt", Usage(160, 4, 120, 0.4))
        yield events.CallEnded(path, Outcome.ANSWERED, "worn drive belt")


def beginning() -> Iterator[Event]:
    """Until the first program has printed."""
    sources = (
        Source("machine-log-2025.log", "/data/machine-log-2025.log", "log", 1_800_000, "a" * 64),
        Source("maintenance report.md", "/data/maintenance report.md", "markdown", 6_900, "b" * 64),
    )
    yield events.RunStarted(QUESTION, sources, "Qwen2.5-Coder 1.5B", Limits())
    yield events.LoadStarted("Qwen2.5-Coder 1.5B")
    for tenth in range(11):
        yield events.LoadGrew(tenth / 10)
    yield events.LoadEnded(16384, None, 2.1)
    yield events.CallStarted("1", CallKind.ROOT, QUESTION)
    yield events.CallStarted("1.1", CallKind.ROUTE, QUESTION)
    yield events.ReplyStarted("1.1", 1)
    yield events.ReplyEnded("1.1", "count", Usage(310, 2, 0, 2.3))
    yield events.CallEnded("1.1", Outcome.ANSWERED, "count")
    yield events.RecipeChosen("1", "count")
    yield from turn("1", 1, FIRST_PROGRAM, OUTPUT)
    yield events.PassagesRead("1", "grep", tuple((n * 90, n * 90 + 70) for n in range(1204)), True)
    yield events.CodeEnded("1", OUTPUT, None, 0.31)


def middle(done: int) -> Iterator[Event]:
    """The second program asks the model about 412 passages, of which `done` are answered."""
    yield from turn("1", 2, SECOND_PROGRAM, "")
    yield from asked("1", 2, 412, done)


def ending() -> Iterator[Event]:
    """A program that fails, and the one that answers."""
    output = " 231 worn drive belt\n 118 blocked feeder\n  63 lost air pressure\n"
    yield events.OutputGrew("1", output)
    yield events.CodeEnded("1", output, None, 0.02)
    yield from turn("1", 3, BROKEN_PROGRAM, "")
    error = (
        'Traceback (most recent call last):\n  File "<program 3>", line 1, in <genexpr>\n'
        "TypeError: unsupported operand type(s) for +: 'int' and 'builtin_function_or_method'"
    )
    yield events.CodeEnded("1", "", error, 0.01)
    yield events.Advised("1", "reason.count is a method: count the strings with Counter.")
    yield from turn("1", 4, LAST_PROGRAM, "")
    yield events.CodeEnded("1", "", None, 0.01)
    answer = LAST_PROGRAM.split('"""')[1]
    yield events.CallEnded("1", Outcome.ANSWERED, answer)
    yield events.RunEnded(Outcome.ANSWERED, answer, Status.READ, None, 0.43, EVIDENCE, 312.4)


def whole() -> list[Event]:
    """All of it."""
    return [*beginning(), *middle(412), *ending()]


def kept(happened: list[Event]) -> list[Event]:
    """What the database gives back of it."""
    return [event for event in happened if not isinstance(event, events.Progress)]
