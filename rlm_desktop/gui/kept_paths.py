"""Paths in the window's INI file."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSettings


def keep(kept: QSettings, key: str, paths: Iterable[Path]) -> None:
    """Remember paths."""
    kept.setValue(key, [str(path) for path in paths])


def still_there(kept: QSettings, key: str) -> list[Path]:
    """Those of the remembered paths that are still there."""
    value = kept.value(key)
    # Of one path an INI file gives back a string.
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [path for name in names if (path := Path(str(name))).exists()]
