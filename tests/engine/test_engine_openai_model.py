"""The engine that asks a server, against llama-cpp-python's own, with a real model."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from contracts.engine_contract import EngineContract, replies, reply

from rlm_desktop.engine.base import Engine, Finish, Message, Prompt
from rlm_desktop.engine.grammar import one_of
from rlm_desktop.engine.openai import OpenAIEngine
from rlm_desktop.errors import EngineDied, EngineError, PromptTooLong

pytestmark = pytest.mark.timeout(600)

WINDOW = 4096
#: Ends with its standard input, so that it cannot outlive the tests, however they end.
SERVER = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from llama_cpp.server.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def server(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the small model, ready."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    options = {
        "model": small_model,
        "model_alias": "small",
        "host": "127.0.0.1",
        "port": port,
        "n_ctx": WINDOW,
        "n_threads": 2,
        "n_threads_batch": 2,
        "api_key": "opensesame",
    }
    command = [sys.executable, "-c", SERVER]
    command += [str(word) for name, value in options.items() for word in (f"--{name}", value)]
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=out)
        try:
            _wait(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()
            assert process.stdin is not None
            process.stdin.close()


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the server takes connections, which it does when it has the model."""
    deadline = time.monotonic() + 120
    while True:
        assert process.poll() is None, log.read_text("utf-8", "replace")[-2000:]
        assert time.monotonic() < deadline, log.read_text("utf-8", "replace")[-2000:]
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def shared(server: str) -> Iterator[OpenAIEngine]:
    engine = OpenAIEngine(server, "small", key="opensesame", window=WINDOW)
    list(engine.load(threading.Event()))
    yield engine
    engine.close()


class TestContract(EngineContract):
    @pytest.fixture
    def engine(self, server: str, shared: OpenAIEngine, request: pytest.FixtureRequest) -> Engine:
        if "close" in request.node.name:
            return OpenAIEngine(server, "small", key="opensesame", window=WINDOW)
        return shared


def test_it_is_this_machine_and_has_the_model(shared: OpenAIEngine) -> None:
    assert shared.address == ""
    assert (shared.name, shared.window) == ("small", WINDOW)


def test_counts_tokens_as_the_model_does(shared: OpenAIEngine) -> None:
    assert shared.count("one two three four") == 4
    assert shared.count("") == 0


def test_a_choice_is_kept_to(shared: OpenAIEngine) -> None:
    prompt = Prompt(
        (Message("user", "The sky was clear all day. Which colour had it?"),),
        grammar=one_of(["red", "blue", "green"]),
        max_tokens=8,
    )
    texts, ends = replies(shared, prompt, prompt)
    assert texts == ["blue", "blue"]
    assert all(end.finish is Finish.STOP for end in ends)


def test_a_schema_is_kept_to(shared: OpenAIEngine) -> None:
    schema = '{"type": "object", "properties": {"age": {"type": "integer"}}, "required": ["age"]}'
    prompt = Prompt((Message("user", "Ada is 36. How old?"),), schema=schema, max_tokens=30)
    assert '"age"' in reply(shared, prompt)


def test_a_plain_text_is_gone_on_with(shared: OpenAIEngine) -> None:
    assert reply(shared, Prompt(prefill="1, 2, 3, 4,", max_tokens=2, stops=(",",))) == " 5"


def test_a_program_comes_without_its_fence(shared: OpenAIEngine) -> None:
    """This server does not go on with what the assistant began, so the beginning is cut off."""
    question = Message("user", "Write a Python program that prints the sum of 2 and 3.")
    prompt = Prompt((question,), prefill="```python\n", stops=("\n```",), max_tokens=60)
    program = reply(shared, prompt)
    assert "+" in program
    assert "```" not in program


def test_what_does_not_fit_is_refused(shared: OpenAIEngine) -> None:
    with pytest.raises(PromptTooLong):
        reply(shared, Prompt((Message("user", "word " * 5000),), max_tokens=10))


def test_a_wrong_key_and_a_missing_model_are_told(server: str) -> None:
    with pytest.raises(EngineError, match="RLM_DESKTOP_SERVER_KEY"):
        list(OpenAIEngine(server, key="wrong").load(threading.Event()))
    with pytest.raises(EngineError, match="it has: small"):
        list(OpenAIEngine(server, "large", key="opensesame").load(threading.Event()))


def test_a_server_that_went_away_is_told(server: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(EngineDied, match="cannot be reached"):
            list(OpenAIEngine(gone, window=WINDOW).load(threading.Event()))
