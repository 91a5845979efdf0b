"""The programs of a run, with what they printed, as a page of text."""

from bisect import bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from rlm_desktop.gui import words
from rlm_desktop.gui.highlighting import python_spans
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import Look, Span, TextPart, part
from rlm_desktop.runs import events
from rlm_desktop.runs.events import ROOT, CallKind, Event
from rlm_desktop.runs.run import Run, Turn

#: Characters of an output that are shown when all of it is wanted; the rest is in the export.
MOST = 200_000
#: An output with more lines or characters than this is folded to its beginning and its end.
FOLD_LINES = 24
FOLD = 4_000
_FIRST_LINES, _LAST_LINES = 12, 6


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodePage", text)


@dataclass(slots=True)
class Program:
    """A program of the page: the number of its first part, and what is known of it.

    `whole` says that its output is shown in full, and `can_be_left` that the model wrote it for the
    question itself, so that a run can go another way from there on.
    """

    part: int
    title: str
    turn: Turn
    can_be_left: bool
    whole: bool = False

    @property
    def code(self) -> str:
        execution = self.turn.execution
        return self.turn.reply if execution is None else execution.code

    @property
    def is_long(self) -> bool:
        """Whether its output is folded, unless all of it is wanted."""
        execution = self.turn.execution
        return execution is not None and _is_long(execution.output)


class CodePage:
    """Each turn that writes a program: a heading, the program, its output, advice.

    The part for the output is there from the start, since the programs of sub-runs are written
    below it while it still grows.
    """

    def __init__(self) -> None:
        self.parts: list[TextPart] = []
        self.programs: list[Program] = []
        self._last: dict[str, Program] = {}

    def add(self, event: Event, run: Run) -> set[int]:
        """Take in an event that `run` has already; returns the parts that changed."""
        match event:
            case events.ReplyStarted(path) if run.call(path).kind in (CallKind.ROOT, CallKind.RLM):
                return self._begin(path, run)
            case events.ReplyGrew(path) | events.ReplyEnded(path) if path in self._last:
                reply = run.call(path).turns[-1].reply
                return self._put(path, 1, part(Look.CODE, *python_spans(reply)))
            case events.CodeStarted(path, code, by_loop):
                begun = self._begin(path, run, by_loop=by_loop) if by_loop else set()
                changed = begun | self._put(path, 1, part(Look.CODE, *python_spans(code)))
                return changed | self._put(path, 2, _quiet(_tr("Running …")))
            case events.OutputGrew(path) | events.ActBlocked(path) | events.CodeEnded(path) if (
                path in self._last
            ):
                program = self._last[path]
                heading = self._put(path, 0, _heading(program))
                return heading | self._put(path, 2, _output(program))
            case events.Advised(path, advice) if path in self._last:
                text = _tr("Told the model: {}").format(advice)
                return self._append(part(Look.OUTPUT, Span(text, Tone.WARNING)))
            case _:
                return set()

    def unfold(self, program: Program, *, whole: bool) -> set[int]:
        """Show all of a program's output, or its ends; returns the parts that changed."""
        program.whole = whole
        number = program.part + 2
        made = _output(program)
        if self.parts[number] == made:
            return set()
        self.parts[number] = made
        return {number}

    def program_at(self, number: int) -> int | None:
        """Which program a part belongs to, counted from 0."""
        found = bisect_right([program.part for program in self.programs], number) - 1
        return found if found >= 0 else None

    def _begin(self, path: str, run: Run, *, by_loop: bool = False) -> set[int]:
        turns = run.call(path).turns
        title = _tr("Program {}").format(len(turns))
        if path != ROOT:
            title = _tr("Sub-run {}, program {}").format(path, len(turns))
        if by_loop:
            title = _tr("{}, not by the model").format(title)
        of_model = path == ROOT and not by_loop
        program = Program(len(self.parts), title, turns[-1], of_model)
        self._last[path] = program
        self.programs.append(program)
        return (
            self._append(_heading(program))
            | self._append(part(Look.CODE, Span("", Tone.CODE)))
            | self._append(_quiet(_tr("The model is writing …")))
        )

    def _append(self, made: TextPart) -> set[int]:
        self.parts.append(made)
        return {len(self.parts) - 1}

    def _put(self, path: str, offset: int, made: TextPart) -> set[int]:
        number = self._last[path].part + offset
        if self.parts[number] == made:
            return set()
        self.parts[number] = made
        return {number}


def _quiet(text: str) -> TextPart:
    return part(Look.OUTPUT, Span(text, Tone.QUIET))


def _heading(program: Program) -> TextPart:
    """Which program it is, how long it ran, and whether it failed."""
    spans = [Span(program.title)]
    execution = program.turn.execution
    if execution is not None and execution.ended:
        spans.append(Span(f" · {words.seconds(execution.seconds)}", Tone.QUIET))
        if execution.error:
            spans.append(Span(_tr(" · ✗ failed"), Tone.BAD))
    if execution is not None and execution.blocked:
        spans.append(Span(_tr(" · ■ blocked"), Tone.BAD))
    return part(Look.HEADING, *spans)


def _output(program: Program) -> TextPart:
    """What a program printed so far, what it was refused, and how it ended."""
    execution = program.turn.execution
    assert execution is not None, "a program starts before it prints"
    printed = execution.output.rstrip("\n")
    spans = []
    if printed.strip() and not program.whole and program.is_long:
        spans += _folded(printed)
    elif printed.strip():
        spans.append(Span(words.clipped(printed, MOST), Tone.CODE))
    spans += [Span(_tr("\nBlocked: {}").format(act), Tone.BAD) for act in execution.blocked]
    if execution.error:
        spans.append(Span(f"\n{words.clipped(execution.error.strip(), FOLD)}", Tone.ERROR))
    elif execution.ended and not printed.strip():
        spans.append(Span(_tr("\nIt printed nothing."), Tone.QUIET))
    elif not execution.ended and not printed.strip():
        spans.append(Span(_tr("\nRunning …"), Tone.QUIET))
    first, *rest = spans
    return part(Look.OUTPUT, Span(first.text.lstrip("\n"), first.tone), *rest)


def _is_long(output: str) -> bool:
    return len(output) > FOLD or output.count("\n") > FOLD_LINES


def _folded(printed: str) -> list[Span]:
    """The beginning and the end of an output, with how much is between them."""
    lines = printed.split("\n")
    if len(lines) <= FOLD_LINES:
        return [Span(words.clipped(printed, FOLD), Tone.CODE)]
    head = "\n".join(lines[:_FIRST_LINES])
    tail = "\n".join(lines[-_LAST_LINES:])
    left_out = len(lines) - _FIRST_LINES - _LAST_LINES
    text = _tr("\n… {} folded; “All output” shows them …\n").format(words.lines(left_out))
    return [
        Span(words.clipped(head, FOLD), Tone.CODE),
        Span(text, Tone.QUIET),
        Span(words.clipped(tail, FOLD), Tone.CODE),
    ]
