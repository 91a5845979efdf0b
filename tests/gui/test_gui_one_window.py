"""A second start hands what it was given to the window that is open."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.later_starts import LaterStarts
from rlm_desktop.gui.one_window import OneWindow, Request
from tests.gui.conftest import OpenWindow

#: A second start, in a process of its own: only a running loop of the first can reply to it.
_SECOND = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from rlm_desktop.gui.one_window import OneWindow, Request
app = QCoreApplication([])
files = tuple(Path(each) for each in sys.argv[2:])
one = OneWindow(Path(sys.argv[1]))
print(one.is_first(Request(files, 7)), flush=True)
os._exit(9)
"""


def second_start(folder: Path, *files: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _SECOND, str(folder), *map(str, files)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_second_start_passes_its_files_on(qtbot: QtBot, tmp_path: Path) -> None:
    one = OneWindow(tmp_path)
    assert one.is_first(Request())
    with qtbot.waitSignal(one.requested, timeout=20_000) as signal:
        second = second_start(tmp_path, tmp_path / "a b.txt", tmp_path / "ü.log")
    assert second.communicate(timeout=20)[0].strip() == "False"
    assert signal.args == [Request((tmp_path / "a b.txt", tmp_path / "ü.log"), 7)]
    one.close()


def test_another_data_folder_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    first, other = OneWindow(here), OneWindow(there)
    assert first.is_first(Request())
    assert other.is_first(Request())
    first.close()
    other.close()


def test_what_a_killed_window_left_is_put_aside(qtbot: QtBot, tmp_path: Path) -> None:
    assert second_start(tmp_path).communicate(timeout=20)[0].strip() == "True"
    one = OneWindow(tmp_path)
    assert one.is_first(Request())
    with qtbot.waitSignal(one.requested, timeout=20_000):
        second = second_start(tmp_path)
    second.communicate(timeout=20)
    one.close()


def test_a_folder_with_a_long_path_has_one_window_too(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    one = OneWindow(folder)
    assert one.is_first(Request())
    with qtbot.waitSignal(one.requested, timeout=20_000):
        second = second_start(folder)
    second.communicate(timeout=20)
    one.close()


def test_only_the_user_may_use_the_socket(qtbot: QtBot, tmp_path: Path) -> None:
    one = OneWindow(tmp_path)
    assert one.is_first(Request())
    assert (tmp_path / "window.socket").stat().st_mode & 0o077 == 0
    one.close()


@pytest.mark.parametrize(
    "line",
    [
        b"not json\n",
        b"[]\n",
        b'{"files": "all", "run": null}\n',
        b'{"files": [1], "run": null}\n',
        b'{"files": ["a\\u0000b"], "run": null}\n',
        b'{"files": [], "run": "1"}\n',
        b'{"files": [], "run": true}\n',
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b"x" * 1_200_000,
    ],
    ids=range(10),
)
def test_what_is_no_request_is_not_answered(qtbot: QtBot, tmp_path: Path, line: bytes) -> None:
    one = OneWindow(tmp_path)
    assert one.is_first(Request())
    heard: list[object] = []
    one.requested.connect(heard.append)
    socket = QLocalSocket()
    with qtbot.waitSignal(socket.disconnected, timeout=10_000):
        socket.connectToServer(str(tmp_path / "window.socket"))
        socket.write(line)
    assert heard == []
    assert socket.readAll().data() == b""
    one.close()


def test_the_window_opens_the_files_of_a_later_start(
    open_window: OpenWindow, qtbot: QtBot, document: Path, tmp_path: Path
) -> None:
    window = open_window()
    one = OneWindow(tmp_path)
    LaterStarts(one, window)
    window.showMinimized()
    with qtbot.waitSignal(window.workbench.documents.read):
        one.requested.emit(Request((document,)))
    assert window.workbench.documents.paths == [document]
    assert not window.isMinimized()


def test_files_that_come_during_a_run_are_opened_when_it_has_ended(
    open_window: OpenWindow, qtbot: QtBot, document: Path, tmp_path: Path
) -> None:
    window = open_window()
    one = OneWindow(tmp_path)
    LaterStarts(one, window)
    documents = window.workbench.documents
    documents.set_changeable(False)
    one.requested.emit(Request((document,)))
    assert documents.paths == []
    assert window.views.errors.isVisible()
    with qtbot.waitSignal(documents.read):
        documents.set_changeable(True)
    assert documents.paths == [document]
