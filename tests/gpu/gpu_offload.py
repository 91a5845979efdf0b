"""Tests of a build for graphics cards; packaging/build_gpu.py --check runs them.

The name of this file keeps it out of the usual run, where llama.cpp is built without a card.
"""

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rlm_desktop.engine.base import Message, Prompt, Wrote
from rlm_desktop.engine.hardware import describe
from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.models.memory import GPU_STEPS, gpu_bytes
from rlm_desktop.models.verify import check

WINDOW = 512
MODELS = Path(os.environ["RLM_DESKTOP_TEST_MODELS"])
#: A software device compiles its kernels at the first computation, which takes half a minute.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def tiny_model() -> Path:
    """The real 135M GGUF (`models get smollm2-135m`)."""
    return MODELS / "SmolLM2-135M-Instruct.Q4_1.gguf"


def open_engine(model: Path, layers: int) -> ProcessEngine:
    needs = gpu_bytes(check(model), WINDOW)
    return ProcessEngine(model, window=WINDOW, gpu_layers=layers, gpu_bytes=needs)


def reply(engine: ProcessEngine) -> str:
    question = Message("user", "What is the capital of France? Answer with its name.")
    prompt = Prompt((question,), max_tokens=6)
    messages = engine.generate([prompt], threading.Event())
    return "".join(message.text for message in messages if isinstance(message, Wrote))


@contextmanager
def data_limit(count: int) -> Iterator[None]:
    """What is started now gets so many bytes of memory besides mapped files.

    To a software device that is the card's memory: layers on it are copied, while those of the
    processor stay in the mapped file.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def load(engine: ProcessEngine, limit: int) -> None:
    loading = engine.load(threading.Event())
    with data_limit(limit):
        next(loading)  # the process is there
    for _ in loading:
        pass


def test_the_card_is_listed_with_its_memory() -> None:
    cards = [device for device in describe().devices if device.is_gpu]
    assert cards
    assert all(0 < card.memory_free <= card.memory_total for card in cards)


@pytest.mark.parametrize("layers", [-1, 8])
def test_layers_on_the_card_answer_like_the_processor(small_model: Path, layers: int) -> None:
    replies = []
    for number in (0, layers):
        engine = open_engine(small_model, number)
        try:
            list(engine.load(threading.Event()))
            assert engine.gpu_layers == (25 if number < 0 else number)
            assert engine.notice == ""
            replies.append(reply(engine))
        finally:
            engine.close()
    assert "Paris" in replies[0]
    assert replies[1] == replies[0]


def taken_on_card(model: Path, layers: int) -> float:
    """Bytes that llama.cpp allocates on the card, by its own account."""
    numbers = map(str, (WINDOW, layers, GPU_STEPS.tokens))
    script = Path(__file__).with_name("buffers.py")
    command = [sys.executable, str(script), str(model), *numbers]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in told.splitlines()]
    # What the card's driver keeps in the machine's own memory is named ..._Host.
    on_card = [row for row in rows if not row[0].startswith("CPU") and "Host" not in row[0]]
    return sum(float(row[2]) for row in on_card) * 2**20


@pytest.mark.parametrize("layers", [1, 16, 31])
def test_the_estimate_is_what_llama_cpp_takes_on_the_card(tiny_model: Path, layers: int) -> None:
    estimate = gpu_bytes(check(tiny_model), WINDOW)[layers]
    assert estimate == pytest.approx(taken_on_card(tiny_model, layers), rel=0.15)


def test_more_layers_take_as_much_more_as_estimated(small_model: Path) -> None:
    """What scores the words of this model is too large for one buffer of a software device.

    It stays with the processor there, and the estimate is on the safe side.
    """
    needs = gpu_bytes(check(small_model), WINDOW)
    few, all_layers = (taken_on_card(small_model, layers) for layers in (12, 25))
    assert needs[25] - needs[12] == pytest.approx(all_layers - few, rel=0.15)
    assert needs[25] >= all_layers


def test_a_card_that_refuses_gets_fewer_layers_and_this_is_said(small_model: Path) -> None:
    used = []
    for limit in (900_000_000, 700_000_000):
        engine = open_engine(small_model, -1)
        try:
            load(engine, limit)
            assert "it refused more" in engine.notice
            used.append(engine.gpu_layers)
        finally:
            engine.close()
    assert 0 < used[0] < 25
    assert used[1] < used[0]


def test_a_number_of_the_users_own_is_backed_off_from_too(small_model: Path) -> None:
    engine = open_engine(small_model, 24)
    try:
        load(engine, 700_000_000)
        assert engine.gpu_layers < 24
        assert "gpu_layers" in engine.notice
    finally:
        engine.close()
