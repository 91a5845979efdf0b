"""How the window looks: theme, size of text, how much of it is shown, an answer on its own."""

from enum import StrEnum

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from rlm_desktop.gui import style
from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.layout import Layout
from rlm_desktop.gui.menus import Menus
from rlm_desktop.gui.views.safe_browser import SafeBrowser

#: How much larger an answer is written that is read on its own.
_LARGER = 1.6


class Preset(StrEnum):
    """How much of the window is shown."""

    SIMPLE = "simple"  # conversation and document
    FULL = "full"
    EXPERT = "expert"  # programs and calls as wide as the conversation, no sidebar


class Appearance(QObject):
    """Connects the actions of the View menu; what the user chose last is remembered."""

    def __init__(
        self, views: Layout, menus: Menus, settings: KeptSettings, kept: QSettings
    ) -> None:
        super().__init__(views)
        self._views = views
        self._menus = menus
        self._settings = settings
        self._kept = kept
        self.reading: ReadingWindow | None = None
        menus.larger.triggered.connect(lambda: self.zoom(1))
        menus.smaller.triggered.connect(lambda: self.zoom(-1))
        menus.normal.triggered.connect(lambda: self.zoom(0))
        menus.on_theme(self.use_theme)
        for name, action in menus.presets.items():
            action.triggered.connect(lambda _checked, name=name: self.use_preset(Preset(name)))
        menus.read_answer.triggered.connect(self.read_answer)
        points = kept.value("points")
        if points is not None and str(points).replace(".", "", 1).isdigit():
            style.set_points(float(str(points)))
        chosen = str(kept.value("preset") or Preset.FULL)
        self.use_preset(Preset(chosen) if chosen in set(Preset) else Preset.FULL)

    def zoom(self, step: int) -> None:
        """Make all text larger (1), smaller (-1), or as the system has it (0)."""
        style.zoom(step)
        self._kept.setValue("points", QApplication.font().pointSizeF() if step else None)

    def use_points(self, points: int) -> None:
        """Write all text in this size."""
        style.set_points(points)
        self._kept.setValue("points", QApplication.font().pointSizeF())

    def use_theme(self, theme: str) -> None:
        """Use the theme "system", "light" or "dark"."""
        self._settings.change(theme=theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        style.apply(theme, app)

    def use_preset(self, preset: Preset) -> None:
        """Show so much of the window."""
        self._views.show_parts(
            sidebar=preset is not Preset.EXPERT,
            programs=preset is not Preset.SIMPLE,
            wide=preset is Preset.EXPERT,
        )
        self._menus.presets[preset].setChecked(True)
        self._kept.setValue("preset", str(preset))

    def read_answer(self) -> None:
        """Show the answer alone, on the whole screen."""
        ended = self._views.run_view.run.ended
        if ended is None or not ended.answer:
            return
        self.reading = ReadingWindow(self._views.window(), ended.answer)
        self.reading.showFullScreen()


class ReadingWindow(QWidget):
    """An answer in large letters; Escape closes it."""

    def __init__(self, parent: QWidget, answer: str) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Answer"))
        self.text = SafeBrowser(self.tr("Answer"))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        self.text.setFont(font)
        self.text.document().setDocumentMargin(48)
        self.text.show_markdown(answer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        close = self.addAction(self.tr("Close"))
        close.setShortcut(Qt.Key.Key_Escape)
        close.triggered.connect(self.close)
        self.text.setFocus()
