"""A label in one of our tones, whatever the theme."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from rlm_desktop.gui import style
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import clean


class TonedLabel(QLabel):
    """Shows plain text, never HTML: much of what it shows comes from models and files."""

    def __init__(
        self,
        name: str,
        tone: Tone = Tone.PLAIN,
        *,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._tinting = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        # The one role that is tinted, on whatever ground the label is.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setAccessibleName(name)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if bold:
            font = self.font()
            font.setBold(True)
            self.setFont(font)
        self._tint()

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Show a text, in another tone if one is given."""
        self.setText(clean(text))
        if tone is not None and tone is not self._tone:
            self._tone = tone
            self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and not self._tinting:
            self._tint()

    def _tint(self) -> None:
        self._tinting = True
        palette = QPalette()
        parent = self.parentWidget()
        around = palette if parent is None else parent.palette()
        palette.setColor(QPalette.ColorRole.WindowText, style.color(self._tone, around))
        self.setPalette(palette)
        self._tinting = False
