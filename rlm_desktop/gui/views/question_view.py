"""Where the question is written, with model, limits, Ask and Stop."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui.views.model_picker import ModelPicker
from rlm_desktop.runs.levels import Level

_LINES = 3


class QuestionBox(QPlainTextEdit):
    """Several lines of text; Ctrl+Return asks.

    Signals:
        submitted: the user wants to ask.
    """

    submitted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
            return
        super().keyPressEvent(event)


class QuestionView(QWidget):
    """The question, and what it is asked with.

    Signals:
        asked: the question, its Limits, and whether it follows up on the answer shown.
        stopped: the user wants the run to end.
        held: the user wants the run to wait (True), or to go on.
        hurried: the user wants the answer now, from what is known.
    """

    asked = Signal(str, object, bool)
    stopped = Signal()
    held = Signal(bool)
    hurried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QuestionBox()
        self.box.setAccessibleName(self.tr("Question"))
        self.box.setPlaceholderText(self.tr("What do you want to know? Ctrl+Return asks."))
        self.box.setTabChangesFocus(True)
        self.box.document().setDocumentMargin(8)
        self.box.setMinimumHeight(self.box.fontMetrics().lineSpacing() * _LINES + 24)
        self.box.submitted.connect(self.ask)
        self.model = ModelPicker()
        self.limits = QComboBox()
        self.limits.setAccessibleName(self.tr("How thorough"))
        for text, level in (
            (self.tr("Quick look, up to 5 minutes"), Level.QUICK),
            (self.tr("Thorough, up to 14 minutes"), Level.THOROUGH),
            (self.tr("Everything, up to 4 hours"), Level.EVERYTHING),
        ):
            self.limits.addItem(text, level.limits)
        self.limits.setCurrentIndex(1)
        label = QLabel(self.tr("&Effort"))
        label.setBuddy(self.limits)
        self.follows = QCheckBox(self.tr("Follow &up on this answer"))
        self.follows.setToolTip(
            self.tr(
                "The question may refer to the one before: “And in 2032?”, “When was she born?”"
            )
        )
        self.follows.setChecked(True)
        self.ask_button = QPushButton(self.tr("&Ask"))
        self.ask_button.setDefault(True)
        self.ask_button.setToolTip(self.tr("Ask the question (Ctrl+Return)"))
        self.ask_button.clicked.connect(self.ask)
        self.stop_button = QPushButton(self.tr("&Stop"))
        self.stop_button.setToolTip(self.tr("Stop the run; what is known so far is kept (Ctrl+.)"))
        self.stop_button.clicked.connect(self.stopped)
        self.hold_button = QPushButton(self.tr("&Pause"))
        self.hold_button.setCheckable(True)
        self.hold_button.clicked.connect(self.held)
        self.now_button = QPushButton(self.tr("Answer &now"))
        self.now_button.setToolTip(self.tr("Answer with what is known so far (Ctrl+Shift+Return)"))
        self.now_button.clicked.connect(self.hurried)
        row = QHBoxLayout()
        row.addWidget(self.model, 5)
        row.addSpacing(12)
        row.addWidget(label)
        row.addWidget(self.limits)
        row.addSpacing(12)
        row.addWidget(self.follows)
        row.addStretch(1)
        row.addWidget(self.hold_button)
        row.addWidget(self.now_button)
        row.addWidget(self.stop_button)
        row.addWidget(self.ask_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.box, 1)
        layout.addLayout(row)
        self.offer_follow_up(offered=False)
        self.set_running(running=False)

    def offer_follow_up(self, *, offered: bool) -> None:
        """Whether there is an answer, about the documents that are open, to follow up on."""
        self.follows.setVisible(offered)

    def offer_minutes(self, minutes: float) -> None:
        """Choose the limit in the settings; if it is none of the three, offer it too."""
        for index in range(self.limits.count()):
            if self.limits.itemData(index).seconds == minutes * 60:
                self.limits.setCurrentIndex(index)
                return
        text = self.tr("As in the settings, up to {:g} minutes").format(minutes)
        self.limits.addItem(text, replace(Level.THOROUGH.limits, seconds=minutes * 60))
        self.limits.setCurrentIndex(self.limits.count() - 1)

    def ask(self) -> None:
        """Ask what is in the box."""
        if self.ask_button.isEnabled():
            follows = self.follows.isVisibleTo(self) and self.follows.isChecked()
            self.asked.emit(self.box.toPlainText(), self.limits.currentData(), follows)

    def set_running(self, *, running: bool) -> None:
        """Ask while nothing runs, Stop while something does."""
        self.ask_button.setEnabled(not running)
        self.stop_button.setEnabled(running)
        self.offer_pace(offered=False)

    def offer_pace(self, *, offered: bool) -> None:
        """Whether there is a run that can be held or hurried."""
        for button in (self.hold_button, self.now_button):
            button.setVisible(offered)
            button.setEnabled(offered)
        self.show_held(held=False)

    def show_held(self, *, held: bool) -> None:
        """Say whether the run is held."""
        self.hold_button.setChecked(held)
        self.hold_button.setText(self.tr("&Go on") if held else self.tr("&Pause"))
        self.hold_button.setToolTip(
            self.tr("Let the run go on")
            if held
            else self.tr("Let the run wait, and give the processor to others")
        )

    def show_hurried(self) -> None:
        """The answer is on its way."""
        self.now_button.setEnabled(False)

    def show_question(self, text: str) -> None:
        """Put a question into the box, ready to be asked; what was there comes back by undo."""
        cursor = QTextCursor(self.box.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.box.setTextCursor(cursor)
        self.box.setFocus()
