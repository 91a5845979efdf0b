"""Hold the estimate of memory against the memory of the real engine process.

python tests/benchmarks/models_fit.py MODEL.gguf ... [--windows 2048,8192,16384]

Each model is loaded with each window; then it scores labels and writes a little, so that all
buffers are in use. "Resident" is what the system shows; "needed" leaves out the pages of
the file that are not read any more, found by clearing their "referenced" marks and computing
again (Linux).
"""

import argparse
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rlm_desktop.engine.base import Message, Prompt
from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.models.memory import memory
from rlm_desktop.models.verify import check

_LABELS = ["praise", "a complaint", "a question", "an order of more", "none of these"]


def use(engine: ProcessEngine) -> None:
    """Score the labels of 24 short items, and write a little: all buffers are in use then."""
    stop = threading.Event()
    prompts = [Prompt((Message("user", f"Item {i}: late again"),), max_tokens=2) for i in range(24)]
    for _ in engine.score(prompts, _LABELS, stop):
        pass
    for _ in engine.generate(prompts[:2], stop):
        pass


def pages(pid: int, key: str) -> tuple[int, int]:
    """Bytes of the process in the model's file, and in all else, by a line of smaps."""
    found: Counter[bool] = Counter()
    in_model = False
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        first, *rest = line.split(maxsplit=5)
        if not first.endswith(":"):
            in_model = bool(rest) and rest[-1].endswith(".gguf")
        elif first == key:
            found[in_model] += int(rest[0]) * 1024
    return found[True], found[False]


def measure(path: Path, window: int) -> tuple[int, int, int]:
    """Of a model that is in use: its real window, resident bytes, needed bytes."""
    engine = ProcessEngine(path, window=window, gpu_layers=0)
    try:
        for _ in engine.load(threading.Event()):
            pass
        use(engine)
        assert engine.pid is not None
        of_file, other = pages(engine.pid, "Rss:")
        Path(f"/proc/{engine.pid}/clear_refs").write_text("1")
        use(engine)
        read_again, _ = pages(engine.pid, "Referenced:")
        return engine.window, of_file + other, read_again + other
    finally:
        engine.close()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", type=Path)
    parser.add_argument("--windows", default="2048,8192,16384")
    chosen = parser.parse_args(arguments)
    print("| model | window | resident: estimated | measured | | needed: estimated | measured | |")
    print("|---|---|---|---|---|---|---|---|")
    for path in chosen.models:
        facts = check(path)
        asked = [int(text) for text in chosen.windows.split(",")]
        for window in sorted({min(window, facts.context_length) for window in asked}):
            real, resident, needed = measure(path, window)
            parts = memory(facts, real)
            cells = [path.stem, f"{real:,}"]
            for estimated, measured in (
                (parts.resident_bytes, resident),
                (parts.needed_bytes, needed),
            ):
                cells += [f"{estimated / 1e6:,.0f}", f"{measured / 1e6:,.0f} MB"]
                cells += [f"{estimated / measured - 1:+.1%}"]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
