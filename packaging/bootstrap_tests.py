"""Running the tests and checks of the project."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bootstrap_steps import ROOT, StepFailed, call, minutes, output_of, say
from bootstrap_venv import Environment

SMALL_MODEL = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
STARTER_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"

#: The core's tests run where pytest-qt is not installed, so its settings are unknown there.
_CORE_OPTIONS = ["-o", "addopts=--strict-markers -ra", "-W", "ignore::pytest.PytestConfigWarning"]


def models_needed(tests: Path) -> dict[str, str]:
    """The models that tests ask for: name in the catalogue, and file."""
    texts = [path.read_text("utf-8") for path in tests.rglob("test_*.py")]
    fixtures = {"small_model": "starter-small", "starter_model": "starter"}
    files = {"starter-small": SMALL_MODEL, "starter": STARTER_MODEL}
    names = [name for fixture, name in fixtures.items() if any(fixture in text for text in texts)]
    return {name: files[name] for name in names}


def provide_models(main: Environment) -> Path:
    """Fetch the models the tests need, and return their folder."""
    needed = models_needed(ROOT / "tests")
    chosen = os.environ.get("RLM_DESKTOP_TEST_MODELS")
    if chosen:
        return Path(chosen)
    for name in needed:
        if call([main.python, "-m", "rlm_desktop", "models", "get", name]) != 0:
            raise StepFailed(f"The tests need the model {name}, which could not be fetched.")
    code = "from rlm_desktop import places; print(places.models())"
    return Path(output_of([main.python, "-c", code]).strip())


def check(main: Environment) -> list[str]:
    """Run the static checks, and return the names of those that failed."""
    checks = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
    }
    failed = []
    for name, command in checks.items():
        say(f"== {name}")
        if call([main.python, "-m", *command]) != 0:
            failed.append(name)
    return failed


def core_tests(main: Environment) -> list[str]:
    """Run the tests of the core where neither Qt nor llama.cpp is installed."""
    core = Environment(".venv-core")
    core.provide_core(main)
    say("== tests of the core, without Qt and llama.cpp")
    chosen = ["-m", "not gui and not llama and not model", "--ignore=tests/gui"]
    options = ["-q", "-p", "no:cacheprovider", *_CORE_OPTIONS, *chosen]
    return ["core tests"] if call([core.python, "-m", "pytest", *options]) != 0 else []


def suite(main: Environment, models: Path, arguments: list[str]) -> list[str]:
    """Run pytest with a display of its own where that can be had."""
    say("== tests")
    with display() as screen:
        environment = {**os.environ, **screen, "RLM_DESKTOP_TEST_MODELS": str(models)}
        exit_code = call([main.python, "-m", "pytest", "-q", *arguments], environment)
    return ["tests"] if exit_code != 0 else []


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """A screen that nobody sees, for tests of real windows."""
    if sys.platform != "linux" or not shutil.which("Xvfb"):
        yield {}
        return
    readable, writable = os.pipe()
    command = ["Xvfb", "-displayfd", str(writable), "-screen", "0", "1600x1000x24"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[writable], stderr=subprocess.DEVNULL
    )
    os.close(writable)
    try:
        # It writes its number when it is ready, or closes the pipe when it cannot start.
        with os.fdopen(readable) as numbers:
            number = numbers.readline().strip()
        yield {"DISPLAY": f":{number}"} if number else {}
    finally:
        server.terminate()
        server.wait()


def everything(main: Environment, arguments: list[str]) -> int:
    """Checks, core tests and the suite; or, with arguments, only what pytest is told to run."""
    begin = time.monotonic()
    models = provide_models(main)
    failed = [] if arguments else check(main) + core_tests(main)
    if failed:
        say(f"\nFailed so far: {', '.join(failed)}")
    failed += suite(main, models, arguments)
    if failed:
        say(f"\nFailed: {', '.join(failed)} (after {minutes(time.monotonic() - begin)})")
    return 1 if failed else 0
