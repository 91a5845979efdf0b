"""A run as a tree, built from its events.

`Run.add` is the only place where events become state: the window, the exporters and the loop's
own bookkeeping all read a `Run`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rlm_desktop.engine.base import Usage
from rlm_desktop.runs import events
from rlm_desktop.runs.events import CallKind, Event, Outcome, PassagesRead, parent_of


@dataclass(slots=True)
class Execution:
    """A program, and what it printed. `by_loop` says that the loop wrote it, not the model."""

    code: str
    output: str = ""
    error: str | None = None
    seconds: float = 0.0
    blocked: list[str] = field(default_factory=list)
    ended: bool = False
    by_loop: bool = False


@dataclass(slots=True)
class Turn:
    """One reply of the model, and what came of it."""

    reply: str = ""
    usage: Usage = field(default_factory=Usage)
    execution: Execution | None = None
    advice: list[str] = field(default_factory=list)
    ended: bool = False


@dataclass(slots=True)
class Call:
    """One call of the model, with the calls that it made."""

    path: str
    kind: CallKind
    prompt: str
    text: str = ""
    start: int | None = None
    recipe: str | None = None
    turns: list[Turn] = field(default_factory=list)
    children: list["Call"] = field(default_factory=list)
    outcome: Outcome | None = None
    answer: str | None = None
    margin: float | None = None

    @property
    def close(self) -> bool:
        """Whether another label fits nearly as well as the one that was chosen."""
        return self.margin is not None and self.margin < events.CLOSE_MARGIN

    def walk(self) -> Iterator["Call"]:
        """This call and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Run:
    """All that happened, so far."""

    started: events.RunStarted | None = None
    ended: events.RunEnded | None = None
    root: Call | None = None
    written_out: str = ""
    loading: float | None = None
    window: int = 0
    passages: list[PassagesRead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _calls: dict[str, Call] = field(default_factory=dict)
    _order: list[Call] = field(default_factory=list)
    _usage: Usage = field(default_factory=Usage)

    @classmethod
    def of(cls, happened: Iterable[Event]) -> "Run":
        run = cls()
        for event in happened:
            run.add(event)
        return run

    def call(self, path: str) -> Call:
        """The call with this path. Raises KeyError."""
        return self._calls[path]

    def calls_from(self, first: int) -> Iterator[Call]:
        """The calls in the order in which they began, from this number on, also while it grows."""
        while first < len(self._order):
            yield self._order[first]
            first += 1

    @property
    def calls(self) -> int:
        return len(self._calls)

    @property
    def turns(self) -> int:
        """Programs that the root call wrote."""
        return len(self.root.turns) if self.root else 0

    @property
    def usage(self) -> Usage:
        """The sum over all replies."""
        return self._usage

    def add(self, event: Event) -> None:
        """Take in the next event."""
        match event:
            case events.RunStarted():
                self.started = event
            case events.RunEnded():
                self.ended = event
            case events.WrittenOut(question):
                self.written_out = question
            case events.LoadStarted():
                self.loading = 0.0
            case events.LoadGrew(fraction):
                self.loading = fraction
            case events.LoadEnded(window, error):
                self.loading = None
                self.window = window
                if error:
                    self.notes.append(error)
            case events.CallStarted(path, kind, prompt, text, start):
                self._start(Call(path, kind, prompt, text, start))
            case events.RecipeChosen(path, recipe):
                self.call(path).recipe = recipe
            case events.ReplyStarted(path):
                self.call(path).turns.append(Turn())
            case events.ReplyGrew(path, text):
                self._turn(path).reply += text
            case events.ReplyEnded(path, text, usage):
                turn = self._turn(path)
                turn.reply, turn.usage, turn.ended = text, usage, True
                self._usage += usage
            case events.CodeStarted(path, code, by_loop):
                if by_loop:
                    self.call(path).turns.append(Turn(ended=True))
                self._turn(path).execution = Execution(code, by_loop=by_loop)
            case events.OutputGrew(path, text):
                self._execution(path).output += text
            case events.ActBlocked(path, act):
                self._execution(path).blocked.append(act)
            case events.PassagesRead():
                self.passages.append(event)
            case events.CodeEnded(path, output, error, seconds):
                execution = self._execution(path)
                execution.output, execution.error = output, error
                execution.seconds, execution.ended = seconds, True
            case events.Advised(path, advice):
                self._turn(path).advice.append(advice)
            case events.PeerDied(_, peer, reason, lost):
                self.notes.append(f"The {peer} was started again: {reason}. {lost}".strip())
            case events.CallEnded(path, outcome, answer, margin):
                call = self.call(path)
                call.outcome, call.answer, call.margin = outcome, answer, margin

    def _start(self, call: Call) -> None:
        parent = parent_of(call.path)
        if parent is None:
            self.root = call
        else:
            self.call(parent).children.append(call)
        self._calls[call.path] = call
        self._order.append(call)

    def _turn(self, path: str) -> Turn:
        return self.call(path).turns[-1]

    def _execution(self, path: str) -> Execution:
        execution = self._turn(path).execution
        assert execution is not None, "a program starts before it prints"
        return execution
