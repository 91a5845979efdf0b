"""A table of any size: its columns below their names, its rows by number."""

from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rlm_desktop.gui import words
from rlm_desktop.gui.items.table_items import TableItems
from rlm_desktop.gui.tab_separated import tab_separated
from rlm_desktop.gui.viewed_table import ViewedTable

#: Columns are at first as wide as their first rows need, but no wider than so many letters.
_WIDEST = 40
_MEASURED_ROWS = 20
_MEASURED_COLUMNS = 100
#: Letters by which Alt and an arrow make a column wider.
_WIDER = {Qt.Key.Key_Left.value: -2, Qt.Key.Key_Right.value: 2}
#: Rows that are copied at most, so that the window is not held for long.
MOST_COPIED = 20_000
_Flag = QItemSelectionModel.SelectionFlag


class TableView(QTableView):
    """Shows a ViewedTable. Rows are counted from 0.

    Signals:
        refused: why not all was copied.
    """

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = TableItems(self)
        self.setModel(self.items)
        self.setAccessibleName(self.tr("Table of the document"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leads out of it; arrows go from cell to cell
        self.setCornerButtonEnabled(False)
        columns, numbers = self.horizontalHeader(), self.verticalHeader()
        columns.setAccessibleName(self.tr("Columns"))
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)
        columns.setResizeContentsPrecision(_MEASURED_ROWS)
        # To draw a column as selected, Qt would ask each of its rows, which takes minutes.
        columns.setSelectionModel(QItemSelectionModel(self.items, columns))
        numbers.setAccessibleName(self.tr("Numbers of the rows"))
        numbers.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # All rows are equally high: nothing must be read to know where one is.
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.items.rowsInserted.connect(self._describe)
        self._fit_rows()

    def show_table(self, table: ViewedTable | None) -> None:
        """Show another table from its beginning; its text is not closed here."""
        self.items.show_table(table)
        self._describe()
        widest = self.fontMetrics().horizontalAdvance("0") * _WIDEST
        for column in range(min(self.items.columnCount(), _MEASURED_COLUMNS)):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column), widest))

    def go_to(self, row: int, last: int, column: int | None) -> None:
        """Bring a row into view and select it with those up to the last, or one cell of it."""
        count = self.items.columnCount()
        if not 0 <= row <= last < self.items.rowCount() or not count:
            return
        first = self.items.index(row, column or 0)
        after = self.items.index(last, count - 1) if column is None else first
        chosen = self.selectionModel()
        chosen.select(QItemSelection(first, after), _Flag.ClearAndSelect)
        chosen.setCurrentIndex(first, _Flag.NoUpdate)
        self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtCenter)

    def go_to_top(self) -> None:
        """Show the beginning, and select nothing."""
        self.clearSelection()
        self.scrollToTop()

    @property
    def current_row(self) -> int | None:
        """The row that is looked at: the chosen one if it is seen, else the first that is."""
        top = self.rowAt(0)
        if top < 0:
            return None
        bottom = self.rowAt(self.viewport().height() - 1)
        row = self.currentIndex().row()
        return row if top <= row <= (bottom if bottom >= 0 else row) else top

    def mark(self, marks: Sequence[tuple[int, int]]) -> None:
        """Mark the rows that hold a part of these bytes."""
        self.items.mark(marks)
        self.verticalHeader().viewport().update()

    def copy(self) -> None:
        """Copy what is selected, with tabs between the columns."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.size())]
        if not ranges:
            return
        rows = list(islice(self._selected(ranges), MOST_COPIED + 1))
        QGuiApplication.clipboard().setText(tab_separated(rows[:MOST_COPIED]))
        if len(rows) > MOST_COPIED:
            told = self.tr("only the first {} of the selected rows were copied")
            self.refused.emit(told.format(words.number(MOST_COPIED)))

    def _selected(self, ranges: Sequence[QItemSelectionRange]) -> Iterator[list[str]]:
        """The selected values row by row; between columns that are chosen in others, empty ones."""
        columns = sorted({n for each in ranges for n in range(each.left(), each.right() + 1)})
        stretches = sorted({(each.top(), each.bottom()) for each in ranges})
        done = -1
        for top, bottom in stretches:
            for row in range(max(top, done + 1), bottom + 1):
                here = [each for each in ranges if each.top() <= row <= each.bottom()]
                chosen = {n for each in here for n in range(each.left(), each.right() + 1)}
                values = self.items.values(row)
                if not values:
                    return
                yield [values[column] if column in chosen else "" for column in columns]
            done = max(done, bottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _WIDER:
            self._widen(_WIDER[event.key()])
        else:
            super().keyPressEvent(event)

    def _widen(self, letters: int) -> None:
        """Make the column that is looked at wider, or narrower; the mouse drags its border."""
        column = self.currentIndex().column()
        if column >= 0:
            step = self.fontMetrics().horizontalAdvance("0") * letters
            least = self.horizontalHeader().minimumSectionSize()
            self.setColumnWidth(column, max(least, self.columnWidth(column) + step))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)

    def _describe(self, _parent: QModelIndex | None = None) -> None:
        rows, columns = self.items.rowCount(), self.items.columnCount()
        self.setAccessibleDescription(f"{words.rows(rows)}, {words.columns(columns)}")
