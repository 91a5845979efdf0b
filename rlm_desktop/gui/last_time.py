"""What was open when the window was closed: its documents and the run that was shown."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings

from rlm_desktop.gui import kept_paths

_DOCUMENTS, _RUN = "last/documents", "last/run"


def keep(kept: QSettings, documents: Sequence[Path], run: int | None) -> None:
    """Remember it."""
    kept_paths.keep(kept, _DOCUMENTS, documents)
    kept.setValue(_RUN, run or 0)


def documents(kept: QSettings) -> list[Path]:
    """The documents that are still there."""
    return kept_paths.still_there(kept, _DOCUMENTS)


def run(kept: QSettings) -> int | None:
    """The number of the run; None if none was shown."""
    value = str(kept.value(_RUN) or "")
    return int(value) or None if value.isdecimal() else None
