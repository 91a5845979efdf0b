"""Where things are on this machine.

RLM_DESKTOP_HOME, if set, holds everything the program keeps: for tests, portable use, and people
who want it elsewhere.
"""

import os
from pathlib import Path

import platformdirs

_APP = "rlm-desktop"


def data() -> Path:
    """The folder of everything that is kept; it is made if it is not there."""
    chosen = os.environ.get("RLM_DESKTOP_HOME")
    folder = Path(chosen).expanduser() if chosen else platformdirs.user_data_path(_APP)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def database() -> Path:
    return data() / "runs.db"


def models() -> Path:
    """Downloaded models, and the list of those added in place."""
    return data() / "models"


def texts() -> Path:
    """The document store: texts of documents that are not plain UTF-8 files."""
    return data() / "texts"


def settings() -> Path:
    return data() / "settings.json"


def speeds() -> Path:
    """How fast each model is on this machine, as measured."""
    return data() / "speeds.json"


def exams() -> Path:
    """What the exam said of each model."""
    return data() / "exams.json"


def recipes() -> Path:
    """Recipes that the user added."""
    return data() / "recipes"


def resources() -> Path:
    """Read-only files that belong to the program: in the wheel, or in the clone beside it."""
    installed = Path(__file__).parent / "resources"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "resources"
