"""The engine in its process, as far as it goes without a model."""

import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from rlm_desktop.engine.base import Prompt
from rlm_desktop.engine.frames import Describe, to_wire
from rlm_desktop.engine.hardware import describe, good_threads
from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.errors import EngineDied, EngineError, ModelError, Stopped
from rlm_desktop.ipc.child_process import ChildProcess


def wait_until(holds: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


def gguf(architecture: str, tensors: int = 0) -> bytes:
    """The head of a GGUF file with one entry: the architecture."""
    key, value = b"general.architecture", architecture.encode()
    return (
        b"GGUF"
        + struct.pack("<IQQ", 3, tensors, 1)
        + struct.pack("<Q", len(key))
        + key
        + struct.pack("<IQ", 8, len(value))
        + value
    )


BROKEN = {
    "empty": b"",
    "text": b"This is no model at all.\n" * 100,
    "unknown architecture": gguf("hopfield"),
    "no layers": gguf("llama"),
    "cut off in its head": gguf("llama")[:30],
    "cut off before its tensors": gguf("llama", tensors=300),
    "nonsense after the magic": b"GGUF" + b"\xff" * 4000,
}


@pytest.fixture
def broken(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[ProcessEngine]:
    path = tmp_path / "some-model.gguf"
    path.write_bytes(request.param)
    engine = ProcessEngine(path)
    yield engine
    engine.close()


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN, indirect=True)
def test_a_file_that_is_no_model_is_named_and_nothing_is_left(broken: ProcessEngine) -> None:
    with pytest.raises(ModelError, match=r"some-model.gguf cannot be loaded: \w"):
        list(broken.load(threading.Event()))
    assert broken.pid is None
    assert broken.memory_bytes == 0


@pytest.mark.llama
@pytest.mark.parametrize("broken", [gguf("hopfield")], indirect=True)
def test_the_cause_is_told_and_told_again(broken: ProcessEngine) -> None:
    for _ in range(2):
        with pytest.raises(ModelError, match="hopfield"):
            list(broken.load(threading.Event()))


def test_a_missing_file_is_told_before_anything_starts(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path / "gone.gguf")
    with pytest.raises(ModelError, match=r"gone\.gguf is missing"):
        list(engine.load(threading.Event()))
    assert engine.pid is None


def test_is_named_after_its_file_unless_told_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "qwen.gguf"
    assert ProcessEngine(path).name == "qwen"
    assert ProcessEngine(path, name="Qwen").name == "Qwen"


def test_does_not_begin_to_load_when_stopped(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    engine = ProcessEngine(tmp_path / "model.gguf")
    with pytest.raises(Stopped):
        list(engine.load(stop))
    assert engine.pid is None


def test_cannot_answer_before_it_is_loaded(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path / "model.gguf")
    with pytest.raises(EngineDied, match="not running"):
        list(engine.generate([Prompt(prefill="x")], threading.Event()))
    with pytest.raises(EngineDied, match="not running"):
        engine.count("x")
    with pytest.raises(RuntimeError, match="loaded"):
        _ = engine.window


def test_is_of_no_use_once_closed(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(gguf("llama"))
    engine = ProcessEngine(path)
    engine.close()
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        list(engine.load(threading.Event()))
    with pytest.raises(EngineError, match="closed"):
        engine.count("x")


PARENT = """
import time
from rlm_desktop.errors import EngineDied
from rlm_desktop.ipc.child_process import ChildProcess
print(ChildProcess("engine", died=EngineDied).pid, flush=True)
time.sleep(60)
"""


def test_the_process_goes_with_its_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    try:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
    finally:
        parent.kill()
        parent.wait()
        assert parent.stdout is not None
        parent.stdout.close()
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


@pytest.fixture
def child() -> Iterator[ChildProcess]:
    child = ChildProcess("engine", died=EngineDied)
    child.send(to_wire(Describe(1)))
    child.receive(None, time.monotonic() + 20)
    yield child
    child.kill()


@pytest.mark.llama
def test_an_interrupt_from_the_terminal_is_left_to_the_parent(child: ChildProcess) -> None:
    os.kill(child.pid, signal.SIGINT)
    child.send(to_wire(Describe(2)))
    assert child.receive(None, time.monotonic() + 20)["request"] == 2


@pytest.mark.llama
def test_what_it_does_not_understand_ends_it(child: ChildProcess) -> None:
    child.send({"frame": "Dance", "request": 2})
    with pytest.raises(EngineDied, match="status 1"):
        child.receive(None, time.monotonic() + 20)
    assert "Dance" in child.stderr_tail


if sys.platform == "linux":

    @pytest.mark.llama
    def test_the_process_is_under_a_filter_that_refuses_sockets(child: ChildProcess) -> None:
        status = Path(f"/proc/{child.pid}/status").read_text()
        assert "Seccomp:\t2\n" in status
        assert "NoNewPrivs:\t1\n" in status


@pytest.mark.llama
def test_hardware_tells_what_there_is() -> None:
    hardware = describe()
    assert 1 <= hardware.threads <= hardware.cores <= (os.cpu_count() or 1)
    assert 0 < hardware.memory_available <= hardware.memory_total
    processors = [device for device in hardware.devices if not device.is_gpu]
    assert processors
    assert all(device.name and device.description for device in hardware.devices)


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (4, 4), (5, 4), (16, 15)])
def test_leaves_a_core_to_the_window_where_there_are_many(cores: int, threads: int) -> None:
    assert good_threads(cores) == threads
