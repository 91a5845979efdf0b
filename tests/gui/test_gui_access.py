"""Whether all of the window can be used by keyboard, read aloud, and read in both themes."""

from collections.abc import Iterator

import pytest
from gui_demo import whole
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rlm_desktop.gui import style
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.side_by_side import Side, SideBySide
from tests.gui.conftest import OpenWindow

#: What a person does something with, or reads.
_CONTROLS = (QAbstractButton, QAbstractScrollArea, QComboBox, QLineEdit, QSpinBox, QTabBar)

#: What the WCAG asks for between text of normal size and what is behind it.
_ENOUGH = 4.5

_TEXTS = (
    (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
    (QPalette.ColorRole.Text, QPalette.ColorRole.AlternateBase),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
    (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
    (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base),
    (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.AlternateBase),
    (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
    (QPalette.ColorRole.Link, QPalette.ColorRole.Base),
    (QPalette.ColorRole.Link, QPalette.ColorRole.Window),
    (QPalette.ColorRole.LinkVisited, QPalette.ColorRole.Base),
)

_BEHIND_TONES = (
    QPalette.ColorRole.Base,
    QPalette.ColorRole.AlternateBase,
    QPalette.ColorRole.Window,
)


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of contrast as the WCAG computes it: 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def controls(window: QWidget) -> list[QWidget]:
    """The controls that are seen; parts of other controls are left to those."""
    found = [each for each in window.findChildren(QWidget) if isinstance(each, _CONTROLS)]
    return [each for each in found if each.isVisible() and not _is_part(each)]


def _is_part(widget: QWidget) -> bool:
    """Whether Qt made it inside another control."""
    if widget.objectName().startswith("qt_") and not isinstance(widget, QTabBar):
        return True
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QSpinBox | QLineEdit | QTabBar)


def _does_nothing(widget: QWidget) -> bool:
    """Whether it only holds others, or only says what is in columns."""
    clickable = isinstance(widget, QHeaderView) and widget.sectionsClickable()
    return type(widget) is QScrollArea or (isinstance(widget, QHeaderView) and not clickable)


def name(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def told(widget: QWidget) -> str:
    above = widget.parentWidget()
    inside = type(above).__name__ if above is not None else "nothing"
    return f"{type(widget).__name__} {name(widget) or widget.objectName()!r} in {inside}"


def show_page(window: MainWindow, page: str) -> None:
    """One of the states in which other controls are seen."""
    views = window.views
    if page == "welcome":
        return
    views.begin_run()
    for event in whole():
        views.run_view.add(event)
    window.workbench.flushed.emit()
    views.tabs.setCurrentIndex(["code", "calls", "document"].index(page))
    views.errors.say("Something is wrong", details="Trace", button="Mend it", way_out=lambda: None)


PAGES = ("welcome", "code", "calls", "document")


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name(open_window: OpenWindow, page: str) -> None:
    window = open_window()
    show_page(window, page)
    # A tab bar has tabs, which have names; a plain scroll area only holds others.
    named = [each for each in controls(window) if not isinstance(each, QTabBar)]
    named = [each for each in named if type(each) is not QScrollArea]
    assert len(named) > 8
    assert [told(each) for each in named if not name(each)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_control_is_reached_by_the_keyboard(
    open_window: OpenWindow, qtbot: QtBot, page: str
) -> None:
    window = open_window()
    show_page(window, page)
    qtbot.waitUntil(window.isVisible)
    window.activateWindow()
    reached = reached_by_tab(window)
    for _ in window.views.panes:
        window.menus.next_pane.trigger()
        focused = QApplication.focusWidget()
        reached |= {focused} if focused is not None else set()
    missed = [
        each
        for each in controls(window)
        if each.isEnabled() and not is_reached(each, reached) and not _does_nothing(each)
    ]
    assert [told(each) for each in missed] == []


def reached_by_tab(window: QWidget) -> set[QWidget]:
    """What Tab goes through, round the whole window."""
    reached: set[QWidget] = set()
    here = window.nextInFocusChain()
    while here is not window:
        takes_tab = here.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_tab and here.isVisible() and here.isEnabled():
            reached.add(here)
        here = here.nextInFocusChain()
    return reached


def is_reached(widget: QWidget, reached: set[QWidget]) -> bool:
    """Whether it, or what hands its focus on to it, is reached."""
    proxies = {each.focusProxy() for each in reached}
    if widget in reached or widget in proxies:
        return True
    # Of buttons that exclude each other the arrows reach the others.
    return isinstance(widget, QAbstractButton) and widget.autoExclusive()


@pytest.fixture(params=["light", "dark"])
def palette(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QPalette]:
    """The palette of a theme, as long as the test lasts."""
    before = qapp.palette()
    style.apply(request.param, qapp)
    yield qapp.palette()
    qapp.setPalette(before)


def test_texts_stand_out_from_what_is_behind_them(palette: QPalette) -> None:
    faint = {
        f"{text.name} on {behind.name}": round(ratio, 2)
        for text, behind in _TEXTS
        if (ratio := contrast(palette.color(text), palette.color(behind))) < _ENOUGH
    }
    assert faint == {}


def test_tones_stand_out_from_what_is_behind_them(palette: QPalette) -> None:
    faint = {
        f"{tone} on {behind.name}": round(ratio, 2)
        for tone in Tone
        for behind in _BEHIND_TONES
        if (ratio := contrast(style.color(tone, palette), palette.color(behind))) < _ENOUGH
    }
    assert faint == {}


def test_links_of_labels_are_reached_by_the_keyboard(open_window: OpenWindow) -> None:
    window = open_window()
    links = [each for each in window.findChildren(QLabel) if "<a " in each.text()]
    keyboard = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    assert [each.text() for each in links if not each.textInteractionFlags() & keyboard] == []


@pytest.mark.parametrize("other", ["settings", "models", "comparison"])
def test_the_other_windows_can_be_used_in_the_same_way(
    open_window: OpenWindow, qtbot: QtBot, other: str
) -> None:
    window = open_window()
    shown: QWidget
    if other == "settings":
        window.menus.settings.trigger()
        assert window.settings.view is not None
        shown = window.settings.view
    elif other == "models":
        window.menus.models.trigger()
        qtbot.waitUntil(lambda: window.models.view.current is not None)
        shown = window.models.view
    else:
        shown = SideBySide("Two runs", window)
        side = Side("Run 1", "an **answer**", ["Time: 3 s"])
        shown.show_sides(side, side)
        shown.show()
    found = controls(shown)
    assert len(found) > (1 if other == "comparison" else 8)
    named = [each for each in found if type(each) is not QScrollArea]
    assert [told(each) for each in named if not name(each)] == []
    reached = reached_by_tab(shown)
    missed = [
        each
        for each in found
        if each.isEnabled() and not is_reached(each, reached) and not _does_nothing(each)
    ]
    assert [told(each) for each in missed] == []
