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

from rlm_desktop.engine import hardware
from rlm_desktop.engine.base import Done, Expected, Prompt, Scored, Wrote
from rlm_desktop.engine.exchange import Exchange, Line
from rlm_desktop.engine.frames import (
    Answer,
    Began,
    Cancel,
    Count,
    Counted,
    Failed,
    Failure,
    Generate,
    Load,
    Loaded,
    Loading,
    Paced,
    Piece,
    Request,
    Score,
)
from rlm_desktop.engine.labels import checked_labels
from rlm_desktop.engine.speed import Pace, SpeedBook, machine_key, model_key
from rlm_desktop.errors import EngineDied, EngineError, ModelError, PromptTooLong, RlmError, Stopped
from rlm_desktop.ipc.child_process import ChildProcess

#: How long the process may take to heed a Cancel before it is killed.
_CANCEL_SECONDS = 2.0
#: How often a wait looks whether the engine was closed.
_LOOK_SECONDS = 0.1
_FOREVER = 1e9
#: How often the speed book is written while there is much to do.
_KEEP_SECONDS = 30.0
#: Answers after which more will come.
_GOES_ON = Loading | Began | Piece | Paced

_ENVIRONMENT = {
    # The threads of llama.cpp wait for each other some hundred times per token, turning in a
    # loop. When another process has one of the cores, they turn in vain: with one busy process
    # on two cores a 0.5B model wrote 1.6 tokens a second, and 11.3 with threads that soon give
    # their core away. Giving it away at once costs time on an idle machine: 16 replies of a 1.5B
    # took 8.4 s with 1,000 turns and 8.0 s with 10,000, as with the default; beside a busy
    # process 25.8 s with 1,000, 18.5 s with 10,000 and 28.5 s with 50,000.
    "GOMP_SPINCOUNT": "10000",
    # A stack trace by gdb, which llama.cpp would run on an abort, takes seconds.
    "GGML_NO_BACKTRACE": "1",
}


