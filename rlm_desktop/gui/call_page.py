"""One call in full: what it was asked, the text it was given, what it replied."""

from PySide6.QtCore import QCoreApplication

from rlm_desktop.gui import words
from rlm_desktop.gui.highlighting import python_spans
from rlm_desktop.gui.items.call_figures import Figures
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import Look, Span, TextPart, part
from rlm_desktop.runs.run import Call

#: Characters of each text that are shown; a call may have been given a whole document.
_LIMIT = 30_000


def _tr(text: str) -> str:
    return QCoreApplication.translate("CallPage", text)


def call_parts(call: Call, figures: Figures) -> list[TextPart]:
    """The parts of a page about a call, as far as it has come."""
    used = figures.own
    facts = [
        words.outcome(call.outcome),
        _tr("{} in, {} out").format(
            words.tokens(used.prompt_tokens), words.number(used.reply_tokens)
        ),
    ]
    if used.cached_tokens:
        facts.append(_tr("{} not read again").format(words.tokens(used.cached_tokens)))
    if figures.rate is not None:
        facts.append(_tr("{} a second").format(words.tokens(round(figures.rate))))
    if call.close and call.margin is not None:
        ahead = words.percent(call.margin)
        facts.append(_tr("a close call, ahead of the next label by {}").format(ahead))
    parts = [
        part(Look.HEADING, f"{words.sign(call.outcome)} {words.kind(call.kind)} {call.path}"),
        part(Look.LINE, Span(" · ".join(facts), Tone.QUIET)),
        part(Look.LINE, Span(_times(figures), Tone.QUIET)),
        *_section(_tr("Asked"), call.prompt),
    ]
    if call.recipe:
        parts += _section(_tr("Worked example"), call.recipe)
    parts += _section(_tr("Text it was given"), call.text)
    for number, turn in enumerate(call.turns, start=1):
        title = _tr("Reply {}").format(number) if len(call.turns) > 1 else _tr("Reply")
        if turn.execution is None:
            parts += _section(title, turn.reply)
        else:
            parts.append(part(Look.HEADING, title))
            parts.append(part(Look.CODE, *python_spans(turn.execution.code)))
            parts += _section(_tr("Printed"), turn.execution.output)
            if turn.execution.error:
                parts.append(part(Look.OUTPUT, Span(turn.execution.error, Tone.ERROR)))
        parts += [part(Look.OUTPUT, Span(advice, Tone.WARNING)) for advice in turn.advice]
    if call.answer is not None and (not call.turns or call.answer != call.turns[-1].reply):
        parts += _section(_tr("Answer"), call.answer)
    return parts


def _times(figures: Figures) -> str:
    """When it was, and with what it spent its own time; the whole time below it is in the tree."""
    facts = []
    if figures.start > 0:
        facts.append(_tr("began {} into the run").format(words.seconds(figures.start)))
    if figures.end is not None and figures.end > figures.start:
        facts.append(_tr("took {}").format(words.seconds(figures.end - figures.start)))
    facts.append(_tr("{} of the model").format(words.seconds(figures.own.seconds)))
    if figures.code_seconds:
        facts.append(_tr("{} of programs").format(words.seconds(figures.code_seconds)))
    return " · ".join(facts)


def _section(title: str, text: str) -> list[TextPart]:
    if not text.strip():
        return []
    return [
        part(Look.HEADING, title),
        part(Look.TEXT, Span(words.clipped(text.strip(), _LIMIT), Tone.CODE)),
    ]
