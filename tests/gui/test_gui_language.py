"""The window in other languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.errors import UsageError
from rlm_desktop.gui import language
from rlm_desktop.settings import Settings
from tests.gui.conftest import OpenWindow


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[QApplication]:
    """The application, which speaks English again after the test."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    before = set(running.findChildren(QTranslator))
    yield running
    for translator in set(running.findChildren(QTranslator)) - before:
        running.removeTranslator(translator)
        translator.deleteLater()


@pytest.mark.parametrize(
    ("chosen", "ask", "number"),
    [("en", "&Ask", "1,234 lines"), ("de", "&Fragen", "1.234 Zeilen"), ("zh_CN", "提问(&A)", "")],
)
def test_the_window_speaks_the_language_of_the_settings(
    app: QApplication, open_window: OpenWindow, chosen: str, ask: str, number: str
) -> None:
    from rlm_desktop.gui import words

    language.use(chosen, app)
    window = open_window()
    assert window.views.question.ask_button.text() == ask
    if number:
        assert words.lines(1234) == number


def test_without_a_choice_it_is_that_of_the_system(
    app: QApplication, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = QLocale(QLocale.Language.German, QLocale.Country.Austria)
    monkeypatch.setattr(QLocale, "system", lambda: german)
    language.use("system", app)
    assert open_window().menus.stop.text() == "&Anhalten"


def test_a_language_is_chosen_in_the_settings(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    window.menus.settings.trigger()
    assert window.settings.view is not None
    box = next(row.control for row in window.settings.view.rows if row.name == "Language")
    box.setFocus()
    qtbot.keyClicks(box, "Deu")
    assert Settings.read(places.settings()).language == "de"
    with pytest.raises(UsageError, match="use system, en, de or zh_CN"):
        Settings(language="tlh")
