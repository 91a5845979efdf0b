"""What programs ask of the model, answered or refused, and what they read, noted."""

import itertools
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Part
from rlm_desktop.documents.passages import PlainText, Readable
from rlm_desktop.runs import guards, prompts, questions
from rlm_desktop.runs.confidence import Grounds
from rlm_desktop.runs.events import Advised, Event, PassagesRead
from rlm_desktop.runs.evidence import Ledger, Span
from rlm_desktop.runs.flat_calls import Answered, FlatCalls, Refused
from rlm_desktop.runs.limits import Meter
from rlm_desktop.runs.look_up import LookedUp, LookUp
from rlm_desktop.runs.many_labels import labels_for
from rlm_desktop.runs.remarks import Remarks
from rlm_desktop.runs.replies import Replies
from rlm_desktop.sandbox.base import Asked, AskKind, Piece, Sandbox

#: Looking one thing up may take this part of the time that is left.
_LOOK_UP_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Tools:
    """What every conversation of a run shares."""

    replies: Replies
    flat_calls: FlatCalls
    meter: Meter
    open_sandbox: Callable[[Sequence[Part]], Sandbox]
    stop: threading.Event
    #: What was looked up in the text of the run: by question, the text's place and length, spans.
    known: dict[tuple[str, int | None, int, tuple[Span, ...]], LookedUp] = field(
        default_factory=dict
    )


class ChildRuns(Protocol):
    """Who answers `rlm(...)`: the run loop, with this same conversation one level down."""

    def __call__(
        self, path: str, question: str, piece: Piece, start: int | None
    ) -> Generator[Event, None, str]: ...


class Serving:
    """Answers the programs of one conversation.

    `offset` is where its text stands in the text of the run; None if it stands nowhere there.
    `question` is what it is to answer.
    """

    def __init__(
        self,
        path: str,
        collection: Collection,
        tools: Tools,
        ledger: Ledger,
        numbers: "itertools.count[int]",
        *,
        offset: int | None,
        child_run: ChildRuns | None,
        question: str,
    ) -> None:
        self._path = path
        self._collection = collection
        self._tools = tools
        self._ledger = ledger
        self._numbers = numbers
        self._offset = offset
        self._child_run = child_run
        self._question = question
        self.grounds = Grounds()
        self.remarks = Remarks()

    @property
    def asked_model(self) -> bool:
        """Whether a program has asked the model for anything."""
        return bool(self.grounds.asked)

    def serve(self, asked: Asked, sandbox: Sandbox) -> Generator[Event, None, None]:
        """Answer what a program asks of the model, or refuse it with a reason."""
        self.grounds.add(asked.kind)
        starts = [self._checked_start(piece) for piece in asked.pieces]
        try:
            match asked.kind:
                case AskKind.RLM if self._child_run is not None:
                    answers = yield from self._children(asked, starts, self._child_run)
                case AskKind.LOOK_UP:
                    answers = yield from self._looked_up(asked, starts)
                case _:
                    answers = yield from self._flat(asked, starts)
        except Refused as refused:
            sandbox.refuse(str(refused))
            return
        self.remarks.note(asked.kind, answers)
        if told := self.remarks.of_unread:
            yield Advised(self._path, told)
        close = [number for number, answer in enumerate(answers) if answer.close]
        sandbox.reply([answer.text for answer in answers], close)

    def read(self, by: str, spans: Sequence[Span], *, hits: bool) -> Generator[Event, None, None]:
        """Note what was read, and tell it where it stands in the text of the run."""
        self._ledger.add(spans, hits=hits)
        if self._offset is not None:
            shifted = tuple((start + self._offset, end + self._offset) for start, end in spans)
            yield PassagesRead(self._path, by, shifted, hits)

    def _children(
        self, asked: Asked, starts: Sequence[int | None], child_run: ChildRuns
    ) -> Generator[Event, None, list[Answered]]:
        answers = []
        for piece, start in zip(asked.pieces, starts, strict=True):
            handed_down = guards.handed_down(len(piece.text), len(self._collection))
            if handed_down:
                raise Refused(handed_down)
            path = f"{self._path}.{next(self._numbers)}"
            text = yield from child_run(path, asked.question, piece, self._shifted(start))
            answers.append(Answered(text, empty=text == prompts.NOT_HERE))
        yield from self._note(asked, starts, answers)
        return answers

    def _flat(
        self, asked: Asked, starts: Sequence[int | None]
    ) -> Generator[Event, None, list[Answered]]:
        if asked.kind is AskKind.CLASSIFY:
            # Who asks explains the labels better than a small model's program does.
            explained = questions.about_labels(self._question, asked.labels)
            asked = replace(asked, question=explained or asked.question)
        shifted = [self._shifted(start) for start in starts]
        flat_calls = self._tools.flat_calls
        if asked.kind is AskKind.CLASSIFY and flat_calls.can_score:
            answers = yield from labels_for(flat_calls, self._path, asked, shifted, self._numbers)
        else:
            answers = yield from flat_calls.answer(self._path, asked, shifted, self._numbers)
        yield from self._note(asked, starts, answers)
        return answers

    def _looked_up(
        self, asked: Asked, starts: Sequence[int | None]
    ) -> Generator[Event, None, list[Answered]]:
        answers = []
        for piece, start in zip(asked.pieces, starts, strict=True):
            whole = not piece.text
            placed = whole or start is not None
            text = self._collection if placed else PlainText(piece.text)
            within = [(start, start + len(piece.text))] if start is not None and not whole else []
            found = yield from self._found(asked.question, text, within, placed=placed)
            self.grounds.add(asked.kind, [found.likely])
            self.grounds.cut_short = self.grounds.cut_short or found.cut_short
            if placed:
                read = [(passage.start, passage.end) for passage in found.read]
                yield from self.read(asked.kind, read, hits=False)
                best = [(passage.start, passage.end) for passage in found.read_from]
                yield from self.read(asked.kind, best, hits=True)
            answers.append(Answered(found.text, empty=not found.found))
        return answers

    def _found(
        self, question: str, text: Readable, within: Sequence[Span], *, placed: bool
    ) -> Generator[Event, None, LookedUp]:
        """What comes of looking a question up; from memory if this run did so before."""
        key = (question, self._offset, len(text), tuple(within))
        lasting = placed and self._offset is not None
        if lasting and key in self._tools.known:
            return self._tools.known[key]
        look_up = LookUp(
            text,
            self._tools.flat_calls,
            self._offset if placed else None,
            may_be_absent=questions.may_be_absent(self._question),
        )
        seconds = self._tools.meter.seconds_left * _LOOK_UP_SHARE
        found = yield from look_up.answer(
            self._path, question, within, self._numbers, seconds=seconds
        )
        if lasting:
            self._tools.known[key] = found
        return found

    def _note(
        self, asked: Asked, starts: Sequence[int | None], answers: Sequence[Answered]
    ) -> Generator[Event, None, None]:
        for piece, start, answer in zip(asked.pieces, starts, answers, strict=True):
            if start is not None and not answer.unread:
                span = (start, start + len(piece.text))
                yield from self.read(asked.kind, [span], hits=not answer.empty)

    def _checked_start(self, piece: Piece) -> int | None:
        """Where a piece says it stands, if it stands there to the letter."""
        if piece.start is not None and self._collection.stands_at(piece.start, piece.text):
            return piece.start
        return None

    def _shifted(self, position: int | None) -> int | None:
        return None if position is None or self._offset is None else position + self._offset
