"""A model from a web address, going on where an earlier fetch stopped."""

import http.client
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Generator
from pathlib import Path

from rlm_desktop.errors import Stopped
from rlm_desktop.models.catalogue import Address, Entry
from rlm_desktop.models.fetching import FetchProgress, SourceFailed, Stage

_PIECE_BYTES = 1024 * 1024
#: A server that says nothing for so long is taken as gone. Stop waits no longer than this.
_TIMEOUT_SECONDS = 15.0
_OK, _PARTIAL = 200, 206


def fill(
    source: Address, entry: Entry, part: Path, stop: threading.Event
) -> Generator[FetchProgress, None, None]:
    """Append what is still missing to `part`. Raises SourceFailed or Stopped."""
    done = part.stat().st_size if part.is_file() else 0
    with _open(source, done) as response, part.open("ab") as out:
        done = _begins_at(response, done, entry)
        out.truncate(done)
        while done < entry.size:
            if stop.is_set():
                raise Stopped
            piece = _read(response, min(_PIECE_BYTES, entry.size - done))
            if not piece:
                raise SourceFailed(f"the connection ended after {done:,} bytes")
            out.write(piece)
            done += len(piece)
            yield FetchProgress(done, entry.size, Stage.FETCHING, str(source))
        out.flush()
        os.fsync(out.fileno())


def _open(source: Address, done: int) -> http.client.HTTPResponse:
    # Only https addresses come out of the catalogue.
    request = urllib.request.Request(source.address, headers={"Range": f"bytes={done}-"})  # noqa: S310
    try:
        response: http.client.HTTPResponse = urllib.request.urlopen(  # noqa: S310
            request, timeout=_TIMEOUT_SECONDS
        )
    except urllib.error.HTTPError as error:
        error.close()
        raise SourceFailed(f"it answered {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise SourceFailed(f"it cannot be reached: {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise SourceFailed(f"it cannot be reached: {error}") from error
    return response


def _read(response: http.client.HTTPResponse, count: int) -> bytes:
    try:
        return response.read(count)
    except (OSError, http.client.HTTPException) as error:
        raise SourceFailed(f"the connection broke: {error}") from error


def _begins_at(response: http.client.HTTPResponse, asked: int, entry: Entry) -> int:
    """The position in the file that the answer begins at: as asked, or 0 from a simple server."""
    if response.status == _PARTIAL:
        expected = f"bytes {asked}-{entry.size - 1}/{entry.size}"
        if response.headers.get("Content-Range") != expected:
            raise SourceFailed("it has another file under that name")
        return asked
    length = response.headers.get("Content-Length")
    if response.status != _OK or length not in (None, str(entry.size)):
        raise SourceFailed("it has another file under that name")
    return 0
