"""One build of llama.cpp with one file of weights: how fast, and what it answers.

A script for a process of its own, also in the environment of a fork, so it knows nothing of
this program: a job as JSON on stdin, a result as JSON on stdout. Prompts come as tokens, so that
all read the same. What the fork's interface for Python calls otherwise, stands in `_Fork`.
"""

import ctypes
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

_READ = 1024
_BATCHES = (128, 256, 512)
_WIDTHS = (1, 4, 16)
_DEPTH = 64
_STEPS = 16
_COMMON = range(1_000, 30_000)


class _Llama:
    """The functions of llama-cpp-python."""

    def __init__(self) -> None:
        import llama_cpp

        self.c: Any = llama_cpp
        self._quiet = llama_cpp.llama_log_callback(lambda *_: None)
        llama_cpp.llama_log_set(self._quiet, ctypes.c_void_p(0))

    def open(self, job: dict[str, Any], model: Any) -> Any:
        context = self.c.llama_context_default_params()
        context.kv_unified = True
        return context

    def prepare(self, parameters: Any, job: dict[str, Any]) -> None:
        parameters.n_gpu_layers = job["gpu_layers"]

    def clear(self, context: Any) -> None:
        self.c.llama_memory_clear(self.c.llama_get_memory(context), True)

    def share(self, context: Any, target: int) -> None:
        self.c.llama_memory_seq_cp(self.c.llama_get_memory(context), 0, target, -1, -1)

    def ends(self, model: Any, token: int) -> bool:
        return bool(self.c.llama_vocab_is_eog(self.c.llama_model_get_vocab(model), token))


class _Fork:
    """Those of ik-llama-cpp-python, an older interface, of which it names only a part."""

    def __init__(self) -> None:
        import importlib

        # Its environment is another than the one in which this is looked at.
        _ctypes_api = importlib.import_module("ik_llama_cpp._ctypes_api")

        self.c: Any = _ctypes_api
        library = _ctypes_api._lib
        self._copy = library.llama_kv_cache_seq_cp
        self._copy.argtypes = [ctypes.c_void_p, *([ctypes.c_int32] * 4)]
        self._copy.restype = None
        log = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
        self._quiet = log(lambda *_: None)
        library.llama_log_set(self._quiet, ctypes.c_void_p(0))

    def prepare(self, parameters: Any, job: dict[str, Any]) -> None:
        parameters.n_gpu_layers = max(0, job["gpu_layers"])
        parameters.repack_tensors = job["repack"]
        parameters.use_mmap = not job["repack"]

    def open(self, job: dict[str, Any], model: Any) -> Any:
        context = self.c.llama_context_default_params()
        context.flash_attn = job["flash"]
        return context

    def clear(self, context: Any) -> None:
        self.c.llama_kv_cache_clear(context)

    def share(self, context: Any, target: int) -> None:
        self._copy(context, 0, target, -1, -1)

    def ends(self, model: Any, token: int) -> bool:
        return bool(self.c.llama_token_is_eog(model, token))


