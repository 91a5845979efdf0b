"""The engine that answers from a process of its own.

llama.cpp can abort its process, and killing it is the one sure way to stop it and to get the
memory back. So whatever happens there, here it is an exception.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import psutil

from rlm_desktop.engine.base import Done, Prompt, Wrote
from rlm_desktop.engine.frames import (
    Answer,
    Cancel,
    Count,
    Counted,
    Failed,
    Failure,
    Generate,
    Load,
    Loaded,
    Loading,
    Piece,
    Request,
    answer_from,
    to_wire,
)
from rlm_desktop.errors import EngineDied, EngineError, ModelError, PromptTooLong, RlmError, Stopped
from rlm_desktop.ipc.child_process import ChildProcess

#: How long the process may take to heed a Cancel before it is killed.
_CANCEL_SECONDS = 2.0
#: How often a wait looks whether the engine was closed.
_LOOK_SECONDS = 0.1

_ENVIRONMENT = {
    # The threads of llama.cpp wait for each other some hundred times per token, turning in a
    # loop. When another process has one of the cores, they turn in vain: with one busy process
    # on two cores a 0.5B model wrote 1.6 tokens a second, and 11.3 with threads that soon give
    # their core away. On an idle machine it made no difference (21.3 and 21.4).
    "GOMP_SPINCOUNT": "1000",
    # A stack trace by gdb, which llama.cpp would run on an abort, takes seconds.
    "GGML_NO_BACKTRACE": "1",
}


class ProcessEngine:
    """A model in a GGUF file, in a process that is started when it is first loaded.

    0 `threads` and a `window` of 0 leave the choice to the engine; `gpu_layers` of -1 puts all
    on the graphics card, if there is one.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str | None = None,
        threads: int = 0,
        window: int = 0,
        gpu_layers: int = -1,
    ) -> None:
        self._path = path
        self._name = path.stem if name is None else name
        self._settings = (threads, window, gpu_layers)
        self._child: ChildProcess | None = None
        self._starting = threading.Lock()
        self._closed = False
        self._window = 0
        self._loaded = False
        self._requests = 0
        self._busy = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def window(self) -> int:
        if not self._window:
            raise RuntimeError("the window of a model is known once it is loaded")
        return self._window

    @property
    def pid(self) -> int | None:
        """The process that has the model, if there is one."""
        child = self._child
        return None if child is None else child.pid

    @property
    def memory_bytes(self) -> int:
        """How much memory the process uses; 0 without one. Most of it is the model's file."""
        pid = self.pid
        try:
            return 0 if pid is None else psutil.Process(pid).memory_info().rss
        except psutil.NoSuchProcess:
            return 0

    def load(self, stop: threading.Event) -> Iterator[float]:
        """Start the process and load the model, unless that is done."""
        if self._loaded and self._child is not None and self._child.alive:
            yield 1.0
            return
        if stop.is_set():
            raise Stopped
        if not self._path.is_file():
            raise ModelError(f"{self._path} is missing; choose the file again or download it")
        self._end_child()
        self._start_child()
        try:
            with contextlib.closing(self._ask(self._load_request, stop)) as answers:
                for answer in answers:
                    match answer:
                        case Loading(_, fraction):
                            yield fraction
                        case Loaded(_, window):
                            self._window = window
                            self._loaded = True
        except EngineDied as error:
            raise ModelError(f"{self._path.name} cannot be loaded: {error}") from error
        finally:
            if not self._loaded:  # half a model is of no use, and its memory is wanted back
                self._end_child()
        yield 1.0

    def restart(self, stop: threading.Event) -> Iterator[float]:
        """Load again, in a new process."""
        self._end_child()
        yield from self.load(stop)

    def count(self, text: str) -> int:
        """How many tokens a plain text has. Not while a reply is being generated."""
        counted = 0
        asked = self._ask(lambda number: Count(number, text), threading.Event())
        with contextlib.closing(asked) as answers:
            for answer in answers:
                if isinstance(answer, Counted):
                    counted = answer.tokens
        return counted

    def generate(self, prompts: Sequence[Prompt], stop: threading.Event) -> Iterator[Wrote | Done]:
        """Answer the prompts one after another. `load` comes first."""
        asked = self._ask(lambda number: Generate(number, tuple(prompts)), stop)
        with contextlib.closing(asked) as answers:
            for answer in answers:
                if isinstance(answer, Piece):
                    yield answer.message

    def close(self) -> None:
        """End the process for good; may come from any thread, and more than once."""
        self._closed = True
        self._end_child()

    # -- the process

    def _start_child(self) -> None:
        environment = {**_ENVIRONMENT, **os.environ}
        with self._starting:
            if self._closed:
                raise EngineError("the engine is closed")
            self._child = ChildProcess("engine", died=EngineDied, environment=environment)

    def _end_child(self) -> None:
        with self._starting:
            child, self._child = self._child, None
            self._loaded = False
            if child is not None:
                child.kill()

    def _load_request(self, number: int) -> Load:
        return Load(number, str(self._path.resolve()), *self._settings)

    def _ask(
        self, make: Callable[[int], Request], stop: threading.Event
    ) -> Generator[Answer, None, None]:
        """Make a request of the process, and yield its answers. A failure is raised."""
        child = self._child
        if child is None:
            if self._closed:
                raise EngineError("the engine is closed")
            raise EngineDied("the engine process is not running")
        if self._busy:
            raise RuntimeError("the engine is still answering; it belongs to one caller at a time")
        if stop.is_set():
            raise Stopped
        self._requests += 1
        number = self._requests
        self._busy = True
        ended = False
        try:
            self._send(child, make(number))
            while not ended:
                answer = self._receive(child, number, stop)
                ended = not isinstance(answer, Loading | Piece)
                if isinstance(answer, Failed):
                    raise self._error_of(answer)
                yield answer
        except EngineDied:
            ended = True
            raise
        finally:
            if not ended:  # stopped, or the caller wants no more
                self._cancel(child, number)
            self._busy = False

    def _send(self, child: ChildProcess, request: Request) -> None:
        try:
            child.send(to_wire(request))
        except ValueError as error:  # the pipe was closed under us, or the message is too long
            if self._closed:
                raise EngineError("the engine is closed") from error
            raise EngineError(f"the engine cannot be asked this: {error}") from error

    def _receive(
        self, child: ChildProcess, number: int, stop: threading.Event | None, seconds: float = 1e9
    ) -> Answer:
        """The next answer to request `number`. Raises TimeoutError after so many seconds."""
        deadline = time.monotonic() + seconds
        while True:
            if self._closed:
                raise EngineError("the engine was closed")
            try:
                untrusted = child.receive(stop, min(deadline, time.monotonic() + _LOOK_SECONDS))
            except TimeoutError:
                if time.monotonic() >= deadline:
                    raise
                continue
            except EngineDied as error:
                raise self._explained(child, error) from error
            try:
                answer = answer_from(untrusted)
            except ValueError as error:
                raise EngineDied(f"the engine process broke the protocol: {error}") from error
            if answer.request == number:
                return answer

    def _explained(self, child: ChildProcess, error: EngineDied) -> RlmError:
        """How the process ended, and the last thing it said."""
        if self._closed:
            return EngineError("the engine was closed")
        reason = str(error)
        if "SIGKILL" in reason:
            reason += ", as a system does that has run out of memory"
        lines = child.stderr_tail.strip().splitlines()
        return EngineDied(f"{reason}. It said: {lines[-1].strip()}" if lines else reason)

    def _cancel(self, child: ChildProcess, number: int) -> None:
        """Make the process ready for the next request, or end it."""
        try:
            self._send(child, Cancel(number))
            while isinstance(self._receive(child, number, None, _CANCEL_SECONDS), Loading | Piece):
                pass
        except (TimeoutError, EngineError):
            self._end_child()

    def _error_of(self, failed: Failed) -> RlmError | Stopped:
        match failed.failure:
            case Failure.MODEL:
                return ModelError(failed.message)
            case Failure.TOO_LONG:
                return PromptTooLong(failed.tokens, failed.allowed)
            case Failure.CANCELLED:
                return Stopped()
            case Failure.ENGINE:
                return EngineError(failed.message)
