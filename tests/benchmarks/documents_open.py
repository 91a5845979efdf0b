"""How long it takes to read, open and search a large log, and how much memory.

    python tests/benchmarks/documents_open.py [megabytes]

The file is made in a temporary folder; seconds are those of the clock, the best of three.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.documents.text import Text

ASCII = "2024-01-02 03:04:05 ERROR db 10.0.0.1: connection lost, trying again in 5 s\n"
MIXED = "2024-01-02 03:04:05 ERROR für 10.0.0.1: Verbindung weg 😀, neuer Versuch in 5 s\n"


def make(path: Path, line: str, megabytes: int) -> None:
    block = line * 10_000
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < megabytes * 1_000_000:
            file.write(block)


def read(path: Path, store: Path) -> Collection:
    reading = read_documents([path], store, threading.Event())
    while True:
        try:
            next(reading)
        except StopIteration as end:
            return end.value


def best(do: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        do()
        taken.append(time.perf_counter() - started)
    return min(taken)


def own_memory(path: Path) -> float:
    """Megabytes of this process, without the pages of the mapped file."""
    process = psutil.Process()
    mapped = sum(each.rss for each in process.memory_maps() if each.path == str(path))
    return (process.memory_info().rss - mapped) / 1e6


def measure(name: str, line: str, megabytes: int, folder: Path) -> None:
    path = folder / f"{name}.log"
    make(path, line, megabytes)
    before = own_memory(path)
    print(f"{name}, {path.stat().st_size / 1e6:.0f} MB")
    print(f"  read (hash, check, count)  {best(lambda: read(path, folder).close()):8.3f} s")
    with read(path, folder) as collection:
        middle = len(collection) // 2
        parts = collection.parts
        print(f"  open again                 {best(lambda: Text.of_parts(parts).close()):8.5f} s")
        first = best(lambda: collection.text(middle, middle + 1), times=1)
        print(f"  first slice (builds index) {first:8.3f} s")
        cut = best(lambda: collection.text(middle, middle + 1000))
        print(f"  slice of 1,000             {cut * 1e6:8.1f} us")
        print(f"  find what is not there     {best(lambda: collection.find('nowhere')):8.3f} s")
        first = best(lambda: collection.where(middle), times=1)
        print(f"  first line number          {first:8.3f} s")
        print(
            f"  line number                {best(lambda: collection.where(middle)) * 1e6:8.1f} us"
        )
        with Text.of_parts(parts) as text:
            lines = best(lambda: sum(1 for _ in text.lines()), times=1)
            print(f"  go through the lines       {lines:8.3f} s")
            number = best(lambda: len(text.lines()), times=1)
            print(f"  number the lines           {number:8.3f} s")
            found = best(lambda: text.search(r"lost|weg"), times=1)
            print(f"  search, found at once      {found:8.3f} s")
            missing = best(lambda: text.search(r"nowhere\d"), times=1)
            print(f"  search, not there          {missing:8.3f} s")
        print(f"  memory besides the map     {own_memory(path) - before:8.1f} MB")
    path.unlink()


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        measure("ascii", ASCII, megabytes, Path(name))
        measure("mixed", MIXED, megabytes, Path(name))


if __name__ == "__main__":
    main()
