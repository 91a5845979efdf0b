"""The programs of a run, with a row of buttons for one of them."""

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rlm_desktop.gui.code_page import CodePage, Program
from rlm_desktop.gui.text_parts import clean
from rlm_desktop.gui.views.parts_view import PartsView


class CodeView(QWidget):
    """Shows a CodePage. One program is the current one: the last, until the user goes elsewhere.

    Signals:
        departed: the Turn whose program is to be another one.
    """

    departed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = CodePage()
        self.text = PartsView(self.tr("Programs"))
        self.text.setPlaceholderText(self.tr("The model's programs and their output."))
        self.programs = QComboBox()
        self.programs.setAccessibleName(self.tr("Go to a program"))
        self.programs.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.programs.setMinimumContentsLength(14)
        self.copy = QAction(self.tr("&Copy program"), self)
        self.copy.setShortcut("Ctrl+Shift+C")
        self.copy.setToolTip(self.tr("Copy this program as it is shown (Ctrl+Shift+C)"))
        self.again = QAction(self.tr("Go another &way"), self)
        self.again.setToolTip(
            self.tr("Ask again with what came before this program; the model writes another one")
        )
        self.whole = QAction(self.tr("All &output"), self)
        self.whole.setShortcut("Ctrl+Shift+L")
        self.whole.setCheckable(True)
        self.whole.setToolTip(self.tr("Show all that this program printed (Ctrl+Shift+L)"))
        self.follow = self.text.following.button()
        in_order: list[QWidget] = [self.programs]
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 6, 8, 6)
        buttons.addWidget(self.programs, 1)
        for action in (self.copy, self.whole):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
            button = QToolButton()
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setDefaultAction(action)
            button.setAccessibleName(action.text().replace("&", ""))
            buttons.addWidget(button)
            in_order.append(button)
        buttons.addWidget(self.follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(buttons)
        column.addWidget(self.text, 1)
        for before, after in pairwise([*in_order, self.follow, self.text]):
            self.setTabOrder(before, after)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.text.customContextMenuRequested.connect(self._open_menu)
        self.text.cursorPositionChanged.connect(self._look_at_cursor)
        self.text.following.changed.connect(self._go_along)
        self.programs.activated.connect(self._go_to)
        self.programs.currentIndexChanged.connect(self._show_current)
        self.copy.triggered.connect(self._copy)
        self.whole.triggered.connect(self._unfold)
        self.again.triggered.connect(self._depart)
        self._show_current()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass it on. A focus proxy would take the buttons out of the order of the Tab key."""
        self.text.setFocus()

    @property
    def current(self) -> Program | None:
        """The program that the buttons are for."""
        index = self.programs.currentIndex()
        return self._page.programs[index] if 0 <= index < len(self._page.programs) else None

    def show_page(self, page: CodePage) -> None:
        """The programs are those of this page from now on."""
        self._page = page
        self.programs.clear()
        self._show_current()

    def refresh(self) -> None:
        """Take in what was added to the page."""
        for program in self._page.programs[self.programs.count() :]:
            self.programs.addItem(program.title)
        self._go_along(following=self.text.following.on)
        self._show_current()

    def _go_along(self, following: bool) -> None:  # noqa: FBT001 - a slot
        if following:
            self.programs.setCurrentIndex(self.programs.count() - 1)

    def _show_current(self) -> None:
        program = self.current
        self.programs.setEnabled(bool(self._page.programs))
        self.copy.setEnabled(program is not None)
        self.again.setEnabled(program is not None and program.can_be_left)
        self.whole.setEnabled(program is not None and program.is_long)
        self.whole.setChecked(program is not None and program.whole)

    def _go_to(self, index: int) -> None:
        self.text.go_to_part(self._page.programs[index].part)

    def _look_at_cursor(self) -> None:
        if self.text.hasFocus():
            index = self._page.program_at(self.text.part_at(self.text.textCursor()))
            if index is not None and index < self.programs.count():
                self.programs.setCurrentIndex(index)

    def _copy(self) -> None:
        if self.current is not None:
            # What is copied is what was seen, and nothing unseen with it.
            QGuiApplication.clipboard().setText(clean(self.current.code))

    def _depart(self) -> None:
        if self.current is not None:
            self.departed.emit(self.current.turn)

    def _unfold(self, whole: bool) -> None:  # noqa: FBT001 - a slot
        if self.current is not None:
            self.text.following.let_go()
            changed = self._page.unfold(self.current, whole=whole)
            self.text.update_parts(self._page.parts, changed)

    def _open_menu(self, place: QPoint) -> None:
        index = self._page.program_at(self.text.part_at(self.text.cursorForPosition(place)))
        if index is not None and index < self.programs.count():
            self.programs.setCurrentIndex(index)
        menu = self.text.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        menu.addActions([self.copy, self.whole, self.again])
        menu.popup(self.text.viewport().mapToGlobal(place))
