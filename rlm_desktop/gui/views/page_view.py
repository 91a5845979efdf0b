"""A page of a PDF as it looks, with the passage marked."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.documents.pdf_page import Mark, PagePicture
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel

#: Milliseconds after the last change of size before a page is drawn anew.
_PATIENCE = 300
#: Of a marker pen, whatever the theme: paper is white.
_GROUND, _BORDER = QColor(255, 214, 0, 90), QColor(178, 120, 0)
_AROUND = 3


class PageView(QWidget):
    """Shows a page, and asks for others.

    Signals:
        page_wanted: the number of a page, from 1.
        width_changed: the page should be drawn in another width.
    """

    page_wanted = Signal(int)
    width_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = TonedLabel(self.tr("Document whose page is shown"), bold=True)
        self.previous = self._arrow("‹", self.tr("Previous page"), -1)
        self.next = self._arrow("›", self.tr("Next page"), 1)
        self.number = QSpinBox()
        self.number.setAccessibleName(self.tr("Page"))
        self.number.setKeyboardTracking(False)
        self.number.valueChanged.connect(self.page_wanted)
        self.state = TonedLabel(self.tr("What is known of the page"), Tone.QUIET)
        self.state.setWordWrap(True)
        self.state.hide()
        self.picture = _Picture()
        self.area = QScrollArea()
        self.area.setWidget(self.picture)
        self.area.setWidgetResizable(True)
        # Always there, so that a page which fits beside it needs no bar below.
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setAccessibleName(self.tr("Picture of the page"))
        self.setFocusProxy(self.area)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self.width_changed)
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 0)
        row.addWidget(self.name, 1)
        for widget in (self.previous, self.number, self.next):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.state)
        column.addWidget(self.area, 1)

    @property
    def width_wanted(self) -> int:
        """How many pixels of the screen a page should be wide."""
        room = max(200, self.area.viewport().width() - 2 * _AROUND)
        return round(room * self.devicePixelRatioF())

    def show_page(self, name: str, page: int, of: int) -> None:
        """Say which page is about to be shown."""
        self.name.say(name)
        self.number.blockSignals(True)  # noqa: FBT003 - Qt's
        self.number.setRange(1, of)
        self.number.setSuffix(self.tr(" of {}").format(of))
        self.number.setValue(page)
        self.number.blockSignals(False)  # noqa: FBT003 - Qt's
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < of)

    def show_picture(self, drawn: PagePicture, *, quoted: bool) -> None:
        """Show the page; `quoted` says that a passage should be marked on it."""
        found = bool(drawn.marks)
        if quoted and not found:
            self.state.say(self.tr("The passage is on this page; where could not be told"))
        self.state.setVisible(quoted and not found)
        self.picture.show_picture(drawn, self.devicePixelRatioF())
        told = self.tr("the passage is marked") if found else ""
        self.area.setAccessibleDescription(told)
        if found:
            top = min(mark[1] for mark in drawn.marks) / self.devicePixelRatioF()
            room = self.area.viewport().height()
            self.area.verticalScrollBar().setValue(round(top - room / 3))

    def show_trouble(self, text: str) -> None:
        """Say why a page cannot be shown."""
        self.picture.clear()
        self.state.say(text[:1].upper() + text[1:], Tone.BAD)
        self.state.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._timer.start()

    def _arrow(self, sign: str, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.number.setValue(self.number.value() + step))
        return button


class _Picture(QLabel):
    """The page, with its marks drawn over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._marks: tuple[Mark, ...] = ()
        self._ratio = 1.0

    def show_picture(self, drawn: PagePicture, ratio: float) -> None:
        image = QImage(
            drawn.pixels, drawn.width, drawn.height, drawn.width, QImage.Format.Format_Grayscale8
        )
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self._marks, self._ratio = drawn.marks, ratio
        self.setPixmap(pixmap)

    def clear(self) -> None:
        self._marks = ()
        super().clear()

    def sizeHint(self) -> QSize:
        return self.pixmap().deviceIndependentSize().toSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._marks:
            return
        painter = QPainter(self)
        painter.translate((self.width() - self.sizeHint().width()) / 2, 0)
        painter.setBrush(_GROUND)
        painter.setPen(QPen(_BORDER, 1))
        for mark in self._marks:
            left, top, right, bottom = (value / self._ratio for value in mark)
            box = QRectF(left, top, right - left, bottom - top)
            painter.drawRect(box.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND))
