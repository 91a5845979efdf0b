"""The engine that asks a server of the user's own, of the OpenAI kind.

llama-server, vLLM, Ollama, llama-cpp-python's server: on this machine, or on a larger one in the
network. It is the one part of the program by which text can leave this machine, it is used only
when the user wrote an address into the settings, and `address` says where to, for the notice
that stands in the window and for the record of the run.

There is no model in this process, so this engine needs no process of its own.
"""

import contextlib
import os
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rlm_desktop.engine import openai_wire
from rlm_desktop.engine.base import Done, Expected, Finish, Prompt, Scored, Usage, Wrote
from rlm_desktop.engine.http_link import Exchange, Server
from rlm_desktop.engine.labels import checked_labels
from rlm_desktop.engine.openai_batch import Room, all_of
from rlm_desktop.engine.openai_request import Reading, Request, request_for
from rlm_desktop.engine.openai_server import Asked, Facts, OpenExchanges
from rlm_desktop.engine.openai_wire import Told
from rlm_desktop.errors import EngineDied, EngineError, PromptTooLong, Stopped

#: The environment variable that holds the key of the server, if it wants one.
KEY_VARIABLE = "RLM_DESKTOP_SERVER_KEY"
#: How long a server may say nothing while a reply is on its way: it may have a queue, and a long
#: prompt takes minutes to be read on a processor.
_PATIENCE_SECONDS = 900.0
#: Tokens that a chat template adds, at most, for each message and for a reply.
_TEMPLATE_TOKENS = 16
#: Parts of the window that are kept for a reply, at least; as in our own engine.
_LEAST_SHARE = 4
#: How many replies the pace is measured by.
_REMEMBERED = 64
_OK = 200


@dataclass(frozen=True, slots=True)
class _Pace:
    """What a reply took: tokens read before its first piece, and written after it."""

    read: int
    reading: float
    written: int
    writing: float


