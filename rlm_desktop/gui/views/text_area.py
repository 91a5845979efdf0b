"""A text of any size, drawn row by row: only what is seen is read and laid out.

A text widget of Qt holds all of its text: 100 MB take 4 s and 684 MB. This one takes as much as
fits the screen.
"""

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QWidget

from rlm_desktop.documents.spans import LineMarks
from rlm_desktop.errors import DocumentError
from rlm_desktop.gui import style, words
from rlm_desktop.gui.row_layout import Marked, RowLayout
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.viewed_text import Row, ViewedText

#: Rows of one turn of the wheel, of 120 eighths of a degree.
_WHEEL_ROWS = 3
_WHEEL_STEP = 120
#: A scroll bar counts to 2^31; larger texts are scrolled in steps of several bytes.
_BAR_STEPS = 2**30
_MARGIN = 8.0
#: Bytes that are copied at most.
_COPIED = 8 * 1024 * 1024
_SPOKEN_ROWS = 12


class TextArea(QAbstractScrollArea):
    """Shows a ViewedText, with line numbers, marks and a selection. All places are bytes.

    Signals:
        refused: the text of an error: the document has changed since it was read.
    """

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Text of the document"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setFont(style.monospace())
        self._text: ViewedText | None = None
        self._lines: LineMarks | None = None
        self._digits = 0
        self._marks: Sequence[tuple[int, int]] = ()
        self._current: int | None = None
        self._pattern: re.Pattern[str] | None = None
        self._wrapped = False
        self._top, self._skip = 0, 0
        self._anchor, self._caret = 0, 0
        self._seen: list[RowLayout] = []
        self._bar_unit = 1
        self._following = False
        self.verticalScrollBar().actionTriggered.connect(self._step)

    # What is shown

    def show_text(self, text: ViewedText | None) -> None:
        """Show another text from its beginning; it is not closed here."""
        self._text, self._lines, self._marks, self._current = text, None, (), None
        self._top = self._skip = self._anchor = self._caret = 0
        self._lay_out()

    def show_lines(self, lines: LineMarks) -> None:
        """Number the lines."""
        self._lines = lines
        if self._text is not None and not self._text.shrunk:
            # Counted once: this reads the end of the text, and each row asks for the gutter.
            self._digits = len(str(lines.line_of(self._text.size))) + 1
        self._lay_out()

    def mark(self, marks: Sequence[tuple[int, int]], current: int | None) -> None:
        """Mark these passages, one of them as the one that is looked at."""
        self._marks, self._current = marks, current
        self.viewport().update()

    def look_for(self, pattern: re.Pattern[str] | None) -> None:
        """Mark what matches, wherever it is seen."""
        self._pattern = pattern
        self.viewport().update()

    def wrap(self, *, wrapped: bool) -> None:
        """Whether long lines go on in the next row of the screen."""
        self._wrapped, self._skip = wrapped, 0
        self._lay_out()

    def go_to(self, offset: int) -> None:
        """Bring a byte into view, a third from the top."""
        if self._text is None:
            return
        try:
            self._top, self._skip = self._row_start(offset), 0
            near_the_end = (self._top, 0) >= self._last_top()
        except DocumentError as error:
            self._give_up(error)
            return
        if near_the_end:
            self._lay_out()
        else:
            self._move(-(self._rows_on_screen // 3) or -1)

    def select(self, start: int, end: int) -> None:
        """Select these bytes."""
        self._anchor, self._caret = start, end
        self.viewport().update()

    @property
    def visible_text(self) -> str:
        """The rows that are seen."""
        return "\n".join(each.row.text for each in self._seen)

    @property
    def visible_bytes(self) -> tuple[int, int]:
        """Where what is seen begins and ends."""
        return (self._seen[0].row.start, self._seen[-1].row.end) if self._seen else (0, 0)

    @property
    def selected_text(self) -> str:
        start, end = sorted((self._anchor, self._caret))
        if self._text is None or start == end:
            return ""
        return self._text.text(start, min(end, start + _COPIED))

    def copy(self) -> None:
        """Copy what is selected."""
        if selected := self.selected_text:
            QGuiApplication.clipboard().setText(selected)

    # Where it is

    @property
    def _rows_on_screen(self) -> int:
        return max(1, int(self.viewport().height() / QFontMetricsF(self.font()).lineSpacing()))

    @property
    def _gutter(self) -> float:
        """Pixels that the numbers of lines take."""
        if self._lines is None or self._text is None:
            return _MARGIN
        return QFontMetricsF(self.font()).horizontalAdvance("0") * self._digits + 2 * _MARGIN

    def _row_start(self, offset: int) -> int:
        assert self._text is not None
        return self._text.row_at(offset).start

    def _move(self, lines: int) -> None:
        """Go down so many lines of the screen, or up if negative."""
        if self._text is None or not lines:
            return
        try:
            top = self._layout_at(self._top)
            self._skip += lines
            while self._skip >= top.lines and top.row.end < self._text.size:
                self._skip -= top.lines
                top = self._layout_at(top.row.end)
            while self._skip < 0 and top.row.start > 0:
                top = self._layout_at(top.row.start - 1)
                self._skip += top.lines
            self._top = top.row.start
            self._skip = min(max(self._skip, 0), top.lines - 1)
        except DocumentError as error:
            self._give_up(error)
        self._lay_out()

    def _layout_at(self, offset: int) -> RowLayout:
        assert self._text is not None
        return self._layout_of(self._text.row_at(offset))

    def _layout_of(self, row: Row) -> RowLayout:
        return RowLayout(row, self.font(), self._room, wrapped=self._wrapped)

    @property
    def _room(self) -> float:
        """Pixels that a row has beside the numbers of lines."""
        return self.viewport().width() - self._gutter - _MARGIN

    def _last_top(self) -> tuple[int, int]:
        """The top that shows the end at the bottom: its byte, and lines of it to skip."""
        assert self._text is not None
        left = self._rows_on_screen
        row = self._layout_at(self._text.size)
        while left > row.lines and row.row.start > 0:
            left -= row.lines
            row = self._layout_at(row.row.start - 1)
        return row.row.start, max(0, row.lines - left)

    def _lay_out(self) -> None:
        """Lay out what is seen, and tell the scroll bars."""
        self._seen = []
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        if self._text is None:
            vertical.setRange(0, 0)
            self.viewport().update()
            return
        try:
            last = self._last_top()
            if (self._top, self._skip) > last:
                self._top, self._skip = last
            bottom = 0.0
            for row in self._text.rows_from(self._top):
                shown = self._layout_of(row)
                if not self._seen:
                    bottom = -self._skip * shown.height / shown.lines
                shown.top = bottom
                self._seen.append(shown)
                bottom += shown.height
                if bottom >= self.viewport().height():
                    break
        except DocumentError as error:
            self._give_up(error)
            return
        self._following = True
        self._bar_unit = self._text.size // _BAR_STEPS + 1
        vertical.setRange(0, last[0] // self._bar_unit)
        seen = self._seen[-1].row.end - self._top if self._seen else 1
        vertical.setPageStep(max(1, seen // self._bar_unit))
        vertical.setValue(self._top // self._bar_unit)
        self._following = False
        room = self._room
        widest = max((each.width for each in self._seen), default=0.0)
        horizontal.setRange(0, 0 if self._wrapped else max(0, round(widest - room)))
        horizontal.setPageStep(max(1, round(room)))
        horizontal.setSingleStep(20)
        if QAccessible.isActive():
            rows = [each.row.text for each in self._seen[:_SPOKEN_ROWS]]
            self.setAccessibleDescription("\n".join(rows))
        self.viewport().update()

    def _give_up(self, error: DocumentError) -> None:
        self._text = None
        self._lay_out()
        self.refused.emit(str(error))

    # What the user does

    def _step(self, action: int) -> None:
        """A click on an arrow or on the groove of the scroll bar moves by lines, not by bytes."""
        page = max(1, self._rows_on_screen - 1)
        actions = QAbstractSlider.SliderAction
        lines = {
            actions.SliderSingleStepAdd: 1,
            actions.SliderSingleStepSub: -1,
            actions.SliderPageStepAdd: page,
            actions.SliderPageStepSub: -page,
        }.get(actions(action))
        if lines is not None:
            bar = self.verticalScrollBar()
            bar.setSliderPosition(bar.value())
            self._move(lines)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if dy and not self._following and self._text is not None:
            bar = self.verticalScrollBar()
            try:
                at_end = bar.value() == bar.maximum()
                offset = bar.value() * self._bar_unit
                self._top, self._skip = self._last_top() if at_end else (self._row_start(offset), 0)
            except DocumentError as error:
                self._give_up(error)
                return
            self._lay_out()
        elif dx:
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._move(-round(turned * _WHEEL_ROWS / _WHEEL_STEP))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        size = self._text.size if self._text is not None else 0
        page = max(1, self._rows_on_screen - 1)
        side = self.horizontalScrollBar()
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self._move(page)
            case Qt.Key.Key_PageUp:
                self._move(-page)
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(size)
            case Qt.Key.Key_Right:
                side.setValue(side.value() + side.singleStep())
            case Qt.Key.Key_Left:
                side.setValue(side.value() - side.singleStep())
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            place = self._byte_at(event.position().toPoint())
            self.select(place, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        if point.y() < 0 or point.y() > self.viewport().height():
            self._move(-1 if point.y() < 0 else 1)
        self.select(self._anchor, self._byte_at(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._byte_at(event.position().toPoint())
        for shown in self._seen:
            for word in re.finditer(r"\w+", shown.row.text):
                start = shown.row.start + len(shown.row.text[: word.start()].encode())
                end = start + len(word[0].encode())
                if start <= place < end:
                    self.select(start, end)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _byte_at(self, point: QPoint) -> int:
        left = self._gutter - self.horizontalScrollBar().value()
        for shown in self._seen:
            if point.y() < shown.top + shown.height or shown is self._seen[-1]:
                return shown.byte_at(point.x() - left, point.y() - shown.top)
        return 0

    # What is drawn

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        palette, gutter = self.palette(), self._gutter
        painter.fillRect(self.viewport().rect(), palette.base())
        left = gutter - self.horizontalScrollBar().value()
        painter.setPen(palette.text().color())
        for shown in self._seen:
            shown.draw(painter, left, self._marked(shown))
        if self._lines is None or not self._seen or self._text is None or self._text.shrunk:
            return  # counting lines reads the text
        painter.fillRect(0, 0, round(gutter - _MARGIN / 2), self.height(), palette.alternateBase())
        number = self._lines.line_of(self._seen[0].row.start) - 1
        number += not self._seen[0].row.begins
        for shown in self._seen:
            number += shown.row.begins
            marked = any(a < shown.row.end and b > shown.row.start for a, b in self._marks)
            painter.setPen(style.color(Tone.PLAIN if marked else Tone.QUIET, palette))
            if marked:  # a sign, for eyes that do not see the colour
                painter.drawText(2, round(shown.top + self._ascent), "›")
            if shown.row.begins:
                told = words.number(number)
                width = QFontMetricsF(self.font()).horizontalAdvance(told)
                painter.drawText(
                    round(gutter - width - _MARGIN), round(shown.top + self._ascent), told
                )

    @property
    def _ascent(self) -> float:
        return QFontMetricsF(self.font()).ascent()

    def _marked(self, shown: RowLayout) -> Iterator[Marked]:
        """What is marked in a row, what is drawn over the other last."""
        palette = self.palette()
        for number, (start, end) in enumerate(self._marks):
            if start < shown.row.end and end > shown.row.start:
                yield Marked(start, end, _look(palette, current=number == self._current))
        if self._pattern is not None:
            found = QTextCharFormat()
            ground = style.color(Tone.WARNING, palette)
            ground.setAlpha(90)
            found.setBackground(ground)
            for match in self._pattern.finditer(shown.row.text):
                start = shown.row.start + len(shown.row.text[: match.start()].encode())
                yield Marked(start, start + len(match[0].encode()), found)
        start, end = sorted((self._anchor, self._caret))
        if start < end:
            yield Marked(start, end, _look(palette, current=True))


def _look(palette: QPalette, *, current: bool) -> QTextCharFormat:
    """How a passage is drawn: the one that is looked at, or another."""
    made = QTextCharFormat()
    ground = palette.color(QPalette.ColorRole.Highlight)
    if current:
        made.setForeground(palette.highlightedText())
    else:
        ground.setAlpha(60)
    made.setBackground(ground)
    return made
