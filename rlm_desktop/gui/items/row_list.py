"""A list of rows with two lines, for a QListView."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rlm_desktop.gui.items import two_lines
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import clean

Index = QModelIndex | QPersistentModelIndex

#: The invisible row above all rows.
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class ListRow:
    """What a row shows and stands for. `key` tells rows apart when the list is read again.

    `heading` stands above the first row of a group.
    """

    key: object
    text: str
    below: str
    tone: Tone
    value: object
    heading: str = ""


class RowListItems(QAbstractListModel):
    """Rows that are replaced as a whole; the selection stays if the rows are the same ones."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ListRow] = []

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these rows."""
        fresh = list(rows)
        if [row.key for row in fresh] == [row.key for row in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def value(self, index: Index) -> Any:
        """What the row stands for; None where there is none."""
        return self._rows[index.row()].value if index.isValid() else None

    def find(self, key: object) -> QModelIndex:
        """The row with a key, or an invalid index."""
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return clean(row.text).replace("\n", " ")
            case Qt.ItemDataRole.ToolTipRole:
                # A tool tip that begins with a tag would be read as HTML.
                return f"<p>{escape(clean(row.text))}</p><p>{escape(clean(row.below))}</p>"
            case Qt.ItemDataRole.AccessibleTextRole:
                heading = f"{row.heading}: " if row.heading else ""
                return f"{heading}{clean(row.text)}, {row.below}"
            case two_lines.BELOW:
                return clean(row.below).replace("\n", " ")
            case two_lines.TONE:
                return row.tone
            case two_lines.HEADING:
                return row.heading
            case two_lines.VALUE:
                return row.value
            case _:
                return None
