"""Which files are meant by the files and folders that the user chose."""

import os
import re
import stat
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rlm_desktop.documents.document import LeftOut
from rlm_desktop.documents.names import safe_name
from rlm_desktop.errors import DocumentError, Stopped

MAX_FILES = 20_000

_HIDDEN = "hidden"
_BUILT = "build output or installed packages"
_BUILD_FOLDERS = frozenset(
    {
        *("node_modules", "bower_components", "vendor", "site-packages", "__pycache__"),
        *("venv", "env", "virtualenv", "build", "dist", "target", "out", "_build", "obj"),
        *("htmlcov", "coverage", "DerivedData", "Pods"),
    }
)
_JUNK = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file to read. `alone` says that the user chose it itself, not only a folder around it."""

    path: Path
    name: str
    size: int
    alone: bool


@dataclass(slots=True)
class Choice:
    """All files to read, in natural order, and those left out without being opened."""

    files: list[Chosen] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def choose(paths: Sequence[Path], stop: threading.Event, most: int = MAX_FILES) -> Choice:
    """The files that are meant by `paths`; folders are gone through, links in them not followed.

    Raises DocumentError for no paths, a path that is not there or neither file nor folder, and
    for more than `most` files; Stopped.
    """
    if not paths:
        raise DocumentError("no document was chosen: name at least one file or folder")
    absolute = list(dict.fromkeys(Path(os.path.abspath(path)) for path in paths))  # noqa: PTH100
    base = _common(absolute)
    choice = Choice()
    for path in absolute:
        try:
            facts = path.stat()
        except FileNotFoundError:
            raise DocumentError(f"{safe_name(str(path))} is not there") from None
        except PermissionError:
            raise DocumentError(
                f"{safe_name(str(path))} may not be read: you have no permission"
            ) from None
        except (OSError, ValueError) as error:
            raise DocumentError(f"{safe_name(str(path))} cannot be read: {error}") from error
        if stat.S_ISDIR(facts.st_mode):
            _walk(path, base, choice, most, stop)
        else:
            choice.files.append(Chosen(path, _name(path, base), facts.st_size, alone=True))
    once: dict[Path, Chosen] = {}
    for chosen in choice.files:
        if chosen.path not in once or chosen.alone:
            once[chosen.path] = chosen
    choice.files = sorted(once.values(), key=lambda chosen: natural_key(chosen.name))
    return choice


def natural_key(name: str) -> list[tuple[list[tuple[int, str]], str]]:
    """Sorts as people do: 2.txt before 10.txt, the letters' case last, folder by folder."""
    return [
        ([_piece_key(piece) for piece in re.split(r"(\d+)", part.casefold())], part)
        for part in name.split("/")
    ]


def _piece_key(piece: str) -> tuple[int, str]:
    return (int(piece), "") if piece.isdecimal() and len(piece) < 100 else (-1, piece)


def _common(paths: Sequence[Path]) -> Path | None:
    """The folder that names are relative to; None if there is none (two drives)."""
    if len(paths) == 1 and os.path.isdir(paths[0]):  # noqa: PTH112 -- Path's raises for odd names
        return paths[0]
    try:
        return Path(os.path.commonpath([path.parent for path in paths]))
    except ValueError:
        return None


def _name(path: Path, base: Path | None) -> str:
    return (path.relative_to(base) if base else path).as_posix()


def _walk(
    folder: Path, base: Path | None, choice: Choice, most: int, stop: threading.Event
) -> None:
    found = 0
    for path, reason, size in _files_in(folder, stop):
        name = _name(path, base)
        if reason is not None:
            choice.left_out.append(LeftOut(name, reason))
            continue
        found += 1
        if found > most:
            raise DocumentError(
                f"{safe_name(str(folder))} holds more than {most:,} files: choose a smaller folder"
            )
        choice.files.append(Chosen(path, name, size, alone=False))


def _files_in(folder: Path, stop: threading.Event) -> Iterator[tuple[Path, str | None, int]]:
    """Files below a folder, each with the reason if it is to be left out, and its size."""
    waiting = [folder]
    while waiting:
        if stop.is_set():
            raise Stopped
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = list(entries)
        except OSError as error:
            if here == folder:
                raise DocumentError(
                    f"{safe_name(str(folder))} cannot be read: {error.strerror}"
                ) from error
            yield here, f"the folder cannot be read: {error.strerror}", 0
            continue
        for entry in listed:
            path = Path(entry.path)
            reason = _why_not(entry)
            if reason is None and entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif reason is not None:
                yield path, reason, 0
            else:
                yield path, None, _size(entry)


def _size(entry: "os.DirEntry[str]") -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except FileNotFoundError:  # it vanished; opening it will tell
        return 0


def _why_not(entry: "os.DirEntry[str]") -> str | None:
    if entry.is_symlink():
        return "a link"
    if entry.name.startswith(".") or entry.name in _JUNK:
        return _HIDDEN
    if entry.is_dir(follow_symlinks=False):
        return _BUILT if _is_built(entry) else None
    if not entry.is_file(follow_symlinks=False):
        return "a pipe, socket or device"
    return None


def _is_built(entry: "os.DirEntry[str]") -> bool:
    """A folder that a tool fills; `pyvenv.cfg` marks a Python environment of any name."""
    mark = os.path.join(entry.path, "pyvenv.cfg")  # noqa: PTH118
    # Path.exists would raise for a folder that may not be looked into.
    return entry.name in _BUILD_FOLDERS or os.path.exists(mark)  # noqa: PTH110
