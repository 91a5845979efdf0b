"""The settings as they are now, written to their file whenever the user changes one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from rlm_desktop.settings import Settings


class KeptSettings(QObject):
    """Holds the settings.

    Signals:
        refused: why they cannot be kept; what was changed is in use all the same.
    """

    refused = Signal(str)

    def __init__(self, settings: Settings, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = settings
        self._file = file

    def change(self, **fields: Any) -> None:
        """Set some of them. Raises UsageError for a value that cannot be."""
        self.now = replace(self.now, **fields)
        try:
            self.now.write(self._file)
        except OSError as error:
            self.refused.emit(self.tr("the settings cannot be kept: {}").format(error))
