"""A run told in plain language, step by step, for people who read no code."""

from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from rlm_desktop.gui import words
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.telling import told_of
from rlm_desktop.gui.text_parts import Look, Span, TextPart, part
from rlm_desktop.runs import events
from rlm_desktop.runs.events import ROOT, CallKind, Event, Outcome, parent_of
from rlm_desktop.runs.run import Run, Turn

#: Calls that the programs of the root make; what they read is told with them.
_ASKED = {CallKind.ASK, CallKind.CLASSIFY, CallKind.FIELDS, CallKind.PROMPT, CallKind.RLM}
_READ_BY_ASKING = {*_ASKED, "direct"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Story", text)


@dataclass(slots=True)
class _Batch:
    """Calls of one kind that a program made, told in one part of the story."""

    part: int
    asked: int = 0
    ended: Counter[Outcome] = field(default_factory=Counter)


class Story:
    """The steps of a run. What happens inside sub-runs is counted, not told."""

    def __init__(self) -> None:
        self.parts: list[TextPart] = []
        self._load: int | None = None
        self._route: int | None = None
        self._program: int | None = None
        self._writing = False
        self._asked: dict[CallKind, _Batch] = {}
        self._read: dict[tuple[str, bool], tuple[int, int, int]] = {}

    def add(self, event: Event, run: Run) -> set[int]:
        """Take in an event that `run` has already; returns the parts that changed."""
        match event:
            case events.RunStarted():
                return self._begin(event)
            case events.WrittenOut(question):
                return self._put(None, _tr("Understood as: {}").format(question))
            case events.LoadStarted() | events.LoadGrew() | events.LoadEnded():
                return self._loading(event)
            case events.CallStarted(path) if parent_of(path) == ROOT:
                return self._call_began(event)
            case events.CallEnded(path, outcome) if parent_of(path) == ROOT:
                return self._call_ended(path, outcome, run)
            case events.RecipeChosen(path, recipe) if path == ROOT:
                text = _tr("Took the worked example “{}”").format(recipe)
                return self._put(self._route, Span(text, Tone.QUIET))
            case (
                events.ReplyStarted(path)
                | events.ReplyGrew(path)
                | events.ReplyEnded(path)
                | events.CodeStarted(path)
                | events.CodeEnded(path)
            ) if path == ROOT:
                return self._turn(event, run.call(path).turns[-1], run.turns)
            case events.PassagesRead(path) if path == ROOT and event.by not in _READ_BY_ASKING:
                return self._passages(event)
            case events.Advised(path, advice) if path == ROOT:
                return self._say(_tr("Told the model: {}").format(advice), Tone.WARNING)
            case events.ActBlocked(_, act):
                return self._say(_tr("Blocked: the program {}").format(act), Tone.BAD)
            case events.PeerDied(_, peer, reason, lost):
                text = _tr("The {} ended and was started again: {}. {}").format(peer, reason, lost)
                return self._cut_off() | self._say(text, Tone.WARNING)
            case events.RunEnded():
                return self._cut_off() | self._end(event, run)
            case _:
                return set()

    def _put(self, number: int | None, *spans: Span | str, look: Look = Look.LINE) -> set[int]:
        """Change a part, or add one at the end."""
        made = part(look, *spans)
        if number is None:
            self.parts.append(made)
            return {len(self.parts) - 1}
        if self.parts[number] == made:
            return set()
        self.parts[number] = made
        return {number}

    def _say(self, text: str, tone: Tone) -> set[int]:
        return self._put(None, Span(text, tone), look=Look.INDENTED)

    def _begin(self, event: events.RunStarted) -> set[int]:
        chars = sum(source.chars for source in event.sources)
        about = [
            event.sources[0].name
            if len(event.sources) == 1
            else words.documents(len(event.sources)),
            words.characters(chars),
            event.model,
            _tr("at most {}").format(words.seconds(event.limits.seconds)),
        ]
        return self._put(None, event.question.strip(), look=Look.QUESTION) | self._put(
            None, Span(" · ".join(about), Tone.QUIET)
        )

    def _loading(self, event: events.LoadStarted | events.LoadGrew | events.LoadEnded) -> set[int]:
        match event:
            case events.LoadStarted(model):
                changed = self._put(None, _tr("Loading the model {} …").format(model))
                (self._load,) = changed
                return changed
            case events.LoadGrew(fraction):
                text = _tr("Loading the model … {}").format(words.percent(fraction))
                return self._put(self._load, text)
            case events.LoadEnded(_, str(error)):
                return self._put(self._load, Span(error, Tone.BAD))
            case events.LoadEnded(window):
                text = _tr("The model is loaded and can read {} at a time").format(
                    words.tokens(window)
                )
                return self._put(self._load, Span(text, Tone.QUIET))

    def _call_began(self, event: events.CallStarted) -> set[int]:
        match event.kind:
            case CallKind.ROUTE:
                changed = self._put(None, Span(_tr("Choosing a worked example …"), Tone.QUIET))
                (self._route,) = changed
                return changed
            case CallKind.DIRECT:
                return self._put(None, _tr("The text is short: the model reads all of it"))
            case CallKind.EXTRACT:
                text = _tr("A limit was reached: answering from what is known so far")
                return self._put(None, Span(text, Tone.WARNING))
            case kind if kind in _ASKED:
                if kind not in self._asked:
                    (number,) = self._put(None, "", look=Look.INDENTED)
                    self._asked[kind] = _Batch(number)
                self._asked[kind].asked += 1
                return self._tell_asked(kind)
            case _:
                return set()

    def _call_ended(self, path: str, outcome: Outcome, run: Run) -> set[int]:
        kind = run.call(path).kind
        if kind not in self._asked:
            return set()
        self._asked[kind].ended[outcome] += 1
        return self._tell_asked(kind)

    def _tell_asked(self, kind: CallKind) -> set[int]:
        batch = self._asked[kind]
        match kind:
            case CallKind.CLASSIFY:
                text = _tr("Asked the model for labels of {}")
            case CallKind.FIELDS:
                text = _tr("Asked the model to fill in fields from {}")
            case CallKind.RLM:
                text = _tr("Began sub-runs over {}")
            case _:
                text = _tr("Asked the model about {}")
        spans = [Span(text.format(words.passages(batch.asked)))]
        done = batch.ended.total()
        without, failed = batch.ended[Outcome.NOT_FOUND], batch.ended[Outcome.FAILED]
        if done < batch.asked:
            spans.append(Span(_tr(": {} done").format(words.number(done)), Tone.QUIET))
        if without:
            text = _tr(" · nothing found in {}").format(words.number(without))
            spans.append(Span(text, Tone.QUIET))
        if failed:
            spans.append(Span(_tr(" · {} failed").format(words.number(failed)), Tone.BAD))
        return self._put(batch.part, *spans, look=Look.INDENTED)

    def _turn(self, event: Event, turn: Turn, turns: int) -> set[int]:
        title = Span(_tr("Step {}. ").format(turns), Tone.STRONG)
        match event:
            case events.ReplyStarted():
                self._asked, self._read = {}, {}
                (self._program,) = changed = self._put(None, title, _tr("Writing a program …"))
                self._writing = True
                return changed
            case events.ReplyGrew():
                text = _tr("Writing a program: {} so far …")
                return self._put(self._program, title, text.format(_lines_of(turn.reply)))
            case events.ReplyEnded():
                self._writing = False
                return self._put(self._program, title, _tr("Wrote a reply"))
            case events.CodeStarted(_, _, True):
                self._asked, self._read = {}, {}
                text = _tr("Runs a program of its own …")
                (self._program,) = changed = self._put(None, title, text)
                return changed
            case events.CodeStarted(_, code):
                text = _tr("{}: runs it now …").format(_sentence(code))
                return self._put(self._program, title, text)
            case events.CodeEnded(_, output, error, seconds):
                assert turn.execution is not None, "a program starts before it ends"
                text = _sentence(turn.execution.code, by_loop=turn.execution.by_loop)
                return self._program_ended(title, text, output, error, seconds)
            case _:
                return set()

    def _program_ended(
        self, title: Span, text: str, output: str, error: str | None, seconds: float
    ) -> set[int]:
        if error:
            came_of_it = Span(_tr(": it failed"), Tone.BAD)
        elif output.strip():
            came_of_it = Span(_tr(" · {} printed").format(_lines_of(output)), Tone.QUIET)
        else:
            came_of_it = Span("")
        took = Span(f" · {words.seconds(seconds)}", Tone.QUIET)
        changed = self._put(self._program, title, text, came_of_it, took)
        shown = (error or output).strip()
        if not shown:
            return changed
        if error:
            excerpt = Span(words.first_line(shown.splitlines()[-1]), Tone.ERROR)
        else:
            excerpt = Span(words.first_line(shown, 100), Tone.CODE)
        return changed | self._put(None, Span("→ ", Tone.QUIET), excerpt, look=Look.INDENTED)

    def _passages(self, event: events.PassagesRead) -> set[int]:
        """Say how much was looked through, or noted as evidence; one line for each helper."""
        key = (event.by, event.hits)
        count, chars = len(event.spans), sum(end - start for start, end in event.spans)
        number: int | None = None
        if key in self._read:
            number, earlier_count, earlier_chars = self._read[key]
            count, chars = count + earlier_count, chars + earlier_chars
        if event.hits:
            text = _tr("Noted {} as evidence ({})").format(words.passages(count), event.by)
        else:
            text = _tr("Looked through {} ({})").format(words.characters(chars), event.by)
        changed = self._put(number, Span(text, Tone.QUIET), look=Look.INDENTED)
        self._read[key] = (min(changed) if number is None else number, count, chars)
        return changed

    def _cut_off(self) -> set[int]:
        if not self._writing:
            return set()
        self._writing = False
        return self._put(self._program, _tr("The model was interrupted while it was writing"))

    def _end(self, event: events.RunEnded, run: Run) -> set[int]:
        facts = ", ".join((words.calls(run.calls), words.seconds(event.seconds)))
        match event.outcome:
            case Outcome.ANSWERED:
                verdict = Span(_tr("Answered"), Tone.GOOD)
            case Outcome.NOT_FOUND:
                verdict = Span(_tr("Not found"), Tone.WARNING)
            case Outcome.FORCED:
                verdict = Span(_tr("Ended at a limit"), Tone.WARNING)
            case Outcome.STOPPED:
                verdict = Span(_tr("Stopped"), Tone.WARNING)
            case Outcome.FAILED:
                verdict = Span(_tr("Failed: {}").format(event.error or ""), Tone.BAD)
        return self._put(None, verdict, Span(f" · {facts}", Tone.QUIET))


def _sentence(code: str, *, by_loop: bool = False) -> str:
    told = told_of(code)
    if by_loop:
        return _tr("The loop itself {}").format(told)
    return told[:1].upper() + told[1:]


def _lines_of(text: str) -> str:
    return words.lines(len(text.strip().splitlines()))
