"""The engine of this program as a contender, and how fast it reads and writes by itself."""

import random
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from _engine_rates import READ, memory_of
from _engine_texts import log_line, of_length, sentence
from _engine_tokens import Vocabulary
from _engine_work import WARM_UP, Call, Reply

from rlm_desktop.engine.base import Done, Message, Prompt, Wrote
from rlm_desktop.engine.process import ProcessEngine

#: How many replies are written at once when the rate of writing is measured; more would take
#: long to read first.
_WIDTHS = (1, 4, 16)
#: Tokens that each of them has.
_STEPS = 24


class Ours:
    """The engine, loaded and warm, in a process of its own; close it afterwards."""

    def __init__(self, model: Path, threads: int, window: int, gpu_layers: int) -> None:
        self.engine = ProcessEngine(model, threads=threads, window=window, gpu_layers=gpu_layers)
        began = time.perf_counter()
        for _ in self.engine.load(threading.Event()):
            pass
        #: From starting the process to a model that can be asked.
        self.start_seconds = time.perf_counter() - began

    def __enter__(self) -> Self:
        self.chat([WARM_UP])
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.close()

    def chat(self, calls: Sequence[Call]) -> list[Reply]:
        texts = [""] * len(calls)
        replies: dict[int, Reply] = {}
        for message in self.engine.generate([prompt_of(c) for c in calls], threading.Event()):
            match message:
                case Wrote(index, text):
                    texts[index] += text
                case Done(index, usage):
                    replies[index] = Reply(
                        texts[index], usage.prompt_tokens, usage.reply_tokens, usage.cached_tokens
                    )
        return [replies[index] for index in range(len(calls))]

    def label(self, calls: Sequence[Call], labels: Sequence[str]) -> list[str]:
        prompts = [prompt_of(call) for call in calls]
        found = {
            scored.index: scored.best.label
            for scored in self.engine.score(prompts, labels, threading.Event())
        }
        return [found[index] for index in range(len(calls))]

    def buffers(self) -> dict[str, int]:
        """With what it opened its context, for a bare process with the same."""
        step, sequences = self.engine._step, self.engine._sequences
        return {"window": self.engine.window, "batch": step, "sequences": sequences}

    def memory(self) -> int:
        """Bytes of memory of the engine's process."""
        assert self.engine.pid is not None
        return memory_of(self.engine.pid)


def prompt_of(call: Call) -> Prompt:
    messages = tuple(Message(role, text) for role, text in call.messages)  # type: ignore[arg-type]
    conversation = "1" if call.root else ""
    return Prompt(messages, max_tokens=call.max_tokens, conversation=conversation)


def rates(ours: Ours, vocabulary: Vocabulary) -> dict[str, dict[str, float]]:
    """Tokens a second, as `_engine_rates.rates`: the best of two readings; writing by width."""
    lots = random.Random(time.perf_counter_ns())  # a text that was read is not read again
    read = [_read_rate(ours, of_length(sentence, lots, READ, vocabulary.cut)) for _ in range(2)]
    write = {
        str(width): _write_rate(
            ours, [of_length(log_line, lots, 40, vocabulary.cut) for _ in range(width)]
        )
        for width in _WIDTHS
    }
    return {"read": {str(READ): max(read)}, "write": write}


def _read_rate(ours: Ours, text: str) -> float:
    """One prompt with one token of reply, which costs no step of its own."""
    began = time.perf_counter()
    (reply,) = ours.chat([Call((("user", text),), 1)])
    took = time.perf_counter() - began
    return (reply.prompt_tokens - reply.cached_tokens) / took


def _write_rate(ours: Ours, texts: Sequence[str]) -> float:
    """Tokens a second from when all have begun until the first has ended.

    A piece of a reply may be several tokens, so each character counts as its share of them.
    """
    asked = "Describe in detail, in full sentences, what each of these lines says.\n"
    prompts = [prompt_of(Call((("user", asked + text),), _STEPS)) for text in texts]
    pieces: list[tuple[float, int, int]] = []
    tokens: dict[int, int] = {}
    ended = 0.0
    for message in ours.engine.generate(prompts, threading.Event()):
        now = time.perf_counter()
        match message:
            case Wrote(index, text):
                pieces.append((now, index, len(text)))
            case Done(index, usage):
                ended = ended or now
                tokens[index] = usage.reply_tokens
    first: dict[int, float] = {}
    written: dict[int, int] = {}
    for when, index, length in pieces:
        first.setdefault(index, when)
        written[index] = written.get(index, 0) + length
    begun = max(first.values())
    if len(first) < len(texts) or begun >= ended:  # they were answered one after the other
        return 0.0
    between = sum(
        length * tokens[index] / written[index]
        for when, index, length in pieces
        if begun < when <= ended
    )
    return between / (ended - begun)
