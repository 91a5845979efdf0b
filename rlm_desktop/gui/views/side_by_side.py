"""Two answers to look at side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.safe_browser import SafeBrowser
from rlm_desktop.gui.views.toned_label import TonedLabel


@dataclass(frozen=True, slots=True)
class Side:
    """One of two answers: what it is, the answer in Markdown, and what is known of it, in lines."""

    title: str
    answer: str
    facts: Sequence[str]


class SideBySide(QWidget):
    """A window of its own with two answers; Escape closes it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.sides = (_SideView(self.tr("left")), _SideView(self.tr("right")))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        for side in self.sides:
            splitter.addWidget(side)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter)
        close = self.addAction(self.tr("Close"))
        close.setShortcut(Qt.Key.Key_Escape)
        close.triggered.connect(self.close)
        self.resize(1000, 560)

    def show_sides(self, left: Side, right: Side) -> None:
        """Show these two."""
        for view, side in zip(self.sides, (left, right), strict=True):
            view.show_side(side)


class _SideView(QWidget):
    def __init__(self, where: str) -> None:
        super().__init__()
        self.title = TonedLabel(self.tr("Question, {}").format(where), bold=True)
        self.answer = SafeBrowser(self.tr("Answer, {}").format(where))
        self.facts = TonedLabel(self.tr("About the answer, {}").format(where), Tone.QUIET)
        for label in (self.title, self.facts):
            label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.title)
        layout.addWidget(self.answer, 1)
        layout.addWidget(self.facts)
        layout.addStretch()

    def show_side(self, side: Side) -> None:
        self.title.say(side.title)
        self.answer.show_markdown(side.answer)
        self.facts.say("\n".join(side.facts))
