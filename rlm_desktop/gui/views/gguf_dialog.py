"""Asking for a GGUF file, without keeping anyone waiting."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_gguf(parent: QWidget, title: str, take: Callable[[Path], None]) -> None:
    """Let the user choose a file, and hand it to `take`."""
    models = QCoreApplication.translate("GgufDialog", "Models (*.gguf)")
    dialog = QFileDialog(parent, title, "", models)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
