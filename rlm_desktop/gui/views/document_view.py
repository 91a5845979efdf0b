"""A document to be read: its text, the passages that an answer rests on, and a way to any place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui import words
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.find_bar import FindBar
from rlm_desktop.gui.views.form_button import FormButton
from rlm_desktop.gui.views.table_view import TableView
from rlm_desktop.gui.views.text_area import TextArea
from rlm_desktop.gui.views.toned_label import TonedLabel


class DocumentView(QWidget):
    """Lays out what belongs to the text; which text it shows is told by its control.

    Signals:
        line_wanted: the number of the line to go to, from 1; of the row in a table.
        passage_wanted: 1 for the next passage of the answer, -1 for the one before.
    """

    line_wanted = Signal(int)
    passage_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = TonedLabel(self.tr("What is shown of the document"), Tone.QUIET)
        self.place.setWordWrap(True)
        self.passage = TonedLabel(self.tr("Which passage of the answer"), Tone.QUIET)
        self.previous = self._arrow("‹", self.tr("Previous passage of the answer"), -1)
        self.next = self._arrow("›", self.tr("Next passage of the answer"), 1)
        self.form = FormButton()
        self.line = QLineEdit()
        self.line.setValidator(QIntValidator(1, 2_000_000_000, self))
        self.line.setMaximumWidth(self.line.fontMetrics().horizontalAdvance("0") * 12)
        self.line.returnPressed.connect(self._go_to_line)
        self.wrapped = QCheckBox(self.tr("&Wrap"))
        self.wrapped.setToolTip(self.tr("Long lines go on in the next row"))
        self.find_bar = FindBar()
        self.text = TextArea()
        self.table = TableView()
        self.forms = QStackedWidget()
        self.forms.addWidget(self.text)
        self.forms.addWidget(self.table)
        self.wrapped.toggled.connect(lambda on: self.text.wrap(wrapped=on))
        self.wrapped.setChecked(True)
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 8, 0)
        head.addWidget(self.place, 1)
        for widget in (
            self.previous,
            self.passage,
            self.next,
            self.form,
            self.line,
            self.wrapped,
        ):
            head.addWidget(widget)
        shown = QWidget()
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.forms, 1)
        empty = QLabel(
            self.tr(
                "Choose a passage below an answer, or press Return on a document,\nto read it here."
            )
        )
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setEnabled(False)
        self.pages = QStackedWidget()
        self.pages.addWidget(empty)
        self.pages.addWidget(shown)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self.show_passages(0, 0)
        self.show_form(table=False)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass it on. A focus proxy would take the buttons out of the order of the Tab key."""
        (self.table if self.table.isVisibleTo(self) else self.text).setFocus()

    def show_form(self, *, table: bool) -> None:
        """Whether the document is shown in columns, or as it stands."""
        self.forms.setCurrentWidget(self.table if table else self.text)
        self.form.show_form(table=table)
        self.wrapped.setHidden(table)
        self.line.setPlaceholderText(self.tr("Row") if table else self.tr("Line"))
        self.line.setAccessibleName(self.tr("Row to go to") if table else self.tr("Line to go to"))
        self.line.setToolTip(self.tr("Go to this row") if table else self.tr("Go to this line"))

    def show_nothing(self) -> None:
        """No document is shown."""
        self.text.show_text(None)
        self.table.show_table(None)
        self.pages.setCurrentIndex(0)

    def show_place(self, text: str) -> None:
        """Say what is shown."""
        self.place.say(text)
        self.pages.setCurrentIndex(1)

    def show_passages(self, number: int, of: int) -> None:
        """Say which passage of the answer is shown, from 1; 0 if none."""
        for widget in (self.previous, self.passage, self.next):
            widget.setVisible(of > 0)
        if of and number:
            told = self.tr("Passage {} of {}")
            self.passage.say(told.format(words.number(number), words.number(of)))
        else:
            self.passage.say(words.passages(of))

    def _arrow(self, sign: str, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.passage_wanted.emit(step))
        return button

    def _go_to_line(self) -> None:
        if self.line.hasAcceptableInput():
            self.line_wanted.emit(int(self.line.text()))
