"""Looking for words in a document: a field, how often they stand there, and a way to each."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from rlm_desktop.gui import words
from rlm_desktop.gui.search_thread import Found, pattern_of
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel


class FindBar(QWidget):
    """Says what to look for, and shows what was found.

    Signals:
        wanted: the compiled pattern to look for, or None.
        chosen: the bytes (start, end) of the place to go to.
    """

    wanted = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: Sequence[tuple[int, int]] = ()
        self._count = 0
        self._here = -1
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in the document"))
        self.field.setAccessibleName(self.tr("Find in the document"))
        self.field.setClearButtonEnabled(True)
        self.expression = QCheckBox(self.tr("Regular e&xpression"))
        self.told = TonedLabel(self.tr("How often it was found"), Tone.QUIET)
        self.previous = _button("‹", self.tr("Previous match (Shift+F3)"))
        self.next = _button("›", self.tr("Next match (F3)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 4)
        layout.addWidget(self.field, 1)
        for widget in (self.expression, self.told, self.previous, self.next):
            layout.addWidget(widget)
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self.go_next)
        self.expression.toggled.connect(self._look)
        self.previous.clicked.connect(self.go_previous)
        self.next.clicked.connect(self.go_next)
        self._show()

    def show_found(self, found: Found) -> None:
        """Show what was found so far; the first match is gone to at once."""
        first = not self._places and bool(found.places)
        self._places, self._count = found.places, found.count
        if first:
            self.go_next()
        self._show(part=found.part)

    def forget(self) -> None:
        """Another document is shown: look there."""
        self._look()

    def go_next(self) -> None:
        """Go to the next match; after the last to the first."""
        self._go(1)

    def go_previous(self) -> None:
        """Go to the match before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if self._places:
            self._here = (self._here + step) % len(self._places)
            self.chosen.emit(self._places[self._here])
            self._show()

    def _look(self) -> None:
        self._places, self._count, self._here = (), 0, -1
        pattern: re.Pattern[str] | None = None
        text = self.field.text()
        self._show(part=0.0 if text else 1.0)
        try:
            if text:
                pattern = pattern_of(text, expression=self.expression.isChecked())
        except ValueError as error:
            self.told.say(self.tr("No regular expression: {}").format(error), Tone.BAD)
        self.wanted.emit(pattern)

    def _show(self, part: float = 1.0) -> None:
        self.previous.setEnabled(bool(self._places))
        self.next.setEnabled(bool(self._places))
        if not self.field.text():
            self.told.say("")
            return
        if self._count == 0:
            text = self.tr("not found") if part == 1 else self.tr("searching …")
        elif self._here >= 0:
            text = self.tr("{} of {}").format(
                words.number(self._here + 1), words.number(self._count)
            )
        else:
            text = words.number(self._count)
        if self._count and part < 1:
            text = self.tr("{} so far, {} searched").format(text, words.percent(part))
        self.told.say(text, Tone.QUIET)


def _button(text: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button
