"""Reading in one step, for tests that do not look at the progress."""

import threading
from collections.abc import Generator, Sequence
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
    progress: list[ReadingProgress] = []
    reading = read_documents(paths, places.texts(), stop or threading.Event())
    return finished(reading, progress), progress


def finished(
    reading: Generator[ReadingProgress, None, Collection],
    progress: list[ReadingProgress] | None = None,
) -> Collection:
    """Read to the end."""
    while True:
        try:
            step = next(reading)
        except StopIteration as end:
            return end.value
        if progress is not None:
            progress.append(step)
