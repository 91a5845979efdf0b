"""The rows of the list of past runs."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from rlm_desktop.gui import words
from rlm_desktop.gui.items.row_list import ListRow
from rlm_desktop.gui.style import Tone
from rlm_desktop.runs.events import Outcome
from rlm_desktop.storage.kept_run import INTERRUPTED, KeptRun

_TONES = {Outcome.ANSWERED: Tone.GOOD, Outcome.FAILED: Tone.BAD}


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunList", text)


def run_row(run: KeptRun) -> ListRow:
    """A kept run in two lines: the question; how it ended, when, with which model."""
    below = f"{_state(run)} · {_when(run)} · {run.model}"
    outcome = _outcome(run)
    tone = Tone.QUIET if outcome is None else _TONES.get(outcome, Tone.WARNING)
    return ListRow(run.number, words.first_line(run.question), below, tone, run.number)


def _outcome(run: KeptRun) -> Outcome | None:
    return None if run.outcome in (None, INTERRUPTED) else Outcome(run.outcome)


def _state(run: KeptRun) -> str:
    if run.outcome == INTERRUPTED:
        return _tr("! interrupted")
    outcome = _outcome(run)
    return f"{words.sign(outcome)} {words.outcome(outcome)}"


def _when(run: KeptRun) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(run.started_at.timestamp()))
    if moment.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)
