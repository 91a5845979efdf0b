"""Reading in one step, for tests that do not look at the progress."""

import threading
from collections.abc import Sequence
from pathlib import Path

from rlm_desktop import places
from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.reading import ReadingProgress, read_documents


def read(*paths: Path) -> Collection:
    return watched(paths)[0]


def watched(
    paths: Sequence[Path], stop: threading.Event | None = None
) -> tuple[Collection, list[ReadingProgress]]:
    """The collection, and the progress that was made."""
    reading = read_documents(paths, places.texts(), stop or threading.Event())
    progress = []
    while True:
        try:
            progress.append(next(reading))
        except StopIteration as end:
            return end.value, progress