class ProcessEngine:
    """A model in a GGUF file, in a process that is started when it is first loaded.

    0 `threads` and a `window` of 0 leave the choice to the engine; `gpu_layers` of -1 puts as
    many as fit on the graphics card, if there is one, going by `gpu_bytes`: what 0, 1, 2, ...
    of them take there. What is measured of its speed goes into `speed_book`.
    """

    address = ""
    can_score = True

    def __init__(
        self,
        path: Path,
        *,
        name: str | None = None,
        threads: int = 0,
        window: int = 0,
        gpu_layers: int = -1,
        gpu_bytes: tuple[int, ...] = (),
        speed_book: SpeedBook | None = None,
    ) -> None:
        self._path = path
        self._name = path.stem if name is None else name
        self._settings = (threads, window, gpu_layers, gpu_bytes)
        self._gpu_layers = 0
        self._notice = ""
        self._child: ChildProcess | None = None
        self._exchange: Exchange | None = None
        self._starting = threading.Lock()
        self._loading = threading.Lock()
        self._closed = False
        self._window = 0
        self._loaded = False
        self._step = self._sequences = 1
        self._book = speed_book
        self._keys: tuple[str, str] | None = None  # of this model and machine, in the book
        self._pace = Pace()
        self._pacing = threading.Lock()
        self._pace_kept = 0.0  # when

    @property
    def name(self) -> str:
        return self._name

    @property
    def window(self) -> int:
        if not self._window:
            raise RuntimeError("the window of a model is known once it is loaded")
        return self._window

    @property
    def gpu_layers(self) -> int:
        """How many layers are on a graphics card, once it is loaded; -1 for all."""
        return self._gpu_layers

    @property
    def notice(self) -> str:
        """What the user should know of the load, such as fewer layers on a card than wanted."""
        return self._notice

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
        while not self._loading.acquire(timeout=_LOOK_SECONDS):  # another thread loads it
            if stop.is_set():
                raise Stopped
        try:
            if not self._ready:
                yield from self._load(stop)
        finally:
            self._loading.release()
        yield 1.0

    @property
    def _ready(self) -> bool:
        exchange, child = self._exchange, self._child
        works = exchange is not None and not exchange.failed and child is not None and child.alive
        return self._loaded and works

    def _load(self, stop: threading.Event) -> Iterator[float]:
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
                        case Loaded():
                            self._note_loaded(answer)
        except EngineDied as error:
            if self._window:  # the file is good: it was loaded before
                raise
            raise ModelError(f"{self._path.name} cannot be loaded: {error}") from error
        finally:
            if not self._loaded:  # half a model is of no use, and its memory is wanted back
                self._end_child()

    def _note_loaded(self, loaded: Loaded) -> None:
        self._window, self._step = loaded.window, loaded.step
        self._sequences = loaded.sequences
        self._gpu_layers, self._notice = loaded.gpu_layers, loaded.notice
        threads = self._settings[0]
        with self._pacing:
            if self._book is not None and self._keys is None:
                machine = machine_key(threads or hardware.good_threads(), loaded.gpu_layers)
                self._keys = model_key(self._path), machine
                self._pace = self._book.pace(*self._keys)
        self._loaded = True

    def restart(self, stop: threading.Event) -> Iterator[float]:
        """Load again, in a new process; at once if another thread has done that."""
        yield from self.load(stop)

    def count(self, text: str) -> int:
        """How many tokens a plain text has."""
        counted = 0
        asked = self._ask(lambda number: Count(number, text), threading.Event())
        with contextlib.closing(asked) as answers:
            for answer in answers:
                if isinstance(answer, Counted):
                    counted = answer.tokens
        return counted

    def generate(self, prompts: Sequence[Prompt], stop: threading.Event) -> Iterator[Wrote | Done]:
        """Answer the prompts, all at once as far as there is room. `load` comes first."""
        asked = self._ask(lambda number: Generate(number, tuple(prompts)), stop)
        with contextlib.closing(asked) as answers:
            for answer in answers:
                if isinstance(answer, Piece) and not isinstance(answer.message, Scored):
                    yield answer.message

    def score(
        self, prompts: Sequence[Prompt], labels: Sequence[str], stop: threading.Event
    ) -> Iterator[Scored]:
        """How likely each label is as the reply to each prompt. `load` comes first."""
        names = checked_labels(labels)
        asked = self._ask(lambda number: Score(number, tuple(prompts), names), stop)
        with contextlib.closing(asked) as answers:
            for answer in answers:
                if isinstance(answer, Piece) and isinstance(answer.message, Scored):
                    yield answer.message

    def estimate(self, calls: Sequence[Expected]) -> float | None:
        """How many seconds calls will take, by what was measured on this machine."""
        if not self._loaded:
            return None
        with self._pacing:
            return self._pace.seconds(
                calls, step=self._step, sequences=self._sequences, cells=self._window
            )

    def close(self) -> None:
        """End the process for good; may come from any thread, and more than once."""
        if not self._closed:
            self._keep_pace()
        self._closed = True
        self._end_child()

    # -- the process

    def _start_child(self) -> None:
        environment = {**_ENVIRONMENT, **os.environ}
        with self._starting:
            if self._closed:
                raise EngineError("the engine is closed")
            self._child = ChildProcess("engine", died=EngineDied, environment=environment)
            self._exchange = Exchange(self._child)

    def _end_child(self) -> None:
        with self._starting:
            child, self._child = self._child, None
            exchange, self._exchange = self._exchange, None
            self._loaded = False
            if child is not None:
                child.kill()
            if exchange is not None:
                exchange.fail("the engine process was ended")

    def _load_request(self, number: int) -> Load:
        return Load(number, str(self._path.resolve()), *self._settings)

    def _ask(
        self, make: Callable[[int], Request], stop: threading.Event
    ) -> Generator[Answer, None, None]:
        """Make a request of the process, and yield its answers. A failure is raised."""
        exchange = self._exchange
        if exchange is None:
            if self._closed:
                raise EngineError("the engine is closed")
            raise EngineDied("the engine process is not running")
        if stop.is_set():
            raise Stopped
        with self._told_if_closed():
            line = exchange.ask(make)
            ended = False
            try:
                while not ended:
                    answer = self._receive(exchange, line, stop)
                    ended = not isinstance(answer, _GOES_ON)
                    if isinstance(answer, Failed):
                        raise self._error_of(answer)
                    if isinstance(answer, Paced):
                        self._note_pace(answer)
                    yield answer
            except EngineDied:
                ended = True
                raise
            finally:
                if not ended:  # stopped, or the caller wants no more
                    self._cancel(exchange, line)
                exchange.end(line)

    @contextlib.contextmanager
    def _told_if_closed(self) -> Iterator[None]:
        """What fails because the engine was closed meanwhile is told as that."""
        try:
            yield
        except EngineError as error:
            if self._closed:
                raise EngineError("the engine was closed") from error
            raise

    def _receive(
        self,
        exchange: Exchange,
        line: Line,
        stop: threading.Event | None,
        seconds: float = _FOREVER,
    ) -> Answer:
        """The next answer. Raises TimeoutError after so many seconds."""
        deadline = time.monotonic() + seconds
        while True:
            if self._closed:
                raise EngineError("the engine was closed")
            try:
                return exchange.receive(line, stop, min(deadline, time.monotonic() + _LOOK_SECONDS))
            except TimeoutError:
                if time.monotonic() >= deadline:
                    raise

    def _cancel(self, exchange: Exchange, line: Line) -> None:
        """Have a request dropped; the process is ended if it does not heed that."""
        try:
            exchange.send(Cancel(line.number))
            while isinstance(self._receive(exchange, line, None, _CANCEL_SECONDS), _GOES_ON):
                pass
        except (TimeoutError, EngineError):
            if exchange is self._exchange:
                self._end_child()

    def _note_pace(self, paced: Paced) -> None:
        with self._pacing:
            for rows, seconds in paced.steps:
                self._pace.measured(rows, seconds)
        if time.monotonic() - self._pace_kept > _KEEP_SECONDS:
            self._keep_pace()

    def _keep_pace(self) -> None:
        with self._pacing:
            self._pace_kept = time.monotonic()
            if self._book is not None and self._keys is not None:
                self._book.keep(*self._keys, self._pace)

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
