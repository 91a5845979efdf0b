"""What was open when the window was closed: its documents and the run that was shown."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings

_DOCUMENTS, _RUN = "last/documents", "last/run"


def keep(kept: QSettings, documents: Sequence[Path], run: int | None) -> None:
    """Remember it."""
    kept.setValue(_DOCUMENTS, [str(path) for path in documents])
    kept.setValue(_RUN, run or 0)


def documents(kept: QSettings) -> list[Path]:
    """The documents that are still there."""
    value = kept.value(_DOCUMENTS)
    # Of one path an INI file gives back a string.
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [path for name in names if (path := Path(str(name))).exists()]


def run(kept: QSettings) -> int | None:
    """The number of the run; None if none was shown."""
    value = str(kept.value(_RUN) or "")
    return int(value) or None if value.isdecimal() else None
