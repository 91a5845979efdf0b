"""How long the window keeps anyone waiting: its stalls, its memory, and its start.

    python3 packaging/bootstrap.py bench window --json [--calls N] [--kept N] [--megabytes N]

A timer of 10 ms in the window's thread measures how late it is: over a run of 5,000 calls and
200,000 streamed pieces, over reading and opening a text of 1 GB and going to its end, and over
opening a kept run of 100,000 calls. Memory is the most that the process held at any of these
moments, without the pages of the mapped text. The start is the time from starting a process to
its first paint, against that of a bare window with a text box, in pairs, their order turned
around; the figure is the median of the ratios.

Figures are those of an idle machine only if the machine was idle: `load` says what it was.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from _window_work import streamed, write_text
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from rlm_desktop import places
from rlm_desktop.gui import app
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.settings import Settings

HERE = Path(__file__).parent
#: Milliseconds between two ticks of the watch.
TICK = 10
PIECES = 40


class StallWatch(QObject):
    """Measures how late a timer of the window's thread is."""

    def __init__(self) -> None:
        super().__init__()
        self.worst: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def over(self, work: Callable[[], None]) -> float:
        """The longest stall in milliseconds while the work is done."""
        self.worst = []
        self._last = perf_counter()
        self._timer.start()
        work()
        self._tick()
        self._timer.stop()
        self.worst.sort(reverse=True)
        return round(self.worst[0], 1)

    def _tick(self) -> None:
        now = perf_counter()
        self.worst.append((now - self._last) * 1000 - TICK)
        self._last = now


def wait(signal: SignalInstance, begin: Callable[[], object]) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    begin()
    loop.exec()


def rest(milliseconds: int = 500) -> None:
    """Let what was set going be drawn."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def memory(without: Path) -> float:
    process = psutil.Process()
    mapped = sum(each.rss for each in process.memory_maps() if each.path == str(without))
    return (process.memory_info().rss - mapped) / 1e6


def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    text = folder / "large.log"
    write_text(text, options.megabytes)
    script = str(HERE / "_window_work.py")
    command = [sys.executable, script, str(places.database()), str(options.kept)]
    number = int(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    application = QApplication([])
    app.prepare(application, Settings())
    window = app.open_window(Settings())
    window.show()
    rest()
    watch, held, longest = StallWatch(), [], {}
    figures: dict[str, float] = {}
    for name, work in (
        ("stall_ms", lambda: _stream(window, options.calls)),
        ("stall_large_text_ms", lambda: _open_text(window, text)),
        ("stall_large_run_ms", lambda: _open_run(window, number)),
    ):
        figures[name] = watch.over(work)
        held.append(memory(text))
        longest[name] = [round(each, 1) for each in watch.worst[:5]]
        sys.stderr.write(f"{name}: {longest[name]}, {held[-1]:.0f} MB\n")
    window.close()
    figures["memory_mb"] = round(max(held), 1)
    figures["start_ratio"] = round(_start_ratio(options.pairs), 2)
    return {"figures": figures, "longest": longest, "load": os.getloadavg()[0]}


def _stream(window: MainWindow, calls: int) -> None:
    bench = window.workbench
    wait(
        bench.ended,
        lambda: bench._start(Phase.RUNNING, lambda stop: streamed(calls, PIECES, stop)),
    )
    rest()


def _open_text(window: MainWindow, path: Path) -> None:
    documents = window.workbench.documents
    wait(documents.read, lambda: documents.add([path]))
    window.viewers.text.open(path)
    rest()
    bar = window.views.document.text.verticalScrollBar()
    bar.setValue(bar.maximum())
    while not window.viewers.text.knows_lines:
        rest(50)


def _open_run(window: MainWindow, number: int) -> None:
    wait(window.workbench.ended, lambda: window.workbench.show_kept(number))
    tree = window.views.run_view.calls.tree
    window.views.tabs.setCurrentWidget(window.views.run_view.calls)
    rest()
    tree.expandToDepth(0)
    tree.scrollToBottom()
    rest()


def _start_ratio(pairs: int) -> float:
    """The median of the ratios, after one pair that fills the caches of the disk."""
    ratios = []
    for count in range(pairs + 1):
        order = ("ours", "bare") if count % 2 else ("bare", "ours")
        took = {which: _seconds_to_paint(which) for which in order}
        ratios.append(took["ours"] / took["bare"])
    return statistics.median(ratios[1:])


def _seconds_to_paint(which: str) -> float:
    began = time.time()
    command = [sys.executable, str(HERE / "_window_start.py"), which]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "RLM_DESKTOP_HOME": home}
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=environment
        )
    return float(done.stdout) - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--calls", type=int, default=5_000, help="of the streamed run")
    parser.add_argument("--kept", type=int, default=100_000, help="calls of the kept run")
    parser.add_argument("--megabytes", type=int, default=1_000, help="of the large text")
    parser.add_argument("--pairs", type=int, default=5, help="of starts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RLM_DESKTOP_HOME"] = str(Path(folder) / "home")
        measured = measure(options, Path(folder))
    if options.json:
        print(json.dumps(measured))
    else:
        for name, value in measured["figures"].items():
            print(f"{name:20} {value:8}")


if __name__ == "__main__":
    main()
