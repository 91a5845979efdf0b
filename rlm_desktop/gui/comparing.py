"""Two runs side by side: what of each is compared."""

from PySide6.QtCore import QCoreApplication

from rlm_desktop.gui import words
from rlm_desktop.gui.views.side_by_side import Side
from rlm_desktop.runs.run import Run


def _tr(text: str) -> str:
    return QCoreApplication.translate("Comparing", text)


def side_of(number: int, run: Run) -> Side:
    """A run as one of two sides."""
    started, ended = run.started, run.ended
    question = words.first_line(started.question) if started else ""
    facts = []
    if started is not None:
        names = ", ".join(source.name for source in started.sources)
        facts.append(_tr("Documents: {}").format(names))
        facts.append(_tr("Model: {}").format(started.model))
    if ended is not None:
        told = [
            words.outcome(ended.outcome) if ended.status is None else words.status(ended.status)
        ]
        if ended.confidence is not None:
            told.append(words.confidence(ended.confidence))
        facts.append(_tr("Status: {}").format(" · ".join(told)))
        facts.append(_tr("Read: {} of the text").format(words.percent(ended.coverage)))
        facts.append(_tr("Time: {}").format(words.seconds(ended.seconds)))
    usage = run.usage
    tokens = words.tokens(usage.prompt_tokens + usage.reply_tokens)
    facts.append(_tr("Effort: {}").format(f"{words.calls(run.calls)} · {tokens}"))
    if run.root is not None and run.root.recipe:
        facts.append(_tr("Method: {}").format(run.root.recipe))
    answer = (ended.answer or ended.error or "") if ended else ""
    return Side(_tr("Run {}: {}").format(number, question), answer or _tr("No answer"), facts)
