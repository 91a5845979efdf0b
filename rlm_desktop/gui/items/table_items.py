"""The rows of a table in a document, for a QTableView: each is read when it is seen."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from rlm_desktop.errors import DocumentError
from rlm_desktop.gui import style, words
from rlm_desktop.gui.items.row_list import Index
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.table_blocks import Block
from rlm_desktop.gui.text_parts import clean
from rlm_desktop.gui.viewed_table import ViewedTable

#: The value as it stands in the document.
VALUE = Qt.ItemDataRole.UserRole
#: A view counts its pixels to 2^31; rows take up to 60 of them.
MOST_ROWS = 30_000_000
#: Characters of a value that are laid out in a cell, shown in its tool tip, and searched.
_CELL_CHARS = 300
_TIP_CHARS = 3000
_SEARCHED_CHARS = 3000
_TOP = QModelIndex()


class TableItems(QAbstractTableModel):
    """Shows a ViewedTable, with marks; nothing of the document is held here.

    Signals:
        refused: the text of an error: the document has changed since it was read. Whoever is told
            has to show another table, and not at once: a view may be drawing.
    """

    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: ViewedTable | None = None
        self._rows = 0
        self._names: Sequence[str] = ()
        self._marks: Sequence[tuple[int, int]] = ()
        self._pattern: re.Pattern[str] | None = None

    # What is shown

    def show_table(self, table: ViewedTable | None) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table, self._marks = table, ()
        self._rows = 0 if table is None else min(table.rows, MOST_ROWS)
        self._names = () if table is None else table.columns
        self.endResetModel()

    def add(self, blocks: Sequence[Block]) -> None:
        """More rows of the table were found."""
        if self._table is None:
            return
        for block in blocks:
            self._table.add(block)
        rows = min(self._table.rows, MOST_ROWS)
        if rows > self._rows:
            self.beginInsertRows(_TOP, self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()

    def mark(self, marks: Sequence[tuple[int, int]]) -> None:
        """Mark the rows that hold a part of these bytes."""
        self._marks = marks
        self._redraw()

    def look_for(self, pattern: re.Pattern[str] | None) -> None:
        """Mark the values that match, wherever they are seen."""
        self._pattern = pattern
        self._redraw()

    def values(self, row: int) -> Sequence[str]:
        """The values of a row as they stand in the document; none if it has changed."""
        try:
            return self._table.row(row) if self._table is not None else ()
        except DocumentError as error:
            self._give_up(error)
            return ()

    def column_of(self, row: int, pattern: re.Pattern[str]) -> int | None:
        """The first column of a row whose value matches."""
        values = self.values(row)
        return next((n for n, value in enumerate(values) if _matches(pattern, value)), None)

    # What Qt asks for

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(index.row(), index.column())
        if role not in (VALUE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        values = self.values(index.row())
        if not values:
            return None
        value = values[index.column()]
        if role == VALUE:
            return value
        return _shown(value) if role == Qt.ItemDataRole.DisplayRole else _tip(value)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            if role != Qt.ItemDataRole.DisplayRole or not 0 <= section < self._rows:
                return None
            # A sign, for eyes that do not see the colour.
            return ("› " if self._is_marked(section) else "") + words.number(section + 1)
        if not 0 <= section < len(self._names):
            return None
        name = self._names[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _shown(name)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(name)
            case _:
                return None

    def _is_marked(self, row: int) -> bool:
        if not self._marks or self._table is None:
            return False
        try:
            start, end = self._table.span(row)
        except DocumentError as error:
            self._give_up(error)
            return False
        return any(first < end and after > start for first, after in self._marks)

    def _ground(self, row: int, column: int) -> QColor | None:
        """What is behind a value that matches, or that stands in a marked row."""
        palette = QGuiApplication.palette()
        if self._pattern is not None:
            values = self.values(row)
            if values and _matches(self._pattern, values[column]):
                ground = style.color(Tone.WARNING, palette)
                ground.setAlpha(90)
                return ground
        if self._is_marked(row):
            ground = palette.color(QPalette.ColorRole.Highlight)
            ground.setAlpha(60)
            return ground
        return None

    def _redraw(self) -> None:
        if self._rows and self.columnCount():
            last = self.index(self._rows - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.BackgroundRole])
            # Headers are drawn again by the view: to tell them of all rows takes 50 ms.

    def _give_up(self, error: DocumentError) -> None:
        self._table = None  # the rows stay as empty ones until another table is shown
        self.refused.emit(str(error))


def _matches(pattern: re.Pattern[str], value: str) -> bool:
    return pattern.search(value[:_SEARCHED_CHARS]) is not None


def _shown(untrusted: str) -> str:
    """A value in one line."""
    text = " ".join(clean(untrusted[: _CELL_CHARS + 1]).split("\n"))
    return text if len(text) <= _CELL_CHARS else text[:_CELL_CHARS] + "…"


def _tip(untrusted: str) -> str:
    """A value as it stands; what begins with a tag would be read as HTML otherwise."""
    text = escape(words.clipped(clean(untrusted), _TIP_CHARS))
    return f"<p>{text}</p>".replace("\n", "<br>")
