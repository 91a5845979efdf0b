"""The events of a plausible run, with a failing program, sub-calls and evidence."""

from rlm_desktop.engine.base import Usage
from rlm_desktop.runs import events as e

QUESTION = "How many ferries left Port Ellery in May?"
LONG_OUTPUT = "\n".join(
    f"line {number}: the ferry left at 8:{number % 60:02}" for number in range(90)
)
QUOTE = "On 3 May the ferry left Port Ellery on time."

EVENTS: list[e.Event] = [
    e.RunStarted(
        QUESTION,
        (
            e.Source("ferries.log", "/home/kim/ferries.log", "log", 90_000, "ab" * 32),
            e.Source("notes.md", "/home/kim/notes.md", "markdown", 1_200, "cd" * 32),
        ),
        "starter",
        e.Limits(),
    ),
    e.LoadStarted("starter"),
    e.LoadGrew(0.5),
    e.LoadEnded(8192, None, 1.5),
    e.CallStarted("1", e.CallKind.ROOT, QUESTION),
    e.CallStarted("1.1", e.CallKind.ROUTE, "which recipe?"),
    e.ReplyStarted("1.1", 1),
    e.ReplyEnded("1.1", "count", Usage(200, 2, 0, 0.5)),
    e.CallEnded("1.1", e.Outcome.ANSWERED, "count"),
    e.RecipeChosen("1", "count"),
    e.ReplyStarted("1", 1),
    e.ReplyGrew("1", "print(1 /"),
    e.ReplyEnded("1", "print(1 / 0)", Usage(900, 30, 100, 2.0)),
    e.CodeStarted("1", "print(1 / 0)"),
    e.ActBlocked("1", "tried to open a file"),
    e.CodeEnded("1", "", "ZeroDivisionError: division by zero", 0.1),
    e.Advised("1", "Look at the lines first."),
    e.ReplyStarted("1", 2),
    e.ReplyEnded("1", "print(ask('left?', lines[0]))", Usage(1000, 40, 900, 2.0)),
    e.CodeStarted("1", "print(ask('left?', lines[0]))"),
    e.PassagesRead("1", "grep", ((0, 44),), hits=True),
    e.CallStarted("1.2", e.CallKind.ASK, "left?", QUOTE, 0),
    e.ReplyStarted("1.2", 1),
    e.ReplyEnded("1.2", "yes", Usage(60, 2, 0, 0.4)),
    e.CallEnded("1.2", e.Outcome.ANSWERED, "yes"),
    e.OutputGrew("1", "line 0"),
    e.CodeEnded("1", LONG_OUTPUT, None, 0.2),
    e.CallEnded("1", e.Outcome.ANSWERED, "31"),
    e.RunEnded(
        e.Outcome.ANSWERED,
        "31",
        e.Status.COMPUTED,
        None,
        0.75,
        (e.Evidence("ferries.log", 0, 44, 1, None, QUOTE),),
        12.5,
    ),
]
KEPT = [event for event in EVENTS if not isinstance(event, e.Progress)]
