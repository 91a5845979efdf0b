"""One setting: its name, what it does, and the control that changes it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel


class SettingRow(QWidget):
    """A name with its control beside it, and the effect in a sentence below."""

    def __init__(
        self, name: str, effect: str, control: QWidget, *, keep_name: bool = False
    ) -> None:
        """With `keep_name` the control keeps the name for screen readers that it has."""
        super().__init__()
        self.name = name
        self.effect = effect
        self.control = control
        label = QLabel(name)
        label.setBuddy(control)
        label.setTextFormat(Qt.TextFormat.PlainText)
        told = TonedLabel(name, Tone.QUIET)
        told.setWordWrap(True)
        told.say(effect)
        if not keep_name:
            control.setAccessibleName(name)
        control.setAccessibleDescription(effect)
        control.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label, 0, 0)
        grid.addWidget(control, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(told, 1, 0)

    def is_about(self, words: str) -> bool:
        """Whether all of these words stand in its name or its effect, in any letters."""
        text = f"{self.name} {self.effect}".casefold()
        return all(word in text for word in words.casefold().split())
