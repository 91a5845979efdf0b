"""The Settings window: sections of rows, and a search that narrows them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from rlm_desktop.gui import style
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.error_bar import ErrorBar
from rlm_desktop.gui.views.setting_row import SettingRow
from rlm_desktop.gui.views.toned_label import TonedLabel


class SettingsView(QWidget):
    """A window of its own, which does not keep the user from the main one.

    A change holds at once and is kept at once: there is no button to confirm it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Settings"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.errors = ErrorBar()
        self._sections: list[tuple[TonedLabel, Sequence[SettingRow]]] = []
        self._nothing = TonedLabel(self.tr("What was found"), Tone.QUIET)
        self._nothing.say(self.tr("No setting has these words"))
        self._nothing.hide()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.errors)
        layout.addWidget(scroll, 1)
        self.resize(720, 640)

    @property
    def rows(self) -> list[SettingRow]:
        """The settings, as the search left them."""
        return [row for _, rows in self._sections for row in rows if not row.isHidden()]

    def add_section(self, title: str, rows: Sequence[SettingRow]) -> None:
        """Show more settings, below those that are there."""
        heading = TonedLabel(title)
        heading.setFont(style.heading(self.font(), larger=1))
        heading.setContentsMargins(0, 12, 0, 0)
        heading.say(title)
        for widget in (heading, *rows):
            self._column.insertWidget(self._column.count() - 2, widget)
        self._sections.append((heading, rows))

    def _narrow(self, words: str) -> None:
        for heading, rows in self._sections:
            whole = all(word in heading.text().casefold() for word in words.casefold().split())
            for row in rows:
                row.setVisible(whole or row.is_about(words))
            heading.setVisible(any(not row.isHidden() for row in rows))
        self._nothing.setVisible(not self.rows)
