"""What every test of the window gets."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.engine.base import Engine
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import RlmError
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.open_documents import OpenDocuments
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.read_thread import Reading
from rlm_desktop.gui.workbench import Workbench
from rlm_desktop.models.library import Library
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.sandbox.process import ProcessSandbox
from rlm_desktop.session import Session
from rlm_desktop.settings import Settings

#: Opens a window whose model gives these replies, waiting so long between two pieces.
OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Numbers as in English, whatever the machine is set to."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A short document: a run reads it whole."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada,\nthe key is under the third stone.\nYours, Grace\n" * 3)
    return path


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Windows with the real parts but for the model; they are closed after the test."""
    windows: list[MainWindow] = []

    def opened(
        replies: Iterable[str | RlmError] = (),
        pause: float = 0.0,
        settings: Settings | None = None,
        engine: Engine | None = None,
        sample: Path | None = None,
    ) -> MainWindow:
        def session(_name: str) -> Session:
            used = engine or ScriptedEngine(replies, pause=pause)
            recipes = load_recipes(places.resources() / "recipes", places.recipes())
            return Session(used, ProcessSandbox, places.database(), recipes, places.texts())

        def library() -> Library:
            return Library(places.models(), places.resources() / "catalogue.json")

        def read(paths: Sequence[Path], stop: threading.Event) -> Reading:
            return read_documents(paths, places.texts(), stop)

        workbench = Workbench(
            OpenModel(session, library, "starter"), OpenDocuments(read), places.database()
        )
        window = MainWindow(
            workbench,
            KeptRunsThread(places.database()),
            settings or Settings(),
            places.settings(),
            QSettings(str(places.data() / "window.ini"), QSettings.Format.IniFormat),
        )
        windows.append(window)
        window.offer_samples(sample or places.resources() / "sample")
        window.show()
        return window

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index of this machine, with nothing on it yet."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return folder