class Build:
    """A loaded model and a context."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._own: Any = _Fork() if job["fork"] else _Llama()
        c = self._c = self._own.c
        c.llama_backend_init()
        parameters = c.llama_model_default_params()
        self._own.prepare(parameters, job)
        self._model = c.llama_model_load_from_file(os.fsencode(job["model"]), parameters)
        if not self._model:
            raise SystemExit("the model cannot be loaded")
        context = self._own.open(job, self._model)
        context.n_ctx = 4096
        context.n_batch = context.n_ubatch = self._size = job["batch"]
        context.n_seq_max = max(_WIDTHS)
        context.n_threads = context.n_threads_batch = job["threads"]
        self._context = c.llama_init_from_model(self._model, context)
        if not self._context:
            raise SystemExit("the context cannot be made")
        self._batch = c.llama_batch_init(self._size, 0, 1)
        self._vocabulary: int = c.llama_vocab_n_tokens(c.llama_model_get_vocab(self._model))

    def compute(self, rows: Sequence[tuple[int, int, int, bool]]) -> float:
        """Read rows of token, position, sequence, and whether logits are wanted; the seconds."""
        batch = self._batch
        batch.n_tokens = len(rows)
        for number, (token, position, sequence, wanted) in enumerate(rows):
            batch.token[number] = token
            batch.pos[number] = position
            batch.n_seq_id[number] = 1
            batch.seq_id[number][0] = sequence
            batch.logits[number] = wanted
        began = time.perf_counter()
        status = self._c.llama_decode(self._context, batch)
        self._c.llama_get_logits_ith(self._context, len(rows) - 1)  # waits for it
        took = time.perf_counter() - began
        if status != 0:
            raise SystemExit(f"llama_decode says {status}")
        return took

    def logits(self, row: int) -> Any:
        pointer = self._c.llama_get_logits_ith(self._context, row)
        return np.ctypeslib.as_array(pointer, (self._vocabulary,)).astype(np.float64)

    def read(self, tokens: Sequence[int], step: int = 0) -> float:
        step = step or self._size
        seconds = 0.0
        for first in range(0, len(tokens), step):
            piece = tokens[first : first + step]
            last = len(tokens) - first - 1
            rows = [(token, first + i, 0, i in (last, step - 1)) for i, token in enumerate(piece)]
            seconds += self.compute(rows)
        return seconds

    def clear(self) -> None:
        self._own.clear(self._context)

    def speed(self, part: int) -> dict[str, Any]:
        """Tokens a second: reading by the size of a batch, writing by the number of sequences."""
        lots = random.Random(1)
        text = [lots.choice(_COMMON) for _ in range(_READ // part)]
        self.read(text[:64])
        reading = {}
        for size in [size for size in _BATCHES if size <= self._size] or [self._size]:
            self.clear()
            reading[str(size)] = len(text) / self.read(text, size)
        writing = {}
        for width in _WIDTHS:
            self.clear()
            self.read(text[:_DEPTH])
            for sequence in range(1, width):
                self._own.share(self._context, sequence)
            steps = [
                [(lots.choice(_COMMON), _DEPTH + step, sequence, True) for sequence in range(width)]
                for step in range(_STEPS // part + 1)
            ]
            seconds = [self.compute(rows) for rows in steps]
            writing[str(width)] = width * (len(steps) - 1) / sum(seconds[1:])
        return {"read": reading, "write": writing}

    def reply(self, prompt: Sequence[int], most: int) -> list[int]:
        """The likeliest tokens, one after the other, until the reply ends."""
        self.clear()
        self.read(prompt)
        row = (len(prompt) - 1) % self._size
        reply: list[int] = []
        while len(reply) < most:
            token = int(self.logits(row).argmax())
            if self._own.ends(self._model, token):
                break
            reply.append(token)
            self.compute([(token, len(prompt) + len(reply) - 1, 0, True)])
            row = 0
        return reply

    def agreement(self, prompt: Sequence[int], reply: Sequence[int]) -> tuple[int, float]:
        """Of the tokens of another's reply, how many would be the likeliest here as well when
        all before them are given; and the sum of their log-probabilities."""
        self.clear()
        self.read(prompt)
        row = (len(prompt) - 1) % self._size
        same, logprob = 0, 0.0
        for number, token in enumerate(reply):
            logits = self.logits(row)
            same += int(logits.argmax()) == token
            highest = logits.max()
            logprob += logits[token] - highest - np.log(np.exp(logits - highest).sum())
            self.compute([(token, len(prompt) + number, 0, True)])
            row = 0
        return same, float(logprob)

    def label(self, prompt: Sequence[int], firsts: Sequence[int]) -> int:
        """Which of these tokens is the likeliest after a prompt."""
        self.clear()
        self.read(prompt)
        logits = self.logits((len(prompt) - 1) % self._size)
        return int(np.argmax([logits[token] for token in firsts]))


def quantise(job: dict[str, Any]) -> None:
    """Write a copy of a file with other weights, by llama-cpp-python."""
    own = _Llama()
    parameters = own.c.llama_model_quantize_default_params()
    parameters.ftype = getattr(own.c, f"LLAMA_FTYPE_MOSTLY_{job['type']}")
    parameters.nthread = job["threads"]
    parameters.allow_requantize = True  # the file at hand is no longer in full precision
    source, target = os.fsencode(job["model"]), os.fsencode(job["target"])
    if own.c.llama_model_quantize(source, target, ctypes.byref(parameters)) != 0:
        raise SystemExit(f"{job['model']} cannot be turned into {job['type']}")


def main() -> None:
    job = json.load(sys.stdin)
    if job["what"] == "quantise":
        quantise(job)
        print(json.dumps({}))
        return
    build = Build(job)
    if job["what"] == "speed":
        print(json.dumps(build.speed(job["part"])))
        return
    told: dict[str, Any] = {
        "replies": [build.reply(prompt, job["most"]) for prompt in job["prompts"]],
        "labels": [build.label(prompt, job["firsts"]) for prompt in job["lines"]],
    }
    wanted = job["wanted"] or told["replies"]
    pairs = zip(job["prompts"], wanted, strict=True)
    told["agreement"] = [build.agreement(prompt, reply) for prompt, reply in pairs]
    print(json.dumps(told))


if __name__ == "__main__":
    main()
