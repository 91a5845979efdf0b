"""How fast llama.cpp reads and writes on this machine, with nothing around it.

A script for a process of its own: a job as JSON on stdin, a result as JSON on stdout. It reads
1,024 tokens in batches of 64 to 512, from an empty cache, and writes with 1 to 64 sequences at
once, which have their first 64 tokens in common. It is also the bare process that the memory
and the start of the engine are compared with: then it loads a model, opens a context, does the
same work as the engine did (in numbers of tokens), and tells how much memory it has.
"""

import ctypes
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp

READ = 1024
BATCHES = (64, 128, 256, 512)
WIDTHS = (1, 2, 4, 8, 16, 64)
_DEPTH = 64
_STEPS = 16
_COMMON = range(1_000, 30_000)  # tokens that are words or parts of such in every vocabulary here


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _say_nothing(_level: int, _text: bytes, _data: object) -> None:
    pass


class Bare:
    """A model and a context, and the few functions of llama.cpp that compute."""

    def __init__(self, job: dict[str, Any]) -> None:
        llama_cpp.llama_log_set(_say_nothing, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        parameters = llama_cpp.llama_model_default_params()
        parameters.n_gpu_layers = job["gpu_layers"]
        self._model = llama_cpp.llama_model_load_from_file(os.fsencode(job["model"]), parameters)
        if not self._model:
            raise SystemExit("the model cannot be loaded")
        context = llama_cpp.llama_context_default_params()
        context.n_ctx = job["window"]
        context.n_batch = context.n_ubatch = job["batch"]
        context.n_seq_max = job["sequences"]
        context.kv_unified = True
        context.n_threads = context.n_threads_batch = job["threads"]
        self._context = llama_cpp.llama_init_from_model(self._model, context)
        if not self._context:
            raise SystemExit("the context cannot be made")
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._size: int = job["batch"]
        self._batch = llama_cpp.llama_batch_init(self._size, 0, 1)
        self._lots = random.Random(1)

    def clear(self) -> None:
        llama_cpp.llama_memory_clear(self._memory, False)

    def share(self, width: int) -> None:
        """Let `width` sequences begin as the first one does."""
        for sequence in range(1, width):
            llama_cpp.llama_memory_seq_cp(self._memory, 0, sequence, -1, -1)

    def compute(self, places: Sequence[tuple[int, int]], last: bool) -> float:
        """Read a token at each place (sequence, position); the seconds it took."""
        batch = self._batch
        batch.n_tokens = len(places)
        for number, (sequence, position) in enumerate(places):
            batch.token[number] = self._lots.choice(_COMMON)
            batch.pos[number] = position
            batch.n_seq_id[number] = 1
            batch.seq_id[number][0] = sequence
            batch.logits[number] = last or number == len(places) - 1
        began = time.perf_counter()
        status = llama_cpp.llama_decode(self._context, batch)
        llama_cpp.llama_synchronize(self._context)
        took = time.perf_counter() - began
        if status != 0:
            raise SystemExit(f"llama_decode says {status}")
        return took

    def read(self, tokens: int, step: int, sequence: int = 0) -> float:
        """Read so many tokens, `step` at a time; the seconds it took."""
        seconds = 0.0
        for first in range(0, tokens, step):
            places = [(sequence, first + n) for n in range(min(step, tokens - first))]
            seconds += self.compute(places, last=False)
        return seconds

    def write(self, width: int, steps: int, depth: int) -> float:
        """Write so many tokens in each of `width` sequences; the seconds it took."""
        return sum(
            self.compute([(sequence, depth + step) for sequence in range(width)], last=True)
            for step in range(steps)
        )


def rates(bare: Bare, tokens: int, steps: int) -> dict[str, dict[str, float]]:
    """Tokens a second: "read" by the size of a batch, "write" by the number of sequences."""
    bare.read(64, 64)
    read = {}
    for size in BATCHES:
        bare.clear()
        read[str(size)] = tokens / bare.read(tokens, size)
    write = {}
    for width in WIDTHS:
        bare.clear()
        bare.read(_DEPTH, _DEPTH)
        bare.share(width)
        bare.write(width, 2, _DEPTH)
        write[str(width)] = width * steps / bare.write(width, steps, _DEPTH + 2)
    return {"read": read, "write": write}


def memory_of(pid: int) -> int:
    """Bytes of memory that a process has resident, the pages of the model's file among them.

    Not its share of what it has with others: that is less while somebody else has the file.
    """
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        import psutil

        return int(psutil.Process(pid).memory_info().rss)
    lines = status.read_text().splitlines()
    (resident,) = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(resident) * 1024


def main() -> None:
    job = json.load(sys.stdin)
    bare = Bare(job)
    if job["what"] == "start":
        print(json.dumps({"loaded": True}), flush=True)
        return
    if job["what"] == "rates":
        small = job["small"]
        print(json.dumps(rates(bare, READ // 8 if small else READ, 4 if small else _STEPS)))
        return
    for sequence, tokens in enumerate(job["read"]):
        bare.read(tokens, job["batch"], sequence)
    bare.write(len(job["read"]), job["write"], max(job["read"]))
    print(json.dumps({"bytes": memory_of(os.getpid())}))


if __name__ == "__main__":
    main()
