"""What the rest of the program knows of a language model."""

import math
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
    """How the next token is chosen. A temperature of 0 takes the likeliest.

    Only the likeliest tokens are considered: those that have `top_p` together, and each at least
    `min_p` times the share of the first. What was among the last 64 tokens of the reply is made
    less likely by `repeat_penalty` (1 changes nothing). The same `seed` draws the same lots.
    """

    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    min_p: float = 0.0
    repeat_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model shall continue.

    `messages` go through the chat template of the model. `prefill` is how the assistant's turn
    begins; it is not repeated in the reply. Without messages, `prefill` is continued as plain
    text, without a template. Generation ends before the first of `stops`, which are not part of
    the reply, or after `max_tokens`. `grammar` is GBNF and holds for the reply alone; instead of
    it, `schema` is a JSON schema, as JSON, that the reply must fit.

    `conversation` names what will be gone on with: the path of the call. The engine keeps what
    it read of a conversation until a prompt of the same name, or of the call above it, comes.
    """

    messages: tuple[Message, ...] = ()
    prefill: str = ""
    stops: tuple[str, ...] = ()
    grammar: str | None = None
    max_tokens: int = 1024
    sampling: Sampling = Sampling()
    schema: str | None = None
    conversation: str = ""

    def __post_init__(self) -> None:
        if self.grammar is not None and self.schema is not None:
            raise ValueError("a prompt has a grammar or a schema, not both")


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

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.reply_tokens + other.reply_tokens,
            self.cached_tokens + other.cached_tokens,
            self.seconds + other.seconds,
        )


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


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How likely a model finds a label as the whole of its reply.

    `logprob` is the natural logarithm of the probability of all its `tokens` tokens together, the
    one by which labels are compared. It is not divided by the number of tokens: that does not
    protect long labels, it favours them, since the later tokens of a word are nearly certain. Of
    60 messages in five classes a 1.5B labelled 75 % rightly by the whole probability and 53 % by
    that of a token, a 0.5B 50 and 30 %; where one label had five tokens and the others one or
    two, the long one was not missed by the whole probability, but chosen too often by both.
    """

    label: str
    logprob: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of all labels for prompt number `index`, in the order of the labels."""

    index: int
    scores: tuple[LabelScore, ...]
    usage: Usage

    @property
    def best(self) -> LabelScore:
        """The likeliest label; of equals the first."""
        return max(self.scores, key=lambda score: score.logprob)

    @property
    def margin(self) -> float:
        """By how much the best label leads the second, from 0 to 1.

        That is the difference of their shares, where the shares of all labels add up to 1. It is
        1 if there is one label only.
        """
        highest = self.best.logprob
        weights = sorted(math.exp(score.logprob - highest) for score in self.scores)
        return 1.0 if len(weights) < 2 else (weights[-1] - weights[-2]) / sum(weights)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a call will cost: tokens to be read (those that are cached not counted), and written."""

    read: int
    written: int


class Engine(Protocol):
    """A language model.

    It may be asked from several threads at once; who asks together is served in turn.
    """

    @property
    def name(self) -> str:
        """What the user calls the model."""
        ...

    @property
    def window(self) -> int:
        """How many tokens a prompt and its reply may have together; known once loaded."""
        ...

    @property
    def address(self) -> str:
        """Where the texts go that the model is asked about; empty if they stay in this program."""
        ...

    @property
    def can_score(self) -> bool:
        """Whether `score` works; a server in the network may not tell probabilities."""
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

    def score(
        self, prompts: Sequence[Prompt], labels: Sequence[str], stop: threading.Event
    ) -> Iterator[Scored]:
        """How likely each label is as the reply to each prompt, without writing any.

        One `Scored` for each prompt, in any order. Raises ValueError for labels that are none,
        empty or twice there, and what `generate` raises.
        """
        ...

    def estimate(self, calls: Sequence[Expected]) -> float | None:
        """How many seconds so many calls will take when they are asked for together.

        None before the pace of this model on this machine is known.
        """
        ...

    def restart(self, stop: threading.Event) -> Iterator[float]:
        """Load again after EngineDied; like `load`."""
        ...

    def close(self) -> None: ...
