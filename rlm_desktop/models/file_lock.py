"""A lock that one process at a time can have, and that ends with its process."""

import errno
import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


#: What the system says when another has the lock: flock, and the two of Windows.
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
_POLL_SECONDS = 0.02


class FileLock:
    """A lock on a file, which is made if it is not there and stays there.

    The system lets go of it when the process ends, however it ends, so nobody has to guess
    whether a lock that was left behind still means something.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock if it is free; says whether it was. Raises OSError if it cannot be."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if error.errno in _TAKEN:
                return False
            raise
        self._descriptor = descriptor
        return True

    def acquire_within(self, seconds: float) -> bool:
        """Take the lock as soon as it is free; says whether it was in that time.

        For what others have it for a moment only.
        """
        end = time.monotonic() + seconds
        while not self.acquire():
            if time.monotonic() > end:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def release(self) -> None:
        if self._descriptor is None:
            return
        if sys.platform == "win32":
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            msvcrt.locking(self._descriptor, msvcrt.LK_UNLCK, 1)
        os.close(self._descriptor)
        self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
