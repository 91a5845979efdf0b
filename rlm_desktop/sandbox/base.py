"""What the rest of the program knows of a sandbox."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class AskKind(StrEnum):
    """What a program wants of the model. These are all: nothing else can be asked for."""

    ASK = "ask"  # a question about each piece of text
    CLASSIFY = "classify"  # one of `labels` for each piece
    FIELDS = "fields"  # what each piece says for the fields named in `labels`, as JSON
    PROMPT = "prompt"  # each piece is a whole prompt (llm_query)
    RLM = "rlm"  # a child run over each piece
    LOOK_UP = "look_up"  # the answer, from the passages of each piece (empty: of the whole text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and where in `context` it says it stands; untrusted."""

    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """The program printed something."""

    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The program asks the model; it waits until `reply` or `refuse` is called."""

    kind: AskKind
    question: str
    pieces: tuple[Piece, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """The program tried a forbidden act. It was told; nothing happened."""

    act: str


@dataclass(frozen=True, slots=True)
class Read:
    """The program read passages of `context`: spans of code points, start and end.

    `by` is the helper that did it. `hits` says that these are what was looked for and found,
    rather than all that was looked through.
    """

    by: str
    spans: tuple[tuple[int, int], ...]
    hits: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The program ended. `answer` is set if it gave the final answer.

    `names` are the variables that hold something new, with their type and size in words.
    `seconds` excludes the time that the program waited for the model.
    """

    answer: str | None = None
    error: str | None = None
    names: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)


SandboxMessage = Printed | Asked | Blocked | Read | Finished


class Sandbox(Protocol):
    """A Python interpreter that keeps its variables from one program to the next."""

    def execute(self, code: str, stop: threading.Event) -> Iterator[SandboxMessage]:
        """Run a program: any number of messages, of which the last is `Finished`.

        A program that runs too long is interrupted and ends with an error; its variables are
        kept. Raises Stopped when `stop` is set, SandboxDied, or another SandboxError.
        """
        ...

    def reply(self, texts: Sequence[str], close: Sequence[int] = ()) -> None:
        """Answer the last `Asked`, one text for each piece.

        `close` are the places, from 0, of the pieces whose label was a close call.
        """
        ...

    def refuse(self, reason: str) -> None:
        """Answer the last `Asked` with an exception."""
        ...

    def close(self) -> None:
        """End the process. May be called from any thread, and more than once."""
        ...
