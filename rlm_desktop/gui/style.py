"""Light and dark, and the few colours that are not in the palette.

The window follows the system. Where the platform cannot be told another scheme (bare X11 and the
offscreen platform ignore `setColorScheme`), the palette of Fusion is replaced by one of ours.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QTextCharFormat
from PySide6.QtWidgets import QApplication


class Tone(StrEnum):
    """What a piece of text is, where it is drawn in another way than the rest."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    ERROR = "error"  # BAD, in the font of code
    CODE = "code"
    KEYWORD = "keyword"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    NAME = "name"


_MONOSPACE = {
    Tone.CODE,
    Tone.ERROR,
    Tone.KEYWORD,
    Tone.STRING,
    Tone.NUMBER,
    Tone.COMMENT,
    Tone.NAME,
}

#: On light and on dark: at least 4.5 to 1 against base and alternate base of the palettes below.
_COLORS = {
    Tone.GOOD: ("#1a7f37", "#6fcf83"),
    Tone.WARNING: ("#8a5300", "#e8b04b"),
    Tone.BAD: ("#b3261e", "#ff8f85"),
    Tone.ERROR: ("#b3261e", "#ff8f85"),
    Tone.KEYWORD: ("#8250df", "#c792ea"),
    Tone.STRING: ("#0a6b3d", "#9bd58a"),
    Tone.NUMBER: ("#9a4a00", "#f0a875"),
    Tone.COMMENT: ("#5f6b7a", "#93a0b0"),
    Tone.NAME: ("#0550ae", "#7fb4ff"),
}

_ROLES = {
    QPalette.ColorRole.Window: ("#f3f4f6", "#1f2227"),
    QPalette.ColorRole.WindowText: ("#1b1e23", "#e6e8eb"),
    QPalette.ColorRole.Base: ("#ffffff", "#17191d"),
    QPalette.ColorRole.AlternateBase: ("#f1f3f6", "#22262c"),
    QPalette.ColorRole.Text: ("#1b1e23", "#e6e8eb"),
    QPalette.ColorRole.Button: ("#eceef1", "#2c3037"),
    QPalette.ColorRole.ButtonText: ("#1b1e23", "#e6e8eb"),
    QPalette.ColorRole.BrightText: ("#ffffff", "#ffffff"),
    QPalette.ColorRole.ToolTipBase: ("#ffffff", "#2c3037"),
    QPalette.ColorRole.ToolTipText: ("#1b1e23", "#e6e8eb"),
    QPalette.ColorRole.PlaceholderText: ("#636a77", "#8b939e"),
    QPalette.ColorRole.Highlight: ("#1f6feb", "#2f6fd0"),
    QPalette.ColorRole.HighlightedText: ("#ffffff", "#ffffff"),
    QPalette.ColorRole.Accent: ("#1f6feb", "#4c8dff"),
    QPalette.ColorRole.Link: ("#0b57d0", "#8ab4f8"),
    QPalette.ColorRole.LinkVisited: ("#6a3ea1", "#c58af9"),
    QPalette.ColorRole.Light: ("#ffffff", "#3a3f47"),
    QPalette.ColorRole.Midlight: ("#f7f8fa", "#31363d"),
    QPalette.ColorRole.Mid: ("#b9bec6", "#15171a"),
    QPalette.ColorRole.Dark: ("#9aa1ab", "#101214"),
    QPalette.ColorRole.Shadow: ("#6b7280", "#000000"),
}
_FADED = ("#9aa1ab", "#6b727c")


def is_dark(palette: QPalette) -> bool:
    return palette.window().color().lightness() < 128


def color(tone: Tone, palette: QPalette) -> QColor:
    """The colour of a tone on the base of a palette."""
    if tone is Tone.QUIET:
        return palette.placeholderText().color()
    if tone in _COLORS:
        return QColor(_COLORS[tone][is_dark(palette)])
    return palette.text().color()


def char_format(tone: Tone, palette: QPalette, font: QFont) -> QTextCharFormat:
    """How text of a tone is drawn in a text view with this palette and font."""
    made = QTextCharFormat()
    made.setForeground(color(tone, palette))
    if tone in _MONOSPACE:
        fixed = monospace()
        fixed.setPointSizeF(font.pointSizeF())
        made.setFont(fixed)
    if tone is Tone.COMMENT:
        made.setFontItalic(True)
    if tone is Tone.STRONG:
        made.setFontWeight(QFont.Weight.Bold)
    return made


def monospace() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def heading(font: QFont, larger: float = 0.0) -> QFont:
    """A font for a heading, made from the one around it."""
    made = QFont(font)
    made.setBold(True)
    if larger:
        made.setPointSizeF(font.pointSizeF() + larger)
    return made


def zoom(step: int) -> None:
    """Make the text of the whole program larger (1), smaller (-1), or as it was (0)."""
    font = QApplication.font()
    normal = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    size = font.pointSizeF() + step if step else normal
    set_points(size)


def set_points(points: float) -> None:
    """Use this size for the text of the whole program."""
    font = QApplication.font()
    font.setPointSizeF(min(max(points, 6.0), 30.0))
    QApplication.setFont(font)


def apply(theme: str, app: QApplication) -> None:
    """Use the theme `system`, `light` or `dark`."""
    wanted = {
        "light": Qt.ColorScheme.Light,
        "dark": Qt.ColorScheme.Dark,
    }.get(theme, Qt.ColorScheme.Unknown)
    hints = app.styleHints()
    hints.setColorScheme(wanted)
    if hints.colorScheme() is Qt.ColorScheme.Unknown:
        # The platform knows no schemes: then there is no system's choice to follow either.
        app.setPalette(_palette(1 if wanted is Qt.ColorScheme.Dark else 0))
    else:
        app.setPalette(QPalette())


def _palette(column: int) -> QPalette:
    palette = QPalette()
    for role, colors in _ROLES.items():
        palette.setColor(role, QColor(colors[column]))
    disabled = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.HighlightedText,
    ):
        palette.setColor(disabled, role, QColor(_FADED[column]))
    palette.setColor(
        disabled, QPalette.ColorRole.Highlight, QColor(_ROLES[QPalette.ColorRole.Mid][0])
    )
    return palette
