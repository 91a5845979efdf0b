"""A conversation about a text: program after program, until one gives the answer."""

import itertools
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Part
from rlm_desktop.engine.base import Message, Sampling
from rlm_desktop.errors import LimitReached, RlmError, SandboxDied, SandboxError, Stopped
from rlm_desktop.runs import guards, prompts, second_look
from rlm_desktop.runs.doubts import Doubts
from rlm_desktop.runs.events import (
    ActBlocked,
    Advised,
    CodeEnded,
    CodeStarted,
    Event,
    Outcome,
    OutputGrew,
    PassagesRead,
    PeerDied,
    Status,
)
from rlm_desktop.runs.evidence import Ledger, Span
from rlm_desktop.runs.flat_calls import Answered, FlatCalls, Refused
from rlm_desktop.runs.limits import Meter
from rlm_desktop.runs.parsing import Program, program_in
from rlm_desktop.runs.remarks import Remarks
from rlm_desktop.runs.replies import Replies
from rlm_desktop.sandbox.base import (
    Asked,
    AskKind,
    Blocked,
    Finished,
    Piece,
    Printed,
    Read,
    Sandbox,
)

_BLOCKED_ACTS = 3
_SANDBOX_DEATHS = 3
#: Programs in a row that failed or came again. A small model that goes in circles does not leave
#: them: of ten more turns none did.
_FUTILE_TRIES = 6
#: Greedy decoding repeats itself after an unchanged error; a second try is sampled.
_SECOND_TRY = 0.5
_HOTTER = 0.2
_HOTTEST = 1.1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a conversation or a direct call came to."""

    text: str | None
    outcome: Outcome
    status: Status | None


@dataclass(frozen=True, slots=True)
class Tools:
    """What every conversation of a run shares."""

    replies: Replies
    flat_calls: FlatCalls
    meter: Meter
    open_sandbox: Callable[[Sequence[Part]], Sandbox]
    stop: threading.Event


class ChildRuns(Protocol):
    """Who answers `rlm(...)`: the run loop, with this same conversation one level down."""

    def __call__(
        self, path: str, question: str, piece: Piece, start: int | None
    ) -> Generator[Event, None, str]: ...


class Conversation:
    """One call that writes programs.

    `offset` is where its text stands in the text of the run; None if it stands nowhere there, as
    a text does that a program put together. `child_run` is None at the last depth.
    """

    def __init__(
        self,
        path: str,
        collection: Collection,
        messages: list[Message],
        tools: Tools,
        *,
        question: str,
        numbers: "itertools.count[int]",
        offset: int | None,
        child_run: ChildRuns | None,
    ) -> None:
        self._path = path
        self._collection = collection
        self._messages = messages
        self._tools = tools
        self._numbers = numbers
        self._offset = offset
        self._child_run = child_run
        self.ledger = Ledger(len(collection))
        self._question = question
        self._doubts = Doubts(question, collection, self.ledger)
        self._second_look = False
        self._sandbox: Sandbox
        self._outputs = ""
        self._last_output = ""
        self._fingerprints: set[str] = set()
        self._kept_names: dict[str, None] = {}
        self._asked_model = False
        self._remarks = Remarks()
        self._blocked = 0
        self._deaths = 0

    @property
    def messages(self) -> Sequence[Message]:
        return self._messages

    @property
    def has_output(self) -> bool:
        """Whether there is anything that an answer could be taken from at a limit."""
        return bool(self._outputs.strip())

    def next_number(self) -> int:
        """The number of the next call that this one makes."""
        return next(self._numbers)

    def turns(self, most: int) -> Generator[Event, None, Answer]:
        """Go on until a program gives the answer. Raises LimitReached after `most` turns."""
        self._sandbox = yield from self._open()
        try:
            turn, spared, tries = 1, False, 0
            while turn <= most:
                self._tools.meter.check()
                prompt = prompts.program(self._path, self._messages, _sampling(tries, turn))
                reply = yield from self._tools.replies.one(self._path, turn, prompt)
                program = program_in(reply)
                advice = program.error or guards.repeated(program.fingerprint, self._fingerprints)
                if advice:
                    yield from self._send_back(program, advice)
                    tries += 1
                    if tries >= _FUTILE_TRIES:
                        raise LimitReached(f"tries that led nowhere ({tries})")
                    # The first program that does not compile costs no turn.
                    turn, spared = turn + (spared or not program.error), True
                    continue
                self._doubts.programs.append(program.code)
                self._fingerprints.add(program.fingerprint)
                finished = yield from self._execute(program.code)
                answer = yield from self._judge(program, finished, left=most - turn)
                if answer is not None:
                    return answer
                tries = tries + 1 if finished.error else 0
                turn += 1
            raise LimitReached(f"turns ({most})")
        finally:
            self._sandbox.close()

    def _send_back(self, program: Program, advice: str) -> Generator[Event, None, None]:
        yield Advised(self._path, advice)
        self._messages += [prompts.written(program.code), Message("user", advice)]

    def _judge(
        self, program: Program, finished: Finished, left: int
    ) -> Generator[Event, None, Answer | None]:
        """The answer, if the program gave one that stands; else tell the model what came of it."""
        advice: list[str] = []
        if finished.answer is not None:
            # What is doubted may be insisted on, by the very same program.
            self._fingerprints.discard(program.fingerprint)
            doubt = self._doubts.about(
                finished.answer, self._outputs, asked_model=self._asked_model
            )
            if doubt is None:
                if (yield from self._read_before_not_found(finished.answer)):
                    return None
                return self._answer(finished.answer)
            advice.append(doubt)
        self._doubts.note(failed=finished.error is not None)
        if left == 1:
            advice.append("One program is left: call final in it.")
        for sentence in advice:
            yield Advised(self._path, sentence)
        self._messages += [
            prompts.written(program.code),
            self._report(finished, advice),
        ]
        return None

    def _report(self, finished: Finished, advice: Sequence[str]) -> Message:
        """What the model is told of the last program."""
        remarks = self._remarks.sentences
        return prompts.report(self._last_output, finished.error, [*remarks, *advice])

    def _answer(self, text: str) -> Answer:
        if guards.is_not_found(text):
            return Answer(text.strip(), Outcome.NOT_FOUND, Status.NOT_FOUND)
        status = Status.READ if self._asked_model else Status.COMPUTED
        return Answer(text, Outcome.ANSWERED, status)

    def _read_before_not_found(self, answer: str) -> Generator[Event, None, bool]:
        """Read the passages that fit best, once, before a "not found" is believed."""
        program = second_look.program_for(
            self._question, answer, asked_model=self._asked_model or self._second_look
        )
        if program is None:
            return False
        self._second_look = True
        finished = yield from self._execute(program, by_loop=True)
        yield Advised(self._path, second_look.ADVICE)
        self._messages += [
            prompts.written(program),
            self._report(finished, [second_look.ADVICE]),
        ]
        return True

    def _execute(self, code: str, *, by_loop: bool = False) -> Generator[Event, None, Finished]:
        """Run one program and answer what it asks."""
        yield CodeStarted(self._path, code, by_loop)
        output: list[str] = []
        self._last_output = ""
        self._remarks = Remarks()
        try:
            for message in self._sandbox.execute(code, self._tools.stop):
                match message:
                    case Printed(text):
                        output.append(text)
                        yield OutputGrew(self._path, text)
                    case Asked():
                        yield from self._serve(message)
                    case Blocked(act):
                        self._blocked += 1
                        yield ActBlocked(self._path, act)
                    case Read(by, spans, hits):
                        yield from self._read(by, spans, hits=hits)
                    case Finished():
                        finished = message
        except SandboxDied as died:
            yield CodeEnded(self._path, "".join(output), str(died))
            self._sandbox.close()
            yield from self._bury(died)
            self._sandbox = yield from self._open()
            finished = Finished(error=f"{died}. All variables are lost; `context` is back.")
        except (Stopped, LimitReached, RlmError) as end:
            yield CodeEnded(self._path, "".join(output), str(end) or "stopped")
            raise
        else:
            yield CodeEnded(self._path, "".join(output), finished.error, finished.seconds)
            self._kept_names |= dict.fromkeys(finished.names)
        self._last_output = "".join(output)
        self._outputs += self._last_output
        if self._blocked >= _BLOCKED_ACTS:
            raise SandboxError(
                f"programs tried {self._blocked} times to do what is forbidden here. The document "
                "may be steering the model, so the run was ended; the programs are kept in it"
            )
        return finished

    def _open(self) -> Generator[Event, None, Sandbox]:
        """A sandbox with the text in place and no variables."""
        while True:
            try:
                return self._tools.open_sandbox(self._collection.parts)
            except SandboxDied as died:
                yield from self._bury(died)

    def _bury(self, died: SandboxDied) -> Generator[Event, None, None]:
        """Say that the sandbox is gone, and with it what; the third time it ends the run."""
        self._deaths += 1
        if self._deaths >= _SANDBOX_DEATHS:
            raise SandboxError(f"the sandbox ended {self._deaths} times, at last: {died}") from died
        names = ", ".join(self._kept_names)
        self._kept_names.clear()
        self._fingerprints.clear()  # what was lost may be computed again
        lost = f"Lost: {names}." if names else "Nothing was lost."
        yield PeerDied(self._path, "sandbox", str(died), lost)

    def _serve(self, asked: Asked) -> Generator[Event, None, None]:
        """Answer what a program asks of the model, or refuse it with a reason."""
        self._asked_model = True
        starts = [self._checked_start(piece) for piece in asked.pieces]
        try:
            if asked.kind is AskKind.RLM and self._child_run is not None:
                answers: list[Answered] = []
                for piece, start in zip(asked.pieces, starts, strict=True):
                    handed_down = guards.handed_down(len(piece.text), len(self._collection))
                    if handed_down:
                        raise Refused(handed_down)
                    path = f"{self._path}.{next(self._numbers)}"
                    place = self._shifted(start)
                    text = yield from self._child_run(path, asked.question, piece, place)
                    answers.append(Answered(text, empty=text == prompts.NOT_HERE))
            else:
                answers = yield from self._tools.flat_calls.answer(
                    self._path, asked, [self._shifted(start) for start in starts], self._numbers
                )
        except Refused as refused:
            self._sandbox.refuse(str(refused))
            return
        for piece, start, answer in zip(asked.pieces, starts, answers, strict=True):
            if start is not None:
                span = (start, start + len(piece.text))
                yield from self._read(asked.kind, [span], hits=not answer.empty)
        self._remarks.note(asked.kind, answers)
        close = [number for number, answer in enumerate(answers) if answer.close]
        self._sandbox.reply([answer.text for answer in answers], close)

    def _checked_start(self, piece: Piece) -> int | None:
        """Where a piece says it stands, if it stands there to the letter."""
        if piece.start is not None and self._collection.stands_at(piece.start, piece.text):
            return piece.start
        return None

    def _shifted(self, position: int | None) -> int | None:
        return None if position is None or self._offset is None else position + self._offset

    def _read(self, by: str, spans: Sequence[Span], *, hits: bool) -> Generator[Event, None, None]:
        self.ledger.add(spans, hits=hits)
        if self._offset is not None:
            shifted = tuple((start + self._offset, end + self._offset) for start, end in spans)
            yield PassagesRead(self._path, by, shifted, hits)


def _sampling(tries: int, turn: int) -> Sampling:
    """Greedy at first; after a program that failed or came again, hotter with each try."""
    if not tries:
        return Sampling()
    return Sampling(min(_HOTTEST, _SECOND_TRY + _HOTTER * (tries - 1)), 0.95, turn)
