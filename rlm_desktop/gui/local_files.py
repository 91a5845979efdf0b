"""What a drop or a paste brings that can be opened."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_files(data: QMimeData) -> list[Path]:
    """The files and folders of this machine among it."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
