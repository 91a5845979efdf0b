"""The rows of the list of past runs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, Qt, Signal

from rlm_desktop.gui import words
from rlm_desktop.gui.items.row_list import Index, ListRow, RowListItems
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import clean
from rlm_desktop.runs.events import Outcome
from rlm_desktop.storage.kept_run import INTERRUPTED, KeptRun

_WEEK = 7
_TONES = {Outcome.ANSWERED: Tone.GOOD, Outcome.FAILED: Tone.BAD}


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunList", text)


def run_row(run: KeptRun) -> ListRow:
    """A kept run in two lines: its name; how it ended, when, its tags, with which model."""
    below = " · ".join([_state(run), _when(run), *run.tags, run.model])
    outcome = _outcome(run)
    tone = Tone.QUIET if outcome is None else _TONES.get(outcome, Tone.WARNING)
    told = words.first_line(run.name)
    return ListRow(run.number, f"📌 {told}" if run.pinned else told, below, tone, run.number)


class RunListItems(RowListItems):
    """Past runs, which the user may call by another name.

    Signals:
        renamed: the number of the run and its new title; empty for none.
    """

    renamed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: dict[int, KeptRun] = {}

    def show_runs(self, runs: Sequence[KeptRun], *, by_day: bool = False) -> None:
        """Show these runs; `by_day` with headings, as they are sorted."""
        self._runs = {run.number: run for run in runs}
        rows, before = [], ""
        for run in runs:
            heading = _group(run) if by_day else ""
            row = run_row(run)
            rows.append(replace(row, heading=heading) if heading != before else row)
            before = heading
        self.show_rows(rows)

    def run(self, index: Index) -> KeptRun | None:
        """The run of a row; None where there is none."""
        return self._runs.get(self.value(index))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole and (run := self.run(index)) is not None:
            return clean(" ".join([words.first_line(run.name), *run.tags]))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        run = self.run(index)
        if role != Qt.ItemDataRole.EditRole or run is None:
            return False
        title = " ".join(str(value).split())
        # The question needs no title to be shown.
        title = title.removeprefix(" ".join(words.first_line(run.question).split())).strip()
        if title != run.title:
            self.renamed.emit(run.number, title)
        return True


def _group(run: KeptRun) -> str:
    """The heading below which a run stands."""
    if run.pinned:
        return _tr("Pinned")
    day, today = _moment(run).date(), QDateTime.currentDateTime().date()
    match day.daysTo(today):
        case 0:
            return _tr("Today")
        case 1:
            return _tr("Yesterday")
        case days if 1 < days < _WEEK:
            return QLocale().toString(day, "dddd")
        case _:
            return QLocale().toString(day, "MMMM yyyy")


def _moment(run: KeptRun) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(run.started_at.timestamp()))


def _outcome(run: KeptRun) -> Outcome | None:
    return None if run.outcome in (None, INTERRUPTED) else Outcome(run.outcome)


def _state(run: KeptRun) -> str:
    if run.outcome == INTERRUPTED:
        return _tr("! interrupted")
    outcome = _outcome(run)
    return f"{words.sign(outcome)} {words.outcome(outcome)}"


def _when(run: KeptRun) -> str:
    moment = _moment(run)
    if moment.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)
