"""A strip that shows which parts of the documents were read for an answer, and leads there."""

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rlm_desktop.gui import style, words
from rlm_desktop.gui.coverage_cells import Cell, coverage_cells
from rlm_desktop.gui.style import Tone
from rlm_desktop.runs.run import Run

_CELLS = 240
_HEIGHT = 18


class CoverageStrip(QWidget):
    """All documents side by side: pale where nothing was read, full where all was, and a mark
    below what the answer rests on.

    Signals:
        chosen: the code point, in all documents together, that the user wants to see.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: list[Cell] = []
        self._borders: list[int] = []
        self._names: Sequence[str] = ()
        self._length = 0
        self._here = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Parts of the documents that were read"))

    def show_run(self, run: Run) -> None:
        """Show what was read in a run."""
        sources = run.started.sources if run.started is not None else ()
        self._names = [source.name for source in sources]
        ends = list(accumulate(source.chars for source in sources))
        furthest = max((end for read in run.passages for _, end in read.spans), default=0)
        # Of several documents each has a header, which the sources do not tell.
        self._length = max(furthest, ends[-1] if ends else 0)
        self._borders = ends[:-1]
        self.cells = coverage_cells(run.passages, self._length, _CELLS) if self._length else []
        self._here = -1
        covered = run.ended.coverage if run.ended is not None else 0.0
        self.setAccessibleDescription(
            self.tr(
                "{} of the text was read. Left and Right go through the parts, Return shows one."
            ).format(words.percent(covered))
        )
        self.setVisible(bool(self.cells))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        width, height = self.width() - 1, self.height() - 1
        bar = height - 4
        painter.fillRect(QRectF(0, 0, width, bar), palette.alternateBase())
        ground = palette.color(QPalette.ColorRole.Highlight)
        hit = style.color(Tone.GOOD, palette)
        for cell in self.cells:
            left, right = (width * place / self._length for place in (cell.start, cell.end))
            if cell.read:
                ground.setAlphaF(0.25 + 0.75 * cell.read)
                painter.fillRect(QRectF(left, 0, right - left, bar), ground)
            if cell.hit:
                painter.fillRect(QRectF(left, bar + 1, max(right - left, 2), 3), hit)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        for border in self._borders:
            x = round(width * border / self._length)
            painter.drawLine(x, 0, x, bar)
        if self.hasFocus() and 0 <= self._here < len(self.cells):
            cell = self.cells[self._here]
            left = width * cell.start / self._length
            painter.drawRect(QRectF(left, 0, max(width / len(self.cells), 3), height))
        frame = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
        painter.setPen(palette.color(frame))
        painter.drawRect(0, 0, width, bar)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().x())
        if cell >= 0:
            self._here = cell
            self.chosen.emit(self.cells[cell].start)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right:
                self._go(1)
            case Qt.Key.Key_Left:
                self._go(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if 0 <= self._here < len(self.cells):
                self.chosen.emit(self.cells[self._here].start)
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos().x())
            if cell >= 0:
                QToolTip.showText(event.globalPos(), self.told_of(self.cells[cell]), self)
            return True
        return super().event(event)

    def told_of(self, cell: Cell) -> str:
        """A part of the text in words."""
        number = sum(border <= cell.start for border in self._borders)
        name = self._names[number] if number < len(self._names) else ""
        read = (
            self.tr("{} of this part was read").format(words.percent(cell.read))
            if cell.read
            else self.tr("this part was not read")
        )
        hit = self.tr("; the answer rests on it") if cell.hit else ""
        return f"{name}: {read}{hit}"

    def _go(self, step: int) -> None:
        """To the next part of another kind than this one: read or not, with a hit or without."""
        if not self.cells:
            return
        here = self._here
        kind = self._kind(here) if here >= 0 else None
        while 0 <= here + step < len(self.cells):
            here += step
            if self._kind(here) != kind:
                break
        self._here = max(0, here)
        self.setAccessibleDescription(self.told_of(self.cells[self._here]))
        self.update()

    def _kind(self, number: int) -> tuple[bool, bool]:
        cell = self.cells[number]
        return cell.read > 0, cell.hit

    def _cell_at(self, x: float) -> int:
        if not self.cells or not 0 <= x < self.width():
            return -1
        return min(int(x * len(self.cells) / self.width()), len(self.cells) - 1)
