"""What the rest of the program knows of a language model."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

#: Tokens of context that are made room for, where nobody says how many: eight programs with
#: their outputs, and 0.45 GB for a 1.5B model.
USUAL_WINDOW = 16_384


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. A temperature of 0 takes the likeliest."""

    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model shall continue.

    `messages` go through the chat template of the model. `prefill` is how the assistant's turn
    begins; it is not repeated in the reply. Without messages, `prefill` is continued as plain
    text, without a template. Generation ends before the first of `stops`, which are not part of
    the reply, or after `max_tokens`. `grammar` is GBNF and holds for the reply alone.
    """

    messages: tuple[Message, ...] = ()
    prefill: str = ""
    stops: tuple[str, ...] = ()
    grammar: str | None = None
    max_tokens: int = 1024
    sampling: Sampling = Sampling()


class Finish(StrEnum):
    """Why a reply ended."""

    STOP = "stop"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and seconds spent. `cached_tokens` of the `prompt_tokens` were not read again."""

    prompt_tokens: int = 0
    reply_tokens: int = 0
    cached_tokens: int = field(default=0, compare=False)
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Wrote:
    """The model wrote a piece of its reply to prompt number `index` (from 0)."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The reply to prompt number `index` is complete."""

    index: int
    usage: Usage
    finish: Finish = Finish.STOP


class Engine(Protocol):
    """A language model.

    An engine belongs to one thread at a time, but for `close`, which may come from any.
    """

    @property
    def name(self) -> str:
        """What the user calls the model."""
        ...

    @property
    def window(self) -> int:
        """How many tokens a prompt and its reply may have together; known once loaded."""
        ...

    def load(self, stop: threading.Event) -> Iterator[float]:
        """Get ready, yielding how much is loaded, from 0 to 1. At once if it is already.

        Raises Stopped, ModelError or EngineError.
        """
        ...

    def count(self, text: str) -> int:
        """How many tokens a plain text has. Raises EngineDied."""
        ...

    def generate(self, prompts: Sequence[Prompt], stop: threading.Event) -> Iterator[Wrote | Done]:
        """Answer the prompts: for each any number of `Wrote`, then one `Done`.

        The pieces of several replies may come interleaved. Raises Stopped when `stop` is set,
        PromptTooLong before anything is generated, EngineDied, or EngineError.
        """
        ...

    def restart(self, stop: threading.Event) -> Iterator[float]:
        """Load again after EngineDied; like `load`."""
        ...

    def close(self) -> None: ...
