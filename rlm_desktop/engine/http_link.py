"""HTTP to one server, as the user's own: no proxy, no redirect, and it ends when we want.

The standard library's client, with sockets of our own: a connection can be given up from another
thread at any moment, also while it is made. The name of the server is looked up once, and every
connection goes to what was found then: what the window says of the address stays true. All that
a server sends is limited in size. Nothing outside this file knows `http.client`.
"""

import contextlib
import errno
import http.client
import ipaddress
import json
import os
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Self

from rlm_desktop.errors import EngineDied, EngineError
from rlm_desktop.settings import server_parts

#: How long a server may take to let us in.
_CONNECT_SECONDS = 10.0
#: How often a connection that is being made looks whether it is still wanted.
_LOOK_SECONDS = 0.05
#: A line of a stream, and all of an answer. A reply of 10,000 tokens has about 3 MB of frames.
_LINE_BYTES = 1 << 20
_ANSWER_BYTES = 1 << 26
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = range(300, 400)


class Server:
    """A server by its address, such as http://192.168.1.5:8080.

    A path is kept, and an ending of /v1 is not needed. `key` goes to it as a bearer token, and
    nowhere else. Raises UsageError if the address is none.
    """

    def __init__(self, address: str, key: str | None = None) -> None:
        parts = server_parts(address)
        assert parts.hostname is not None, "server_parts checks it"
        self.host = parts.hostname
        self.port = parts.port or _PORTS[parts.scheme]
        self.path = parts.path.rstrip("/").removesuffix("/v1")
        self.key = key
        self.tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._found: list[tuple[Any, ...]] | None = None
        self._finding = threading.Lock()

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def is_this_machine(self) -> bool:
        """Whether all that the name stands for is this machine itself (127.0.0.0/8, ::1)."""
        found = self.places
        return bool(found) and all(_is_loopback(place[4][0]) for place in found)

    @property
    def places(self) -> list[tuple[Any, ...]]:
        """What the name stands for, as from getaddrinfo; looked up once. Empty if unknown."""
        with self._finding:
            if not self._found:
                try:
                    self._found = list(
                        socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
                    )
                except (OSError, UnicodeError):  # UnicodeError: it is no name at all
                    self._found = []
            return self._found

    def header(self) -> dict[str, str]:
        """What every request says."""
        said = {"Host": str(self), "Accept-Encoding": "identity", "Connection": "close"}
        return {**said, "Authorization": f"Bearer {self.key}"} if self.key else said


class Exchange:
    """One request and its answer, on a connection of its own.

    `close` may come from any thread, at any time: what waits ends at once, with EngineDied.
    `seconds` is how long the server may say nothing.
    """

    def __init__(self, server: Server, seconds: float) -> None:
        self._server = server
        self._seconds = seconds
        self._closing = threading.Lock()
        self._closed = False
        self._socket: socket.socket | None = None
        self._response: http.client.HTTPResponse | None = None
        self.status = 0
        self.kind = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        if self._response is not None:
            self._response.close()
        if self._socket is not None:
            self._socket.close()

    def close(self) -> None:
        """Give the connection up; whoever reads from it reads no more."""
        with self._closing:
            self._closed = True
            if self._socket is not None:
                with contextlib.suppress(OSError):  # the server may have been quicker
                    # That of ssl would wait for the lock of a read that goes on.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> None:
        """Send a request: a POST if there is a body. Sets `status` and `kind`, the media type.

        Raises EngineDied if there is no connection, EngineError for a redirect.
        """
        server = self._server
        connection = http.client.HTTPConnection(server.host, server.port)
        headers = server.header()
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        try:
            connection.sock = self._connect()
            method = "GET" if body is None else "POST"
            connection.request(method, server.path + path, content, headers)
            self._response = connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._broken(error) from error
        self.status = self._response.status
        self.kind = (self._response.headers.get_content_type() or "").lower()
        if self.status in _REDIRECTS:
            place = (self._response.headers.get("Location") or "elsewhere")[:200]
            raise EngineError(
                f"the server at {server} sends us on to {place!r}, where no text is sent: "
                "if that is right, write it into the setting server_address"
            )

    def lines(self) -> Iterator[bytes]:
        """The lines of the answer, as they come. Raises EngineDied, and EngineError if too long."""
        assert self._response is not None, "a request comes first"
        total = 0
        while True:
            line = self._read(self._response.readline)
            total += len(line)
            if total > _ANSWER_BYTES or len(line) > _LINE_BYTES:
                raise EngineError(f"the server at {self._server} sent more than any reply has")
            if not line:
                return
            yield line

    def json(self) -> Any:
        """The whole answer as JSON, untrusted; None if it is none."""
        assert self._response is not None, "a request comes first"
        content = b""
        while piece := self._read(self._response.read1):
            content += piece
            if len(content) > _ANSWER_BYTES:
                raise EngineError(f"the server at {self._server} sent more than any answer has")
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            return None

    def _read(self, read: Callable[[int], bytes]) -> bytes:
        try:
            piece = read(_LINE_BYTES + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._broken(error) from error
        if self._closed:
            raise EngineDied(f"the connection to {self._server} was given up")
        return piece

    def _connect(self) -> socket.socket:
        """A connection to the first of the server's places that lets us in."""
        server = self._server
        if not server.places:
            raise OSError("its name is not known; look at the setting server_address")
        last: OSError | None = None
        for family, kind, protocol, _, place in server.places:
            made = socket.socket(family, kind, protocol)
            try:
                self._knock(made, place)
                made.settimeout(self._seconds)
                if server.tls is not None:
                    made = server.tls.wrap_socket(
                        made, server_hostname=server.host, do_handshake_on_connect=False
                    )
                self._keep(made)
                if isinstance(made, ssl.SSLSocket):
                    made.do_handshake()
            except OSError as error:
                made.close()
                last = error
                if self._closed or isinstance(error, ssl.SSLError):
                    break
            except BaseException:
                made.close()
                raise
            else:
                return made
        assert last is not None, "there was a place"
        raise last

    def _keep(self, made: socket.socket) -> None:
        with self._closing:
            if self._closed:
                raise OSError("it was given up")
            self._socket = made

    def _knock(self, made: socket.socket, place: Any) -> None:
        """Connect, looking all the time whether that is still wanted."""
        made.settimeout(0)
        made.connect_ex(place)
        deadline = time.monotonic() + _CONNECT_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(made, selectors.EVENT_WRITE)
            while not selector.select(_LOOK_SECONDS):
                if self._closed:
                    raise OSError("it was given up")
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no answer for {_CONNECT_SECONDS:.0f} s")
        number = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            refused = number == errno.ECONNREFUSED
            raise OSError(
                number, "nobody listens there; is it running?" if refused else os.strerror(number)
            )

    def _broken(self, error: Exception) -> EngineDied:
        server = self._server
        if isinstance(error, ssl.SSLCertVerificationError):
            return EngineDied(
                f"the certificate of {server} is not trusted: {error.verify_message}; make it "
                "known to this system, or name the server as its certificate does"
            )
        if isinstance(error, ssl.SSLError):
            return EngineDied(
                f"{server} does not speak TLS as expected ({error.reason}); if it has no TLS, "
                "begin the setting server_address with http://"
            )
        if isinstance(error, TimeoutError):
            return EngineDied(f"the server at {server} said nothing for too long: {error}")
        told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return EngineDied(
            f"the server at {server} cannot be reached: {told or type(error).__name__}"
        )


def _is_loopback(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
