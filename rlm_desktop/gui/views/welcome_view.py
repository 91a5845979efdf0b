"""What is seen before there is a run: how to begin, and samples to begin with."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from rlm_desktop.gui import style
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.model_card import ModelCard
from rlm_desktop.gui.views.proof_line import ProofLine
from rlm_desktop.gui.views.sample_button import SampleButton
from rlm_desktop.gui.views.toned_label import TonedLabel

_MARGIN = 12


class WelcomeView(QScrollArea):
    """The model if it is missing, three steps, a promise, and questions about samples.

    Signals:
        sample_chosen: the path of a sample document and the question to ask of it.
    """

    sample_chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("How to begin"))
        self.setWidgetResizable(True)
        self._heading = self._label(self.tr("Ask about files of any size"))
        self.model = ModelCard()
        self.model.hide()
        self.proof = ProofLine()
        steps = (
            self.tr("1. Drop files or folders on this window, or add them on the left."),
            self.tr("2. Write your question below and press Ctrl+Return."),
            self.tr(
                "3. The model writes small programs that search and read the files. "
                "Each step is told here; the programs are shown on the right."
            ),
        )
        promise = self.tr("The answer comes with the passages to check it with.")
        self.setAccessibleDescription(" ".join((*steps, promise, self.proof.promise)))
        self._samples = QWidget()
        self._samples.hide()
        self._samples_column = QVBoxLayout(self._samples)
        self._samples_column.setContentsMargins(0, _MARGIN, 0, 0)
        self._samples_column.setSpacing(0)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(self._heading)
        column.addWidget(self.model)
        for step in steps:
            column.addWidget(self._label(step))
        column.addWidget(self._label(promise, Tone.QUIET))
        column.addWidget(self.proof)
        column.addWidget(self._samples)
        column.addStretch(1)
        self.setWidget(inside)
        self._size_heading()

    def offer(self, samples: Sequence[tuple[Path, str]]) -> None:
        """Offer these documents, each with a question; without any, say nothing of samples."""
        if not samples:
            return
        title = self._label(self.tr("Or try a sample:"), bold=True)
        title.setContentsMargins(0, 0, 0, 4)
        self._samples_column.addWidget(title)
        # Without an order they would come after all that was in the window before them.
        before: QWidget = self.proof.prove
        for document, question in samples:
            button = SampleButton(question, document.name)
            button.clicked.connect(
                lambda _checked, document=document, question=question: self.sample_chosen.emit(
                    document, question
                )
            )
            self._samples_column.addWidget(button)
            self.setTabOrder(before, button)
            before = button
        self._samples.show()

    def show_samples(self, wanted: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Whether the samples are seen: not while the user has documents open."""
        self._samples.setVisible(wanted and self._samples_column.count() > 0)

    def set_changeable(self, changeable: bool) -> None:  # noqa: FBT001 - a slot
        """Whether documents may be opened now."""
        self._samples.setEnabled(changeable)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._size_heading()

    def _size_heading(self) -> None:
        self._heading.setFont(style.heading(self.font(), larger=2))

    def _label(self, text: str, tone: Tone = Tone.PLAIN, *, bold: bool = False) -> TonedLabel:
        made = TonedLabel(text, tone, bold=bold)
        made.setWordWrap(True)
        made.say(text)
        return made
