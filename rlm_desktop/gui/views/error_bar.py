"""An error, said in the place where it happened, with a way out."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel


class ErrorBar(QFrame):
    """A line of text with buttons; hidden while there is nothing to say.

    Signals:
        dismissed: the user closed it.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Message"))
        self._way_out: Callable[[], None] | None = None
        self._label = TonedLabel(self.tr("What happened"), Tone.BAD)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.clicked.connect(self._take_way_out)
        self._details_button = QPushButton(self.tr("&Details"))
        self._details_button.setCheckable(True)
        dismiss = QPushButton(self.tr("Dis&miss"))
        dismiss.setAccessibleName(self.tr("Dismiss the message"))
        dismiss.clicked.connect(self.dismiss)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName(self.tr("Details of the error"))
        self._details.setMaximumHeight(180)
        self._details_button.toggled.connect(self._details.setVisible)
        row = QHBoxLayout()
        row.addWidget(self._label, 1)
        for button in (self._button, self._details_button, dismiss):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addLayout(row)
        layout.addWidget(self._details)
        self.dismiss()

    @property
    def text(self) -> str:
        return self._label.text()

    @property
    def details(self) -> str:
        return self._details.toPlainText()

    def say(
        self,
        text: str,
        details: str = "",
        button: str = "",
        way_out: Callable[[], None] | None = None,
        tone: Tone = Tone.BAD,
    ) -> None:
        """Show a message; `button` says in a word or two what `way_out` does."""
        self._label.say(text[:1].upper() + text[1:], tone)
        self._way_out = way_out
        self._button.setText(button)
        self._button.setVisible(way_out is not None)
        self._details.setPlainText(details)
        self._details_button.setVisible(bool(details))
        self._details_button.setChecked(False)
        self._details.setVisible(False)
        self.setAccessibleDescription(self._label.text())
        self.show()

    def dismiss(self) -> None:
        """Hide the message."""
        self._way_out = None
        self.hide()
        self.dismissed.emit()

    def _take_way_out(self) -> None:
        way_out = self._way_out
        self.dismiss()
        if way_out is not None:
            way_out()
