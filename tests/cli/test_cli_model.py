"""The command line with a real model: an answer, Ctrl+C, and the death of its children."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from rlm_desktop.storage.run_store import RunStore

QUESTION = "How many lines hold the word ERROR?"
FIELDS = {
    "run", "question", "answer", "outcome", "status", "route", "recipe", "coverage", "seconds",
    "calls", "turns", "prompt_tokens", "reply_tokens", "cached_tokens", "evidence", "error",
    "sent_to", "confidence", "follows", "understood_as",
}  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "store.log"
    path.write_text(
        "".join(
            f"2031-04-02 08:00:{n % 60:02} {'ERROR' if n % 9 == 0 else 'INFO'} store-{n % 5} door\n"
            for n in range(3000)
        ),
        encoding="utf-8",
    )
    return path


class Asking:
    """`rlm-desktop ask` in a process of its own, with what it has said so far."""

    def __init__(self, log: Path, model: Path, home: Path, *options: str) -> None:
        arguments = ["ask", str(log), "-q", QUESTION, "--model", str(model), *options]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rlm_desktop", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "RLM_DESKTOP_HOME": str(home)},
        )
        self.said = ""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def wait_for(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.said
            assert self.process.poll() is None, self.said
            time.sleep(0.01)

    def child(self, name: str) -> psutil.Process | None:
        """The child process of that name, once it is there."""
        for child in psutil.Process(self.process.pid).children():
            try:
                if child.cmdline()[-2:] == ["--child", name]:
                    return child
            except (psutil.NoSuchProcess, psutil.ZombieProcess):
                continue
        return None

    def end(self, seconds: float = 90) -> str:
        """Wait for the end, and return what stands on standard output."""
        assert self.process.stdout is not None
        self.process.wait(seconds)
        self._reader.join()
        return self.process.stdout.read()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()


@contextmanager
def asking(log: Path, model: Path, home: Path, *options: str) -> Iterator[Asking]:
    started = Asking(log, model, home, *options)
    try:
        yield started
    finally:
        started.close()


def test_an_answer_as_json(log: Path, small_model: Path, home: Path) -> None:
    with asking(log, small_model, home, "--json", "--quiet", "--max-minutes", "2") as run:
        answer = json.loads(run.end(150))
        assert set(answer) == FIELDS
        assert answer["outcome"] in ("answered", "not found", "forced")
        expected = {"answered": 0, "forced": 3, "not found": 5}[answer["outcome"]]
        assert run.process.returncode == expected
        assert answer["prompt_tokens"] > answer["cached_tokens"] > 0, "a prefix is read once"
    store = RunStore(home / "runs.db")
    assert [kept.number for kept in store.runs()] == [answer["run"]]
    store.close()


def test_ctrl_c_ends_the_run_within_a_second_and_keeps_it(
    log: Path, small_model: Path, home: Path
) -> None:
    with asking(log, small_model, home) as run:
        run.wait_for(lambda: "Method:" in run.said)
        children = psutil.Process(run.process.pid).children(recursive=True)
        began = time.monotonic()
        run.process.send_signal(signal.SIGINT)
        assert run.end(10) == ""
        assert time.monotonic() - began < 2, "one second, and the start of a loaded machine"
        assert run.process.returncode == 4
        assert not [child for child in children if child.is_running()]
    store = RunStore(home / "runs.db")
    (kept,) = store.runs()
    store.close()
    assert (kept.question, kept.outcome) == (QUESTION, "stopped")


def test_when_the_engine_is_killed_the_run_goes_on(
    log: Path, small_model: Path, home: Path
) -> None:
    with asking(log, small_model, home, "--max-minutes", "2") as run:
        run.wait_for(lambda: "Method:" in run.said)
        engine = run.child("engine")
        assert engine is not None
        engine.kill()
        run.end(150)
        assert "The engine was started again" in run.said
        assert "SIGKILL" in run.said
        assert run.process.returncode in (0, 3, 5)


def test_when_the_sandbox_is_killed_the_run_goes_on(
    log: Path, small_model: Path, home: Path
) -> None:
    with asking(log, small_model, home, "--max-minutes", "2") as run:
        run.wait_for(lambda: run.child("sandbox") is not None)
        sandbox = run.child("sandbox")
        assert sandbox is not None
        sandbox.kill()
        run.end(150)
        assert run.process.returncode in (0, 3, 5), run.said
        assert "The sandbox was started again" in run.said
