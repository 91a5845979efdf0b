"""The controls of settings: each shows what is set, and hands on what the user sets."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QSpinBox

from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.language import LANGUAGES
from rlm_desktop.settings import RANGES

#: Wide enough for an address, in average letters.
_LETTERS = 28


class SettingBoxes(QObject):
    """Makes controls; `change` is called with the name of a setting and its new value."""

    def __init__(
        self, settings: KeptSettings, change: Callable[[str, object], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._change = change

    def number(self, name: str, unit: str, special: str = "") -> QSpinBox | QDoubleSpinBox:
        """A box for a number; `special` says what the least one means."""
        now = getattr(self._settings.now, name)
        box = QDoubleSpinBox() if isinstance(now, float) else QSpinBox()
        least, most = RANGES[name]
        box.setRange(type(now)(least), type(now)(most))
        if isinstance(box, QDoubleSpinBox):
            box.setDecimals(1)
        box.setGroupSeparatorShown(True)
        box.setSuffix(unit)
        box.setSpecialValueText(special)
        box.setValue(now)
        # Kept when the user is through, not with every digit.
        box.editingFinished.connect(lambda: self._change(name, box.value()))
        return box

    def language(self) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("As the system"), "system")
        for name, title in LANGUAGES.items():
            box.addItem(title, name)
        choose(box, self._settings.now.language)
        box.activated.connect(lambda _: self._change("language", box.currentData()))
        return box

    def check(self, name: str) -> QCheckBox:
        box = QCheckBox()
        box.setChecked(getattr(self._settings.now, name))
        box.toggled.connect(lambda on: self._change(name, on))
        return box

    def line(self, name: str) -> QLineEdit:
        line = QLineEdit(getattr(self._settings.now, name))
        line.setMinimumWidth(line.fontMetrics().averageCharWidth() * _LETTERS)
        line.editingFinished.connect(lambda: self._change(name, line.text().strip()))
        return line

    def folder(self, of: Callable[[], Path]) -> QPushButton:
        button = QPushButton(self.tr("Open the folder"))
        button.clicked.connect(lambda: _open_folder(of()))
        return button


def choose(box: QComboBox, data: str) -> None:
    """Show the entry that stands for this."""
    box.setCurrentIndex(box.findData(data))


def _open_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
