"""What happens in a run, in the order in which it happens.

The events of a run are the run: the database keeps them, the window draws them, the command line
prints them, the exporter formats them, and none of these asks the loop for anything else.
Reading a run back gives the same events again.

Events are values. Two runs in which the same happened have equal events, which is why there is
neither a clock time nor a random identifier in them; the store adds these to its rows. How long
something took is told, but not compared.

Things that last have a Started and an Ended, the innermost ended first. The Grew events in
between show progress only: all that is in them is again in the Ended, so they are not kept.

A run is a tree of calls. A call is named by its path: "1" is the root, "1.2" the second call it
made. The path alone tells parent, depth and order, and is the same in every repetition. Calls
that were asked for together go on together: their events interleave.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from rlm_desktop.engine.base import Finish, Usage

ROOT = "1"
#: A label that leads the second by less than this share, from 0 to 1, is a close call. Of 20 short
#: reviews and three labels, a 0.5B model had 9 below it, among them all 5 that it labelled wrongly;
#: a 1.5B model had 3 below it, and 1 of its 3 wrong ones.
CLOSE_MARGIN = 0.2


def parent_of(path: str) -> str | None:
    """The path of the call that made this one, or None for the root."""
    return path.rpartition(".")[0] or None


def depth_of(path: str) -> int:
    """How many calls are above this one."""
    return path.count(".")


class Outcome(StrEnum):
    """How a run or a call ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not found"
    FORCED = "forced"  # at a limit, from what was known by then
    STOPPED = "stopped"
    FAILED = "failed"


class Status(StrEnum):
    """What an answer rests on, in the words the user sees."""

    COMPUTED = "computed by code"
    READ = "read by the model"
    WHOLE = "short enough to read whole"
    FORCED = "forced at a limit"
    NOT_FOUND = "not found"


class Confidence(StrEnum):
    """How sure an answer is, in the words the user sees."""

    SURE = "sure"
    LIKELY = "probably right"
    UNSURE = "check it"


class CallKind(StrEnum):
    """What a call is for."""

    ROOT = "root"
    DIRECT = "direct"  # the whole text in one prompt
    WRITE_OUT = "write out"  # a question that follows up on another, so that it stands alone
    ROUTE = "route"  # choosing a recipe
    ASK = "ask"
    CLASSIFY = "classify"
    FIELDS = "fields"  # filling in the fields of a form from a piece
    PROMPT = "prompt"
    RLM = "rlm"
    EXTRACT = "extract"  # the forced answer at a limit


#: Calls that read nothing of the text.
ABOUT_THE_QUESTION = frozenset({CallKind.WRITE_OUT, CallKind.ROUTE})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use up, in all its calls together.

    `tokens` counts prompt tokens that were not cached, and reply tokens.
    """

    turns: int = 12
    depth: int = 1
    calls: int = 2000
    tokens: int = 2_000_000
    seconds: float = 840.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that the answer rests on: code points in the document, page from 1 or None.

    `quote` stands in the document to the letter.
    """

    document: str
    start: int
    end: int
    line: int
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the run, as the list of runs shows it."""

    name: str
    path: str
    kind: str
    chars: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RunStarted:
    """`sub_model` answers what programs ask about pieces, if that is not `model` too.

    `address` is where texts are sent to be read; empty if they stay on this machine. `follows`
    is the number of the run that the question follows up on, `forks` that of the run whose first
    programs were taken over.
    """

    question: str
    sources: tuple[Source, ...]
    model: str
    limits: Limits
    sub_model: str = ""
    address: str = ""
    follows: int | None = None
    forks: int | None = None


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """A question that follows up on another, as it is understood alone."""

    question: str


@dataclass(frozen=True, slots=True)
class LoadStarted:
    """The model is being loaded (again, after the engine died)."""

    model: str


@dataclass(frozen=True, slots=True)
class LoadGrew:
    fraction: float


@dataclass(frozen=True, slots=True)
class LoadEnded:
    window: int
    error: str | None = None
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class CallStarted:
    """`prompt` is what the call is asked; `text` the piece of text it is given, if any.

    `start` is where the piece stands in `context`, if it stands there to the letter.
    """

    path: str
    kind: CallKind
    prompt: str
    text: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Estimated:
    """Many calls are about to be made: how many, and how long they will take.

    0 seconds where nothing is known yet of how fast this model is here.
    """

    path: str
    calls: int
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class RecipeChosen:
    """The worked example that the prompt of this call shows."""

    path: str
    recipe: str


@dataclass(frozen=True, slots=True)
class ReplyStarted:
    path: str
    turn: int


@dataclass(frozen=True, slots=True)
class ReplyGrew:
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    path: str
    text: str
    usage: Usage
    finish: Finish = Finish.STOP


@dataclass(frozen=True, slots=True)
class CodeStarted:
    """A program begins. `by_loop` says that the loop wrote it, not the model."""

    path: str
    code: str
    by_loop: bool = False


@dataclass(frozen=True, slots=True)
class OutputGrew:
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class ActBlocked:
    """A program tried something that the sandbox forbids."""

    path: str
    act: str


@dataclass(frozen=True, slots=True)
class PassagesRead:
    """Spans of `context` (code points) that a program or a call looked at, and by which helper."""

    path: str
    by: str
    spans: tuple[tuple[int, int], ...]
    hits: bool = False


@dataclass(frozen=True, slots=True)
class CodeEnded:
    """`output` is all that was printed; the model is shown a part of it."""

    path: str
    output: str
    error: str | None
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Advised:
    """What a guard told the model besides the output of its program."""

    path: str
    advice: str


@dataclass(frozen=True, slots=True)
class PeerDied:
    """The engine or the sandbox ended unasked and is started again; `lost` says what that cost."""

    path: str
    peer: str
    reason: str
    lost: str


@dataclass(frozen=True, slots=True)
class CallEnded:
    """`margin`, from 0 to 1, is by how much the label that was chosen leads the second.

    It is None where nothing was chosen by its likelihood.
    """

    path: str
    outcome: Outcome
    answer: str | None = None
    margin: float | None = None


@dataclass(frozen=True, slots=True)
class RunEnded:
    """`coverage` is the part of the text, 0 to 1, that code or the model looked at.

    `confidence` is None where there is no answer.
    """

    outcome: Outcome
    answer: str | None = None
    status: Status | None = None
    error: str | None = None
    coverage: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    confidence: Confidence | None = None


Event = (
    RunStarted
    | WrittenOut
    | LoadStarted
    | LoadGrew
    | LoadEnded
    | CallStarted
    | Estimated
    | RecipeChosen
    | ReplyStarted
    | ReplyGrew
    | ReplyEnded
    | CodeStarted
    | OutputGrew
    | ActBlocked
    | PassagesRead
    | CodeEnded
    | Advised
    | PeerDied
    | CallEnded
    | RunEnded
)
Progress = LoadGrew | ReplyGrew | OutputGrew
