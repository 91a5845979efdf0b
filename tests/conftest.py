"""What every test gets, and what none may leave behind."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

# CI has no display; a test that wants the real one sets this before it starts.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

#: Where `bootstrap.py test` keeps the models of the tests; read before the home is redirected.
_MODELS = Path(os.environ.get("RLM_DESKTOP_TEST_MODELS", ""))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"qtbot", "qapp", "qtmodeltester"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("gui")
        if {"small_model", "starter_model"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("model")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own for each test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("RLM_DESKTOP_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread or a child process running."""
    threads = set(threading.enumerate())
    children = set(psutil.Process().children(recursive=True))
    yield
    deadline = time.monotonic() + 2
    while True:
        new_threads = [t for t in set(threading.enumerate()) - threads if t.is_alive()]
        new_children = [
            child
            for child in set(psutil.Process().children(recursive=True)) - children
            if child.status() != psutil.STATUS_ZOMBIE
        ]
        if not new_threads and not new_children:
            return
        if time.monotonic() > deadline:
            pytest.fail(f"left behind: {new_threads} {new_children}")
        time.sleep(0.02)


def _model(name: str) -> Path:
    path = _MODELS / name
    assert path.is_file(), f"{path} is missing: run the tests with packaging/bootstrap.py test"
    return path


@pytest.fixture(scope="session")
def small_model() -> Path:
    """The real 0.5B GGUF (`models get starter-small`)."""
    return _model("qwen2.5-coder-0.5b-instruct-q4_k_m.gguf")


@pytest.fixture(scope="session")
def starter_model() -> Path:
    """The real 1.5B GGUF (`models get starter`)."""
    return _model("qwen2.5-coder-1.5b-instruct-q4_k_m.gguf")
