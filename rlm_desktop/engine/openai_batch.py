"""Several requests to a server at once, each on a thread of its own, joined into one stream."""

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rlm_desktop.errors import RlmError, Stopped

#: How often what waits looks whether it is still wanted. A stop takes effect within 0.2 s.
_LOOK_SECONDS = 0.04

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Came(Generic[_T]):
    """A message or an error of a thread; neither when it has ended."""

    message: _T | None = None
    error: RlmError | None = None


class Room:
    """Room for so many requests at a time, whoever makes them."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._free = threading.Semaphore(width)

    def enter(self, ended: threading.Event) -> bool:
        """Wait for room and take it; False, and none taken, if it is not wanted any more."""
        while not ended.is_set():
            if self._free.acquire(timeout=_LOOK_SECONDS):
                return True
        return False

    def leave(self) -> None:
        self._free.release()


def all_of(
    answer: Callable[[int], Iterator[_T]],
    count: int,
    room: Room,
    stop: threading.Event,
    give_up: Callable[[], None],
) -> Generator[_T, None, None]:
    """What `answer` gives for the indexes below `count`, as many at once as there is room.

    When it is left or stopped, or one of them fails, `give_up` is called, which has to make
    every `answer` end. No thread outlives this. Raises Stopped, and what `answer` raises.
    """
    came: queue.SimpleQueue[_Came[_T]] = queue.SimpleQueue()
    todo = iter(range(count))
    taking, ended = threading.Lock(), threading.Event()

    def work() -> None:
        try:
            while room.enter(ended):
                try:
                    with taking:
                        index = next(todo, None)
                    if index is None:
                        return
                    for message in answer(index):
                        came.put(_Came(message=message))
                finally:
                    room.leave()
        except RlmError as error:
            came.put(_Came(error=error))
        finally:
            came.put(_Came())

    threads = [
        threading.Thread(target=work, name=f"server request {number}")
        for number in range(min(count, room.width))
    ]
    started = []
    try:
        for thread in threads:
            thread.start()
            started.append(thread)
        yield from _joined(came, len(threads), stop)
    finally:
        ended.set()
        give_up()
        for thread in started:
            thread.join()


def _joined(
    came: "queue.SimpleQueue[_Came[_T]]", working: int, stop: threading.Event
) -> Iterator[_T]:
    """What comes, until nobody works any more."""
    while working:
        if stop.is_set():
            raise Stopped
        try:
            each = came.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        if stop.is_set():
            raise Stopped
        if each.error is not None:
            raise each.error
        if each.message is None:
            working -= 1
        else:
            yield each.message
