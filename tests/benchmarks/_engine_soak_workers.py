"""The threads of the soak test: each takes a request, makes it, and looks at the answers."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from _engine_soak_requests import Answer, Kind, Request, faults, mistaken

from rlm_desktop.engine.base import Done, Engine, Prompt, Scored, Wrote
from rlm_desktop.errors import EngineDied, EngineError, PromptTooLong, Stopped


class Soak:
    """Makes requests of an engine from several threads, and keeps count."""

    def __init__(self, engine: Engine, requests: Sequence[Request]) -> None:
        self._engine = engine
        self._waiting: Iterator[Request] = iter(requests)
        self._lock = threading.Lock()
        self.under_way: dict[int, tuple[Request, float]] = {}
        self.ended: Counter[str] = Counter()
        self.faults: list[str] = []
        self.cancel_seconds: list[float] = []
        #: Prompts that were answered with another's code, to be asked again alone.
        self.doubtful: list[tuple[Request, int, str]] = []

    def start(self, threads: int) -> list[threading.Thread]:
        workers = [
            threading.Thread(target=self._work, name=f"soak {number}", daemon=True)
            for number in range(threads)
        ]
        for worker in workers:
            worker.start()
        return workers

    @property
    def done(self) -> int:
        return self.ended.total()

    @property
    def oldest(self) -> float:
        """For how many seconds the oldest request has been under way."""
        now = time.monotonic()
        return max((now - began for _, began in list(self.under_way.values())), default=0.0)

    def _work(self) -> None:
        while True:
            with self._lock:
                request = next(self._waiting, None)
            if request is None:
                return
            self.under_way[request.number] = (request, time.monotonic())
            try:
                how = self._make(request)
            except EngineDied as error:
                self._fault(request, f"the engine died: {error}")
                how = "died"
            finally:
                del self.under_way[request.number]
            with self._lock:
                self.ended[f"{request.kind}: {how}"] += 1

    def _fault(self, request: Request, text: str) -> None:
        with self._lock:
            self.faults.append(f"request {request.number}, {request.kind}: {text}")

    def _make(self, request: Request) -> str:
        """Make a request, and return how it ended."""
        stop = threading.Event()
        stopped_at: list[float] = []

        def give_up() -> None:
            stopped_at.append(time.monotonic())
            stop.set()

        timer = threading.Timer(request.cancelled_after or 0, give_up)
        if request.cancelled_after is not None:
            timer.start()
        try:
            answers = ask(self._engine, request, stop)
        except Stopped:
            if not stopped_at:
                self._fault(request, "stopped, though nobody asked for it")
            else:
                with self._lock:
                    self.cancel_seconds.append(time.monotonic() - stopped_at[0])
            return "cancelled"
        except EngineDied:
            raise
        except (EngineError, PromptTooLong, ValueError) as error:
            if request.kind is not Kind.BAD:
                self._fault(request, f"refused: {error}")
            return "refused"
        finally:
            timer.cancel()
            if timer.ident is not None:
                timer.join()
        if answers is None:
            return "left"
        if request.kind is Kind.BAD:
            self._fault(request, "answered, though it cannot be")
        for text in faults(request, answers):
            self._fault(request, text)
        for index in mistaken(request, answers):
            with self._lock:
                self.doubtful.append((request, index, answers[index].text))
        return "answered"

    def settle(self) -> int:
        """Ask again, alone, what was answered with another's code.

        If the model says the same then, it is the model's mistake, and counted; otherwise the
        answer was somebody else's.
        """
        mistakes = 0
        for request, index, text in self.doubtful:
            alone = replace(
                request,
                prompts=request.prompts[index : index + 1],
                codes=request.codes[index : index + 1],
            )
            answers = ask(self._engine, alone, threading.Event())
            assert answers is not None
            if answers[0].text == text:
                mistakes += 1
            else:
                self._fault(request, f"{text} instead of {request.codes[index]}: wrong routing")
        return mistakes


def ask(engine: Engine, request: Request, stop: threading.Event) -> list[Answer] | None:
    """The answers to the prompts of a request; None if it was left before its end.

    Raises ValueError where a prompt has not exactly one end.
    """
    if request.labels:
        return _ask_labels(engine, request, stop)
    texts = [""] * len(request.prompts)
    ended: dict[int, Answer] = {}
    messages = engine.generate(request.prompts, stop)
    for message in messages:
        match message:
            case Wrote(index, text):
                if request.left:
                    messages.close()  # type: ignore[attr-defined]  # it is a generator
                    return None
                texts[index] += text
            case Done(index, usage, finish):
                if index in ended:
                    raise EngineError(f"prompt {index} ended twice")
                ended[index] = Answer(texts[index], usage.reply_tokens, finish)
    return _in_order(request.prompts, ended)


def _ask_labels(engine: Engine, request: Request, stop: threading.Event) -> list[Answer]:
    ended: dict[int, Answer] = {}
    for scored in engine.score(request.prompts, request.labels, stop):
        assert isinstance(scored, Scored)
        if tuple(score.label for score in scored.scores) != request.labels:
            raise EngineError(f"labels in another order: {scored.scores}")
        ended[scored.index] = Answer(scored.best.label, 0)
    return _in_order(request.prompts, ended)


def _in_order(prompts: Sequence[Prompt], ended: dict[int, Answer]) -> list[Answer]:
    if set(ended) != set(range(len(prompts))):
        raise EngineError(f"of {len(prompts)} prompts these ended: {sorted(ended)}")
    return [ended[index] for index in range(len(prompts))]