class OpenAIEngine:
    """A model on a server of the OpenAI kind.

    `model` may be empty where the server has one only. `window` is asked of the server if it is
    0. `at_once` requests are made at a time; a server with that many slots works on them
    together. `key` is that of the server; never written anywhere.
    """

    def __init__(
        self,
        address: str,
        model: str = "",
        *,
        key: str | None = None,
        window: int = 0,
        at_once: int = 4,
        patience: float = _PATIENCE_SECONDS,
    ) -> None:
        self._server = Server(address, key)
        self._model = model
        self._wanted_window = window
        self._patience = patience
        self._at_once = at_once
        self._room = Room(at_once)
        self._facts: Facts | None = None
        self._going_on: set[OpenExchanges] = set()
        self._changing = threading.Lock()
        self._ended = threading.Event()
        self._paces: deque[_Pace] = deque(maxlen=_REMEMBERED)

    @property
    def name(self) -> str:
        return self._facts.model if self._facts else self._model or str(self._server)

    @property
    def window(self) -> int:
        return self._known.window

    @property
    def address(self) -> str:
        return "" if self._server.is_this_machine else str(self._server)

    @property
    def kind(self) -> str:
        """Which program the server is."""
        return self._known.kind.value

    @property
    def can_score(self) -> bool:
        """These servers tell the probabilities of what they wrote, not of what they might have."""
        return False

    def load(self, stop: threading.Event) -> Iterator[float]:
        """Find out what the server is and can do. At once if that is done."""
        if stop.is_set():
            raise Stopped
        if self._facts is None:
            with self._exchanges() as exchanges:
                asked = Asked(self._server, exchanges)

                def find(_: int) -> Iterator[Facts]:
                    return asked.facts(self._model, self._wanted_window)

                steps: list[Facts] = []
                with contextlib.closing(all_of(find, 1, Room(1), stop, exchanges.close)) as found:
                    for facts in found:
                        steps.append(facts)
                        yield len(steps) / 4
                self._room = Room(min(self._at_once, steps[-1].at_once or self._at_once))
                self._facts = steps[-1]  # the last are complete
        yield 1.0

    def restart(self, stop: threading.Event) -> Iterator[float]:
        """Look again what the server is: it may have been started anew."""
        self._facts = None
        yield from self.load(stop)

    def count(self, text: str) -> int:
        """How many tokens a text has: by the server, or estimated from its bytes."""
        facts = self._known
        if not text:
            return 0
        with self._exchanges() as exchanges:
            if not self._room.enter(self._ended):
                raise EngineError("the engine was closed")
            try:
                return Asked(self._server, exchanges).count(facts, text)
            finally:
                self._room.leave()

    def generate(self, prompts: Sequence[Prompt], stop: threading.Event) -> Iterator[Wrote | Done]:
        """Answer the prompts, some at a time. `load` comes first."""
        facts = self._known
        if stop.is_set():
            raise Stopped
        with self._exchanges() as exchanges:
            asked = Asked(self._server, exchanges)

            def fit(index: int) -> Iterator[tuple[int, Request]]:
                yield index, self._fitted(prompts[index], asked, facts)

            requests = dict(all_of(fit, len(prompts), self._room, stop, exchanges.close))
        with self._exchanges() as exchanges:
            asked = Asked(self._server, exchanges)

            def answer(index: int) -> Iterator[Wrote | Done]:
                with exchanges.new(self._server, self._patience) as exchange:
                    yield from self._answer(index, requests[index], exchange, asked, facts)

            answers = all_of(answer, len(prompts), self._room, stop, exchanges.close)
            with contextlib.closing(answers):
                yield from answers

    def score(
        self, prompts: Sequence[Prompt], labels: Sequence[str], stop: threading.Event
    ) -> Iterator[Scored]:
        """Raises EngineError, whatever is asked; see `can_score`."""
        checked_labels(labels)
        if stop.is_set():
            raise Stopped
        raise EngineError(
            f"the server at {self._server} does not tell how likely labels are, as was asked of "
            f"{len(prompts)} texts: ask it to write one"
        )

    def estimate(self, calls: Sequence[Expected]) -> float | None:
        """From the pace of the last replies, each by itself, as many at once as are asked for."""
        paces = list(self._paces)
        read, reading = sum(each.read for each in paces), sum(each.reading for each in paces)
        written, writing = sum(each.written for each in paces), sum(each.writing for each in paces)
        if not (read and written):
            return None
        each_alone = sum(
            call.read * reading / read + call.written * writing / written for call in calls
        )
        return each_alone / max(1, min(self._room.width, len(calls)))

    def close(self) -> None:
        """End what goes on, for good; may come from any thread, and more than once."""
        with self._changing:
            self._ended.set()
            going_on = list(self._going_on)
        for exchanges in going_on:
            exchanges.close()

    # -- one prompt

    @property
    def _known(self) -> Facts:
        if self._ended.is_set():
            raise EngineError("the engine is closed")
        if self._facts is None:
            raise EngineDied(f"the server at {self._server} was not asked what it has; load first")
        return self._facts

    @contextlib.contextmanager
    def _exchanges(self) -> Iterator[OpenExchanges]:
        exchanges = OpenExchanges()
        with self._changing:
            if self._ended.is_set():
                raise EngineError("the engine is closed")
            self._going_on.add(exchanges)
        try:
            yield exchanges
        except EngineDied as error:
            if self._ended.is_set():
                raise EngineError("the engine was closed") from error
            raise
        finally:
            with self._changing:
                self._going_on.discard(exchanges)

    def _fitted(self, prompt: Prompt, asked: Asked, facts: Facts) -> Request:
        """The request for a prompt, with no more tokens for its reply than there is room for."""
        texts = [message.text for message in prompt.messages] + [prompt.prefill]
        extra = _TEMPLATE_TOKENS * (len(texts) + 1)
        bound = sum(len(text.encode("utf-8", "replace")) for text in texts) + extra
        room = facts.window - bound
        if room < prompt.max_tokens:  # only then is it worth counting
            tokens = sum(asked.count(facts, text) for text in texts if text)
            allowed = facts.window - min(prompt.max_tokens, facts.window // _LEAST_SHARE)
            if tokens > allowed:
                raise PromptTooLong(tokens, allowed)
            room = max(1, facts.window - tokens - extra)
        return request_for(prompt, facts, min(prompt.max_tokens, room))

    def _answer(
        self, index: int, request: Request, exchange: Exchange, asked: Asked, facts: Facts
    ) -> Iterator[Wrote | Done]:
        began = time.monotonic()
        exchange.ask(request.path, request.body)
        if exchange.status != _OK:
            raise openai_wire.refusal(self._server, exchange.status, exchange.json(), facts.window)
        if exchange.kind != "text/event-stream":
            raise EngineError(
                f"the server at {self._server} answered with {exchange.kind or 'nothing'} in place "
                "of a stream of events; look at the setting server_address"
            )
        reading = Reading(request)
        first, pieces, finish, told = 0.0, 0, "", None
        for line in exchange.lines():
            if openai_wire.is_end(line):
                break
            try:
                chunk = openai_wire.chunk_from(line)
            except ValueError as error:
                raise EngineError(
                    f"the server at {self._server} sent what is no reply: {error}"
                ) from error
            if chunk is None:
                continue
            told = chunk.told or told
            finish = chunk.finish or finish
            if chunk.text:
                first = first or time.monotonic()
                pieces += 1
                if text := reading.feed(chunk.text):
                    yield Wrote(index, text)
            if reading.stopped or pieces > request.body["max_tokens"]:
                break
        if reading.stopped:
            end = Finish.STOP
        elif pieces > request.body["max_tokens"]:
            end = Finish.LENGTH
        else:
            end = self._finish_of(finish)
        if text := reading.end(end):
            yield Wrote(index, text)
        seconds = time.monotonic() - began
        usage = self._usage(request, told, pieces, seconds, asked, facts)
        first = first or time.monotonic()
        self._paces.append(
            _Pace(
                max(1, usage.prompt_tokens - usage.cached_tokens),
                first - began,
                usage.reply_tokens,
                began + seconds - first,
            )
        )
        yield Done(index, usage, end)

    def _finish_of(self, reason: str) -> Finish:
        match reason:
            case "stop" | "eos" | "stop_sequence":
                return Finish.STOP
            case "length":
                return Finish.LENGTH
            case "":
                raise EngineDied(
                    f"the server at {self._server} broke off in the middle of a reply; another "
                    "program may have taken its place"
                )
        raise EngineError(f"the server at {self._server} ended a reply with {reason[:80]!r}")

    def _usage(
        self,
        request: Request,
        told: Told | None,
        pieces: int,
        seconds: float,
        asked: Asked,
        facts: Facts,
    ) -> Usage:
        """What the server tells; where it does not, the texts are counted, without the template."""
        if told is not None:
            return Usage(told.prompt_tokens, told.reply_tokens, told.cached_tokens, seconds)
        messages = request.body.get("messages", [])
        texts = [each["content"] for each in messages] or [request.body["prompt"]]
        return Usage(asked.count(facts, "\n".join(texts)), pieces, 0, seconds)


def key_of_environment() -> str | None:
    """The key that the user gave for the server, if any."""
    return os.environ.get(KEY_VARIABLE) or None
