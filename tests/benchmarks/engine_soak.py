"""2,000 mixed requests from three threads at once, a third of them given up in the middle.

    python tests/benchmarks/engine_soak.py [--json] [--requests N] [--threads N] [--model PATH]

Looked for: memory that grows (the process of the engine, from the end of the first quarter on,
by more than 2 %), answers that went to somebody else, requests that never end, a process that
dies. The requests stand in `_engine_soak_requests`; a window of 4,096 tokens makes many of them
wait for room. When a request takes longer than `--patience` seconds, the state is printed and
the test fails. It ends with status 1 if anything was found.

With the 135M on two cores it takes about 20 minutes, with the 0.5B about 45.
"""

import argparse
import faulthandler
import json
import statistics
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
from _engine_machine import machine, starter_model
from _engine_soak_requests import requests
from _engine_soak_workers import Soak

from rlm_desktop.engine import hardware
from rlm_desktop.engine.process import ProcessEngine

WINDOW = 4_096
#: How much more memory is taken for a leak.
GROWTH = 0.02
_SAMPLE_SECONDS = 1.0


class Watch:
    """Samples the memory of the engine's process, and notices when nothing ends any more."""

    def __init__(self, engine: ProcessEngine, soak: Soak, total: int, patience: float) -> None:
        self._engine = engine
        self._soak = soak
        self._total = total
        self._patience = patience
        self._pid = engine.pid
        #: How many requests had ended, and the megabytes then.
        self.samples: list[tuple[int, float]] = []

    def until_ended(self, workers: list[threading.Thread]) -> None:
        while any(worker.is_alive() for worker in workers):
            for worker in workers:
                worker.join(_SAMPLE_SECONDS / len(workers))
            self._look()

    def _look(self) -> None:
        if self._engine.pid != self._pid:
            self._soak.faults.append("the process of the engine was replaced")
            self._pid = self._engine.pid
        self.samples.append((self._soak.done, self._engine.memory_bytes / 1e6))
        if len(self.samples) % 30 == 0:
            sys.stderr.write(f"{self._soak.done} of {self._total}, {self.samples[-1][1]:.0f} MB\n")
        if self._soak.oldest > self._patience:
            self._give_up()

    def _give_up(self) -> None:
        sys.stderr.write(f"A request takes longer than {self._patience:.0f} s.\n")
        for request, began in self._soak.under_way.values():
            sys.stderr.write(f"{time.monotonic() - began:.0f} s: {request!r}"[:600] + "\n")
        if self._pid is not None:
            process = psutil.Process(self._pid)
            sys.stderr.write(f"engine: {process.status()}, {process.cpu_times()}\n")
        faulthandler.dump_traceback(all_threads=True)
        self._engine.close()
        raise SystemExit(1)

    def growth(self) -> tuple[float, float, float]:
        """Megabytes after the first quarter and at the end, and by what share they grew."""
        first = self._between(0.25, 0.40)
        last = self._between(0.90, 1.01)
        return first, last, last / first - 1

    def _between(self, least: float, most: float) -> float:
        chosen = [mb for done, mb in self.samples if least <= done / self._total < most]
        if not chosen:
            raise SystemExit("too few requests to see whether the memory grows; make more")
        return statistics.median(chosen)


def soak(options: argparse.Namespace) -> dict[str, Any]:
    """Do it all, and return what there is to tell."""
    engine = ProcessEngine(options.model, threads=options.threads_of_model, window=WINDOW)
    try:
        for _ in engine.load(threading.Event()):
            pass
        made = requests(options.requests, options.seed, engine.window)
        test = Soak(engine, made)
        watch = Watch(engine, test, len(made), options.patience)
        began = time.perf_counter()
        watch.until_ended(test.start(options.threads))
        seconds = time.perf_counter() - began
        mistakes = test.settle()
        first, last, growth = watch.growth()
    finally:
        engine.close()
    if growth > GROWTH:
        test.faults.append(f"the memory grew from {first:.0f} to {last:.0f} MB")
    cancels = sorted(test.cancel_seconds)
    return {
        "requests": options.requests,
        "prompts": sum(len(request.prompts) for request in made),
        "threads": options.threads,
        "seconds": round(seconds, 1),
        "ended": dict(sorted(test.ended.items())),
        "faults": test.faults,
        "mistakes_of_the_model": mistakes,
        "memory_mb": {"after_a_quarter": round(first, 1), "at_the_end": round(last, 1)},
        "memory_growth": round(growth, 4),
        "cancel_seconds": {
            "median": round(statistics.median(cancels), 3) if cancels else None,
            "most": round(cancels[-1], 3) if cancels else None,
            "over_0.2": sum(each > 0.2 for each in cancels),
            "of": len(cancels),
        },
        "machine": machine(options.model, options.threads_of_model),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--threads", type=int, default=3, help="that ask at once")
    parser.add_argument("--model", type=Path, help="a GGUF file; the starter model if not given")
    parser.add_argument("--threads-of-model", type=int, default=hardware.good_threads())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=float, default=300.0, help="seconds for one request")
    options = parser.parse_args()
    options.model = options.model or starter_model()
    told = soak(options)
    if options.json:
        print(json.dumps(told))
    else:
        for name, value in told.items():
            print(f"{name:24} {value}")
    if told["faults"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
