"""The answer, what it rests on, and the passages to check it with."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rlm_desktop.gui import words
from rlm_desktop.gui.items.evidence_list import evidence_rows
from rlm_desktop.gui.items.row_list import RowListItems
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.coverage_strip import CoverageStrip
from rlm_desktop.gui.views.row_view import RowView
from rlm_desktop.gui.views.safe_browser import SafeBrowser
from rlm_desktop.gui.views.toned_label import TonedLabel
from rlm_desktop.runs.events import Evidence, Outcome, RunEnded
from rlm_desktop.runs.run import Run

_TONES = {Outcome.ANSWERED: Tone.GOOD, Outcome.FAILED: Tone.BAD}
_ROWS = 3
#: Of a long answer so many lines are seen at least, however much else there is to see.
_LINES = 9
#: Characters up to which an answer is written large.
_SHORT = 120


class AnswerView(QFrame):
    """Shows how a run ended.

    Signals:
        evidence_chosen: the Evidence that the user wants to see in its document.
        place_chosen: the code point, in all documents together, that the user wants to see.
    """

    evidence_chosen = Signal(object)
    place_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._answer = ""
        self._evidence: tuple[Evidence, ...] = ()
        self._status = TonedLabel(self.tr("Status of the answer"), bold=True)
        self._facts = TonedLabel(self.tr("What the answer took"), Tone.QUIET)
        self._facts.setWordWrap(True)
        self._facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._facts.setMaximumHeight(3 * self.fontMetrics().height())
        self._copy = QPushButton(self.tr("&Copy answer"))
        self._copy.clicked.connect(self._copy_answer)
        self.text = SafeBrowser(self.tr("Answer"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.cited.connect(self._choose)
        self.strip = CoverageStrip()
        self.strip.chosen.connect(self.place_chosen)
        self._passages = TonedLabel(self.tr("Passages"), bold=True)
        self._passages.say(self.tr("Passages to check it with"))
        self.evidence = RowView(self.tr("Passages the answer rests on"), RowListItems())
        self.evidence.chosen.connect(self.evidence_chosen)
        top = QHBoxLayout()
        top.addWidget(self._status)
        top.addWidget(self._facts, 1)
        top.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinAndMaxSize)
        layout.addLayout(top)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.strip)
        layout.addWidget(self._passages)
        layout.addWidget(self.evidence)
        self.clear()

    @property
    def status(self) -> str:
        """What is said of the answer."""
        return self._status.text()

    @property
    def facts(self) -> str:
        """What is said of the effort."""
        return self._facts.text()

    def clear(self) -> None:
        """Show nothing: the run goes on, or there is none."""
        self.hide()
        self.text.clear()
        self.evidence.items.show_rows([])

    def show_end(self, end: RunEnded, run: Run) -> None:
        """Show how the run ended."""
        tone = _TONES.get(end.outcome, Tone.WARNING)
        self._status.say(f"{words.sign(end.outcome)} {self._status_of(end)}", tone)
        usage = run.usage
        sure = (words.confidence(end.confidence),) if end.confidence else ()
        self._facts.say(
            " · ".join(
                (
                    *sure,
                    self.tr("{} of the text was read").format(words.percent(end.coverage)),
                    words.seconds(end.seconds),
                    words.calls(run.calls),
                    words.tokens(usage.prompt_tokens + usage.reply_tokens),
                )
            )
        )
        self.strip.show_run(run)
        self._answer = end.answer or ""
        shown = self._answer or self._without_answer(end)
        font = self.font()
        if len(shown) <= _SHORT:
            font.setPointSizeF(font.pointSizeF() * 1.4)
        self.text.setFont(font)
        self.text.show_markdown(shown)
        self._evidence = end.evidence
        if self._answer:
            self.text.cite([each.quote for each in end.evidence])
        most = _LINES * self.text.fontMetrics().lineSpacing()
        self.text.setMinimumHeight(min(self.text.height_wanted, most))
        self._copy.setVisible(bool(self._answer))
        rows = evidence_rows(end.evidence)
        self.evidence.items.show_rows(rows)
        self._passages.setVisible(bool(rows))
        self.evidence.setVisible(bool(rows))
        height = self.evidence.sizeHintForRow(0) * min(len(rows), _ROWS)
        self.evidence.setFixedHeight(height + 2 * self.evidence.frameWidth() + 2)
        self.show()

    def _choose(self, index: int) -> None:
        """Show the passage with this number."""
        self.evidence.setCurrentIndex(self.evidence.items.index(index))
        self.evidence_chosen.emit(self._evidence[index])

    def _status_of(self, end: RunEnded) -> str:
        text = words.outcome(end.outcome) if end.status is None else words.status(end.status)
        return text[:1].upper() + text[1:]

    def _without_answer(self, end: RunEnded) -> str:
        match end.outcome:
            case Outcome.STOPPED:
                return self.tr("The run was stopped before there was an answer.")
            case Outcome.NOT_FOUND:
                return self.tr("Nothing about it was found in the documents.")
            case _:
                return end.error or self.tr("There is no answer.")

    def _copy_answer(self) -> None:
        QGuiApplication.clipboard().setText(self._answer)
