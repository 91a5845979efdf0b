"""One window for one data folder: a second start hands its files to the first, and ends.

The socket lies in the data folder, which belongs to the user: nobody else can put one in its
place, and another RLM_DESKTOP_HOME has another window. What comes through it is read with
suspicion all the same, and the worst it can do is to open files.
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

#: Milliseconds that a window may take to say that it heard; one that hangs is not waited for.
PATIENCE = 2000

#: Bytes of the longest request that is read.
_LONGEST = 1_000_000

#: Where sockets are files, this is the longest path that every system takes.
_LONGEST_PATH = 100

_HEARD = b"heard\n"


@dataclass(frozen=True, slots=True)
class Request:
    """What a start asks for: documents to open, and a kept run to show."""

    files: tuple[Path, ...] = ()
    run: int | None = None

    def encode(self) -> bytes:
        files = [str(file.absolute()) for file in self.files]
        return json.dumps({"files": files, "run": self.run}).encode() + b"\n"

    @staticmethod
    def decode(line: bytes) -> "Request | None":
        """The request in a line; None if it is none."""
        try:
            read = json.loads(line)
            files, run = read["files"], read["run"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        if not isinstance(files, list) or not all(isinstance(each, str) for each in files):
            return None
        if any("\0" in each for each in files) or not (run is None or type(run) is int):
            return None
        return Request(tuple(Path(each) for each in files), run)


class OneWindow(QObject):
    """The first window of a data folder, or the way to it.

    Signals:
        requested: a Request of a later start.
    """

    requested = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = _address(folder)
        self._lock = folder / "window.lock"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._heard: dict[QLocalSocket, bytes] = {}

    def is_first(self, request: Request) -> bool:
        """Whether there is no other window; one that is there is given the request.

        Waits for its reply, so it is for before the window opens. Where no socket can be had
        this is the first window: two are better than none.
        """
        lock = QLockFile(str(self._lock))
        # Of two that start at once, one must not take away the socket of the other.
        locked = lock.tryLock(PATIENCE)
        try:
            if _hand_over(self._address, request):
                return False
            if locked:
                # Nobody replies, so what lies there is left from a window that was killed.
                QLocalServer.removeServer(self._address)
            self._server.listen(self._address)
        finally:
            lock.unlock()
        return True

    def close(self) -> None:
        """Take no more requests."""
        self._server.close()

    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._heard[socket] = b""
            socket.readyRead.connect(self._listen)
            socket.disconnected.connect(self._forget)
            self._read(socket)

    def _listen(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        heard = self._heard.get(socket)
        if heard is None:
            return
        heard += bytes(socket.readAll().data())
        self._heard[socket] = heard
        line, ended, _ = heard.partition(b"\n")
        if not ended and len(heard) <= _LONGEST:
            return
        request = Request.decode(line) if ended else None
        if request is not None:
            socket.write(_HEARD)
            socket.flush()
            self.requested.emit(request)
        socket.disconnectFromServer()

    def _forget(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and self._heard.pop(socket, None) is not None:
            socket.deleteLater()


def _address(folder: Path) -> str:
    path = str(folder.resolve() / "window.socket")
    if sys.platform != "win32" and len(path.encode()) <= _LONGEST_PATH:
        return path
    return "rlm-desktop-" + hashlib.sha256(path.encode()).hexdigest()[:20]


def _hand_over(address: str, request: Request) -> bool:
    """Whether a window took the request."""
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(PATIENCE):
        return False
    socket.write(request.encode())
    reply = b""
    while b"\n" not in reply and socket.waitForReadyRead(PATIENCE):
        reply += bytes(socket.readAll().data())
    socket.abort()
    return reply == _HEARD
