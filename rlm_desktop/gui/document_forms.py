"""The two forms in which a document is shown, text and table: which one, and the way to a place.

Places are bytes of the document, so that a place in one form is one in the other.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from rlm_desktop.documents.document import Part
from rlm_desktop.errors import DocumentError
from rlm_desktop.gui.items.table_items import MOST_ROWS
from rlm_desktop.gui.rows_thread import RowsThread
from rlm_desktop.gui.table_blocks import Block
from rlm_desktop.gui.viewed_table import ViewedTable, is_table
from rlm_desktop.gui.viewed_text import ViewedText
from rlm_desktop.gui.views.document_view import DocumentView
from rlm_desktop.gui.worker import Worker


class DocumentForms(QObject):
    """Shows a document in the form that the user chose for its kind.

    A table is read when it is first shown, and its rows are found by a thread; what is gone to
    before its row was found is gone to then.

    Signals:
        refused: the text of an error we expect.
    """

    refused = Signal(str)

    def __init__(
        self, view: DocumentView, begin: Callable[[Worker], None], parent: QObject | None = None
    ) -> None:
        """`begin` starts a thread, and buries it when it is through."""
        super().__init__(parent)
        self._view = view
        self._begin = begin
        self._part: Part | None = None
        self._text: ViewedText | None = None
        self._table: ViewedTable | None = None
        self._finding: RowsThread | None = None
        self._marks: Sequence[tuple[int, int]] = ()
        self._pattern: re.Pattern[str] | None = None
        self._at = (0, 0)
        self._wanted: Callable[[], bool] | None = None
        view.form.chosen.connect(self._choose)
        view.table.refused.connect(self.refused)
        # After what is being drawn: a table must not be taken away meanwhile.
        view.table.items.refused.connect(self._give_up, Qt.ConnectionType.QueuedConnection)

    @property
    def in_columns(self) -> bool:
        """Whether the document is shown as a table."""
        return self._view.forms.currentWidget() is self._view.table

    @property
    def knows_rows(self) -> bool:
        """Whether all rows of the table were found."""
        return self._table is not None and self._finding is None

    def show(self, part: Part, text: ViewedText) -> None:
        """Show a document from its beginning; the text is not closed here."""
        self._part, self._text, self._at, self._marks = part, text, (0, 0), ()
        self._view.text.show_text(text)
        self._view.form.offer(str(part.kind) if is_table(part) else None)
        self._show_form(table=is_table(part) and self._view.form.wants_table)

    def close(self) -> None:
        """Show nothing."""
        if self._finding is not None:
            self._finding.stop()
        self._part = self._text = self._table = self._finding = self._wanted = None
        self._view.show_nothing()
        self._view.form.offer(None)
        self._view.show_form(table=False)

    def go_to(self, start: int, end: int | None = None) -> None:
        """Bring what stands between two bytes into view; in a table, select its rows."""
        self._at = (start, start + 1 if end is None else end)
        if self.in_columns:
            self._want(partial(self._select, *self._at))
        else:
            self._view.text.go_to(start)

    def go_to_match(self, start: int, end: int) -> None:
        """Bring what was found into view, and select it."""
        self.go_to(start, end)
        if not self.in_columns:
            self._view.text.select(start, end)

    def go_to_row(self, row: int) -> None:
        """Select a row of the table, from 1, or the last."""
        self._want(partial(self._select_row, row - 1))

    def mark(self, marks: Sequence[tuple[int, int]], current: int | None) -> None:
        """Mark these passages, one of them as the one that is looked at."""
        self._marks = marks
        self._view.text.mark(marks, current)
        self._view.table.mark(marks)

    def look_for(self, pattern: re.Pattern[str] | None) -> None:
        """Mark what matches, wherever it is seen."""
        self._pattern = pattern
        self._view.text.look_for(pattern)
        self._view.table.items.look_for(pattern)

    # Which form

    def _choose(self, table: bool) -> None:  # noqa: FBT001 - a slot
        """Show the other form at the same place."""
        if self._text is None:
            return
        try:
            if table:
                first, after = self._view.text.visible_bytes
                start, end = self._at if first <= self._at[0] < after else (first, first + 1)
                self._show_form(table=True)
                self.go_to(start, end)
            else:
                start = self._place_in_table()
                self._show_form(table=False)
                self._view.text.go_to(start)
        except DocumentError as error:
            self._give_up(str(error))
        self._view.setFocus()

    def _place_in_table(self) -> int:
        """The byte of what is looked at in the table."""
        row = self._view.table.current_row
        if self._table is None or row is None:
            return self._at[0]
        first, after = self._table.span(row)
        return self._at[0] if first <= self._at[0] < after else first

    def _show_form(self, *, table: bool) -> None:
        self._wanted = None
        if table and self._table is None and not self._read_table():
            table = False
        self._view.show_form(table=table)

    def _read_table(self) -> bool:
        """Read the beginning of the table, and begin to find its rows."""
        assert self._part is not None
        assert self._text is not None
        try:
            self._table = table = ViewedTable(self._text)
        except DocumentError as error:
            self.refused.emit(str(error))
            return False
        self._view.table.show_table(table)
        self._view.table.mark(self._marks)
        self._finding = finding = RowsThread(self._part, table.form, table.end, self)
        finding.found.connect(self._add)
        finding.complete.connect(self._complete)
        self._begin(finding)
        return True

    def _add(self, blocks: list[Block]) -> None:
        if self.sender() is self._finding:
            self._view.table.items.add(blocks)
            self._go_on()

    def _complete(self) -> None:
        if self.sender() is self._finding:
            self._finding = None
            self._go_on()

    def _give_up(self, why: str) -> None:
        """The document is no longer what was read: show nothing of it in columns."""
        if self._finding is not None:
            self._finding.stop()
        self._table = self._finding = self._wanted = None
        self._view.table.show_table(None)
        self.refused.emit(why)

    # Where in the table

    def _want(self, get_there: Callable[[], bool]) -> None:
        """Go to a row now, or when it was found."""
        self._wanted = get_there
        self._go_on()

    def _go_on(self) -> None:
        try:
            if self._wanted is not None and self._wanted():
                self._wanted = None
        except DocumentError as error:
            self._give_up(str(error))

    def _select(self, start: int, end: int) -> bool:
        """Go to the rows of some bytes; returns whether they were found."""
        table, view = self._table, self._view.table
        if table is None:
            return True
        first, last = table.row_of(start), table.row_of(max(start, end - 1))
        if first is None or last is None:
            return self.knows_rows
        if last >= MOST_ROWS:
            self._show_form(table=False)
            self._view.text.go_to(start)
        elif last < 0:
            view.go_to_top()  # it stands in the header
        else:
            column = None
            if self._pattern is not None and first == last and (start, end) not in self._marks:
                column = view.items.column_of(first, self._pattern)
            view.go_to(max(first, 0), last, column)
        return True

    def _select_row(self, row: int) -> bool:
        known = self._view.table.items.rowCount()
        if row >= known and not self.knows_rows:
            return False
        last = min(row, known - 1)
        self._view.table.go_to(last, last, None)
        return True
