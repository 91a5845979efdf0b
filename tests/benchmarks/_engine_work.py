"""The work that the contenders of the engine's benchmark do, and how it is done by each.

    a          16 prompts with a common system message of 300 tokens, 700 tokens of their own,
               64 tokens of reply
    b          100 questions with 150 tokens of text each, 20 tokens of reply
    c          a conversation of 12 turns, as the root of a run has it: a reply of 80 tokens, four
               questions with 200 tokens of text and 24 tokens of reply, 250 tokens of output
    classify   200 lines of 12 to 25 tokens, 5 labels

Each prompt asks for more than its reply has room for, so that all contenders write as much.
"""

import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from _engine_texts import LABELLED, labelled_lines, log_line, of_length, sentence
from _engine_tokens import Vocabulary

Messages = tuple[tuple[str, str], ...]

_LIST = "Describe in order, in full sentences and in detail, everything that happens in it."
_QUESTION = "Write what each line of this log says, one after the other, in full sentences."


@dataclass(frozen=True, slots=True)
class Call:
    """One prompt. `root` marks those of the conversation that goes on."""

    messages: Messages
    max_tokens: int
    root: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    prompt_tokens: int
    reply_tokens: int
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows a reply of the root: questions, and then the output that it is shown."""

    questions: tuple[Call, ...]
    output: str


@dataclass(frozen=True, slots=True)
class Work:
    """Either `calls`, all known before, or a conversation from `opening`, or `items` to label."""

    calls: tuple[Call, ...] = ()
    opening: Messages = ()
    turns: tuple[Turn, ...] = ()
    items: tuple[Call, ...] = ()
    labels: tuple[str, ...] = ()
    reply_tokens: int = 80


class Contender(Protocol):
    """Somebody who can do the work."""

    def chat(self, calls: Sequence[Call]) -> list[Reply]: ...

    def label(self, calls: Sequence[Call], labels: Sequence[str]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Step:
    """Calls that were made together, and their replies."""

    calls: tuple[Call, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Result:
    seconds: float
    steps: tuple[Step, ...]
    labels: tuple[str, ...] = ()

    @property
    def replies(self) -> list[Reply]:
        return [reply for step in self.steps for reply in step.replies]

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def do(work: Work, contender: Contender) -> Result:
    """Let a contender do it, and take the time."""
    steps: list[Step] = []

    def ask(calls: Sequence[Call]) -> list[Reply]:
        replies = contender.chat(calls)
        steps.append(Step(tuple(calls), tuple(replies)))
        return replies

    labels: list[str] = []
    began = time.perf_counter()
    if work.calls:
        ask(work.calls)
    messages = work.opening
    for turn in work.turns:
        (program,) = ask([Call(messages, work.reply_tokens, root=True)])
        ask(turn.questions)
        messages = (*messages, ("assistant", program.text), ("user", turn.output))
    if work.items:
        labels = contender.label(work.items, work.labels)
    return Result(time.perf_counter() - began, tuple(steps), tuple(labels))


WARM_UP = Call((("system", "You are a clock."), ("user", "Which year is it?")), 4)


def works(vocabulary: Vocabulary, *, seed: int, small: bool) -> dict[str, Work]:
    """All the work, by name. `small` is a tenth of it, to see whether everything runs."""
    part = 8 if small else 1
    lots = random.Random(seed)

    def text(source: Any, tokens: int) -> str:
        return of_length(source, lots, tokens, vocabulary.cut)

    common = text(sentence, 300 - len(vocabulary.chat((("system", "x"), ("user", "x")))))
    long = tuple(
        Call((("system", common), ("user", f"{text(sentence, 680)}\n\n{_LIST}")), 64)
        for _ in range(16 // (part // 2 or 1))
    )
    helper = "You answer questions about a piece of a log. Say all that you find in it."

    def question(tokens: int, reply: int) -> Call:
        asked = f"{_QUESTION}\n\n{text(log_line, tokens)}"
        return Call((("system", helper), ("user", asked)), reply)

    short = tuple(question(150, 20) for _ in range(100 // part))
    turns = tuple(
        Turn(tuple(question(200, 24) for _ in range(4)), f"Output:\n{text(log_line, 250)}")
        for _ in range(12 // (part // 2 or 1))
    )
    opening = (
        ("system", "You write Python programs over a text, step by step. " + text(sentence, 500)),
        ("user", "Write a long program that counts the errors of each service. Only the program."),
    )
    labels = tuple(LABELLED)
    sort = (
        "You sort messages to a help desk. Reply with one of these words alone: "
        f"{', '.join(labels)}."
    )
    items = tuple(
        Call((("system", sort), ("user", line)), 8) for line, _ in labelled_lines(seed, 200 // part)
    )
    return {
        "a": Work(calls=long),
        "b": Work(calls=short),
        "c": Work(opening=opening, turns=turns),
        "classify": Work(items=items, labels=labels),
    }


def right_labels(seed: int, count: int) -> list[str]:
    """What the items of `classify` are."""
    return [label for _, label in labelled_lines(seed, count)]


def work_from(untrusted: dict[str, Any]) -> Work:
    """The work that a script was given as JSON."""

    def calls(many: list[dict[str, Any]]) -> tuple[Call, ...]:
        return tuple(
            Call(tuple((m[0], m[1]) for m in each["messages"]), each["max_tokens"], each["root"])
            for each in many
        )

    return Work(
        calls=calls(untrusted["calls"]),
        opening=tuple((m[0], m[1]) for m in untrusted["opening"]),
        turns=tuple(Turn(calls(t["questions"]), t["output"]) for t in untrusted["turns"]),
        items=calls(untrusted["items"]),
        labels=tuple(untrusted["labels"]),
        reply_tokens=untrusted["reply_tokens"],
    )


def result_from(untrusted: dict[str, Any]) -> Result:
    """What came of work, from JSON."""
    steps = []
    for step in untrusted["steps"]:
        calls = tuple(
            Call(tuple((m[0], m[1]) for m in c["messages"]), c["max_tokens"], c["root"])
            for c in step["calls"]
        )
        steps.append(Step(calls, tuple(Reply(**reply) for reply in step["replies"])))
    return Result(untrusted["seconds"], tuple(steps), tuple(untrusted["labels"]))
