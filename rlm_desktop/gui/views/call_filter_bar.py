"""Search and filters above the tree of calls."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from rlm_desktop.gui import words
from rlm_desktop.gui.call_search import CallFilter, Wanted
from rlm_desktop.runs.events import CallKind


class CallFilterBar(QWidget):
    """Words, a kind and a state to look for.

    Signals:
        chosen: the CallFilter that the user wants.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the calls"))
        self.search.setAccessibleName(self.tr("Search in what was asked, given and replied"))
        self.search.setClearButtonEnabled(True)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(self.tr("Kind of call"))
        self.kinds.addItem(self.tr("All kinds"), None)
        for kind in CallKind:
            self.kinds.addItem(words.kind(kind), kind)
        self.states = QComboBox()
        self.states.setAccessibleName(self.tr("State of call"))
        for wanted, text in (
            (Wanted.ANY, self.tr("Any state")),
            (Wanted.OPEN, self.tr("… still open")),
            (Wanted.FAILED, self.tr("✗ failed")),
            (Wanted.CLOSE, self.tr("Close calls")),
            (Wanted.NOT_FOUND, self.tr("? not found")),
        ):
            self.states.addItem(text, wanted)
        self.states.setItemData(
            list(Wanted).index(Wanted.CLOSE),
            self.tr("Another label fitted nearly as well"),
            Qt.ItemDataRole.ToolTipRole,
        )
        for box in (self.kinds, self.states):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(9)
            box.currentIndexChanged.connect(self._choose)
        self._result = QLabel()
        self._result.setAccessibleName(self.tr("What was found"))
        self._result.hide()
        self._first, second = QHBoxLayout(), QHBoxLayout()
        self._first.addWidget(self.search, 1)
        second.addWidget(self.kinds)
        second.addWidget(self.states)
        second.addWidget(self._result, 1)
        second.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 6, 8, 6)
        rows.addLayout(self._first)
        rows.addLayout(second)
        self.search.textChanged.connect(self._choose)

    def add_button(self, button: QWidget) -> None:
        """Put a button beside the search."""
        self._first.addWidget(button)

    def clear(self) -> None:
        """Look for nothing."""
        self.search.clear()
        self.kinds.setCurrentIndex(0)
        self.states.setCurrentIndex(0)

    def type(self, text: str) -> None:
        """Go on with what was typed elsewhere."""
        self.search.setFocus()
        self.search.insert(text)

    def say_found(self, count: int, done: bool) -> None:  # noqa: FBT001 - a slot
        """Say how much was found so far."""
        if done and not count:
            text = self.tr("No call has that")
        elif done:
            text = self.tr("{} found").format(words.calls(count))
        else:
            text = self.tr("Searching … {} so far").format(words.number(count))
        self._result.setText(text)

    @property
    def result(self) -> str:
        return self._result.text()

    def _choose(self) -> None:
        kind = self.kinds.currentData()  # which Qt keeps as a plain string
        wanted = CallFilter(
            tuple(self.search.text().casefold().split()),
            None if kind is None else CallKind(kind),
            Wanted(self.states.currentData()),
        )
        self._result.setHidden(wanted.wants_all)
        self.chosen.emit(wanted)
