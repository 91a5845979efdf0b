"""The engine process: it owns the model, and answers all requests at once.

A thread of its own reads what the parent says, so that a Cancel is heard in the middle of a
computation, and the end of the parent as well: then the process is gone at once. (Linux's
parent-death signal is no help: it comes when the *thread* that started us ends, and we serve
one run after the other.)
"""

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rlm_desktop.engine import hardware, llama, offload
from rlm_desktop.engine.answering import Answering
from rlm_desktop.engine.backend import Interrupted
from rlm_desktop.engine.frames import (
    Answer,
    Cancel,
    Count,
    Counted,
    Describe,
    Described,
    Failed,
    Failure,
    Generate,
    Load,
    Loaded,
    Loading,
    Request,
    Score,
    request_from,
    to_wire,
)
from rlm_desktop.errors import EngineError, ModelError, PromptTooLong, Stopped
from rlm_desktop.ipc import wire
from rlm_desktop.ipc.child_side import take_channel

#: A load says how far it is in steps of this.
_PROGRESS_STEP = 0.01


def main() -> None:
    """Serve until the parent closes the connection."""
    incoming, outgoing = take_channel()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the parent
    _deny_network()
    EngineChild(incoming, outgoing).serve()


def _deny_network() -> None:
    if sys.platform == "linux":
        from rlm_desktop.jail.linux import deny_network

        deny_network()


class EngineChild:
    """Reads requests in a thread, and answers them in the thread that calls `serve`."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._interrupt = False  # something was cancelled: look at it now
        self._log = llama.Log()
        self._answering: Answering | None = None

    def serve(self) -> None:
        threading.Thread(target=self._listen, name="requests", daemon=True).start()
        while True:
            self._heed_cancels()
            if self._answering is None or self._answering.idle:
                self._take(self._requests.get())
            with contextlib.suppress(queue.Empty):
                while True:
                    self._take(self._requests.get_nowait())
            if self._answering is not None:
                self._go_on(self._answering)

    def _listen(self) -> None:
        try:
            while (untrusted := wire.receive(self._incoming)) is not None:
                request = request_from(untrusted)
                if isinstance(request, Cancel):
                    self._cancelled.add(request.request)
                    self._interrupt = True
                self._requests.put(request)  # a Cancel as well: what it names came before it
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            os._exit(1)
        os._exit(0)  # the parent is gone; nothing here needs an orderly end

    def _heed_cancels(self) -> None:
        self._interrupt = False
        for request in list(self._cancelled):
            if self._answering is not None and self._answering.cancel(request):
                self._cancelled.discard(request)
                self._say(Failed(request, Failure.CANCELLED))

    def _go_on(self, answering: Answering) -> None:
        try:
            answers = answering.step()
        except Interrupted:
            return
        for answer in answers:
            self._say(answer)

    def _say(self, answer: Answer) -> None:
        wire.send(self._outgoing, to_wire(answer))

    def _take(self, request: Request) -> None:
        """Begin with a request, or do it if it is done at once."""
        if isinstance(request, Cancel):
            self._heed_cancels()
            self._cancelled.discard(request.request)
            return
        with self._errors_told(request.request):
            while request.request not in self._cancelled:
                try:
                    self._begin(request)
                    break
                except Interrupted:  # in the middle of a long text, maybe by another's Cancel
                    self._heed_cancels()
            else:
                raise Stopped

    def _begin(self, request: Request) -> None:
        number = request.request
        match request:
            case Load():
                self._say(self._load(request))
            case Generate(_, prompts):
                self._loaded().generate(number, prompts)
            case Score(_, prompts, labels):
                self._loaded().score(number, prompts, labels)
            case Count(_, text):
                self._say(Counted(number, self._loaded().count(text)))
            case Describe():
                self._say(Described(number, llama.devices()))

    @contextlib.contextmanager
    def _errors_told(self, number: int) -> Iterator[None]:
        try:
            yield
        except Stopped:
            self._say(Failed(number, Failure.CANCELLED))
        except PromptTooLong as error:
            failed = Failed(number, Failure.TOO_LONG, str(error), error.tokens, error.allowed)
            self._say(failed)
        except EngineError as error:
            self._say(Failed(number, Failure.ENGINE, str(error)))
        except ModelError as error:
            self._say(Failed(number, Failure.MODEL, str(error)))

    def _loaded(self) -> Answering:
        if self._answering is None:
            raise EngineError("no model is loaded")
        return self._answering

    def _load(self, request: Load) -> Loaded:
        """Load with as many layers on a graphics card as it takes, or with none."""
        devices = llama.devices() if request.gpu_layers else ()
        wanted, needs = request.gpu_layers, request.gpu_bytes
        first = offload.first_try(wanted, needs, devices)
        cause = ""
        for layers in offload.tries(first, max(0, len(needs) - 1)):
            try:
                model = self._open(request, layers)
                break
            except ModelError as error:
                if layers == 0:
                    raise
                cause = offload.cause_of(error)
        said = offload.notice(wanted, layers, needs, cause, gpu=offload.has_gpu(devices))
        return Loaded(request.request, model.window, model.step, model.sequences, layers, said)

    def _open(self, request: Load, gpu_layers: int) -> llama.LlamaModel:
        said = 0.0

        def progress(fraction: float) -> None:
            nonlocal said
            if fraction - said >= _PROGRESS_STEP:
                said = fraction
                self._say(Loading(request.request, fraction))

        path = Path(request.path)
        self._say(Loading(request.request, 0.0))
        model = llama.LlamaModel(
            path,
            threads=request.threads or hardware.good_threads(),
            window=request.window,
            gpu_layers=gpu_layers,
            log=self._log,
            progress=progress,
            interrupted=lambda: self._interrupt,
        )
        try:
            self._answering = Answering(model)
        except ModelError as error:
            model.close()
            raise ModelError(f"{path.name} cannot be used: {error}") from error
        return model
