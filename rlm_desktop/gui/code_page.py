"""The programs of a run, with what they printed, as a page of text."""

from PySide6.QtCore import QCoreApplication

from rlm_desktop.gui import words
from rlm_desktop.gui.highlighting import python_spans
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import Look, Span, TextPart, part
from rlm_desktop.runs import events
from rlm_desktop.runs.events import ROOT, CallKind, Event
from rlm_desktop.runs.run import Run, Turn

#: Characters of an output that are shown; the rest is in the export.
OUTPUT = 8_000


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodePage", text)


class CodePage:
    """Each turn that writes a program: a heading, the program, its output, advice.

    The part for the output is there from the start, since the programs of sub-runs are written
    below it while it still grows.
    """

    def __init__(self) -> None:
        self.parts: list[TextPart] = []
        self._first: dict[str, int] = {}

    def add(self, event: Event, run: Run) -> set[int]:
        """Take in an event that `run` has already; returns the parts that changed."""
        match event:
            case events.ReplyStarted(path) if run.call(path).kind in (CallKind.ROOT, CallKind.RLM):
                return self._begin(path, len(run.call(path).turns))
            case events.ReplyGrew(path) | events.ReplyEnded(path) if path in self._first:
                reply = run.call(path).turns[-1].reply
                return self._put(path, 1, part(Look.CODE, *python_spans(reply)))
            case events.CodeStarted(path, code, by_loop):
                begun = self._begin(path, len(run.call(path).turns)) if by_loop else set()
                changed = begun | self._put(path, 1, part(Look.CODE, *python_spans(code)))
                return changed | self._put(path, 2, _quiet(_tr("Running …")))
            case events.OutputGrew(path) | events.ActBlocked(path) | events.CodeEnded(path) if (
                path in self._first
            ):
                return self._put(path, 2, _output(run.call(path).turns[-1]))
            case events.Advised(path, advice) if path in self._first:
                text = _tr("Told the model: {}").format(advice)
                return self._append(part(Look.OUTPUT, Span(text, Tone.WARNING)))
            case _:
                return set()

    def _begin(self, path: str, turn: int) -> set[int]:
        title = _tr("Program {}").format(turn)
        if path != ROOT:
            title = _tr("Sub-run {}, program {}").format(path, turn)
        self._first[path] = len(self.parts)
        return (
            self._append(part(Look.HEADING, title))
            | self._append(part(Look.CODE, Span("", Tone.CODE)))
            | self._append(_quiet(_tr("The model is writing …")))
        )

    def _append(self, made: TextPart) -> set[int]:
        self.parts.append(made)
        return {len(self.parts) - 1}

    def _put(self, path: str, offset: int, made: TextPart) -> set[int]:
        number = self._first[path] + offset
        if self.parts[number] == made:
            return set()
        self.parts[number] = made
        return {number}


def _quiet(text: str) -> TextPart:
    return part(Look.OUTPUT, Span(text, Tone.QUIET))


def _output(turn: Turn) -> TextPart:
    """What a program printed so far, what it was refused, and how it ended."""
    execution = turn.execution
    assert execution is not None, "a program starts before it prints"
    spans = [Span(words.clipped(execution.output.rstrip("\n"), OUTPUT), Tone.CODE)]
    spans += [Span(_tr("\nBlocked: {}").format(act), Tone.BAD) for act in execution.blocked]
    if execution.error:
        spans.append(Span(f"\n{words.clipped(execution.error.strip(), OUTPUT)}", Tone.ERROR))
    elif execution.ended and not execution.output.strip():
        spans.append(Span(_tr("It printed nothing."), Tone.QUIET))
    elif not execution.ended and not execution.output:
        spans.append(Span(_tr("Running …"), Tone.QUIET))
    if execution.ended:
        spans.append(Span(f"\n{words.seconds(execution.seconds)}", Tone.QUIET))
    if not spans[0].text:
        first, *rest = spans[1:]
        spans = [Span(first.text.lstrip("\n"), first.tone), *rest]
    return part(Look.OUTPUT, *spans)
