"""The engine that replies from a script."""

import threading

import pytest
from contracts.engine_contract import EngineContract, replies, reply

from rlm_desktop.engine.base import Message, Prompt
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import EngineDied, EngineError

PROMPT = Prompt((Message("user", "What now?"),))


class TestScriptedEngine(EngineContract):
    @pytest.fixture
    def engine(self, request: pytest.FixtureRequest) -> ScriptedEngine:
        if "scores" in request.node.name:
            return ScriptedEngine(["eight", "nine?"])
        return ScriptedEngine(["One, two, three, four, five, six, seven, eight, nine, ten."] * 9)


def test_gives_the_replies_in_order_and_remembers_the_prompts() -> None:
    engine = ScriptedEngine(["first", "second"])
    assert replies(engine, PROMPT, PROMPT)[0] == ["first", "second"]
    assert engine.heard == [PROMPT, PROMPT]


def test_raises_an_error_of_the_script_in_its_place() -> None:
    engine = ScriptedEngine(["first", EngineDied("gone"), "third"])
    assert reply(engine, PROMPT) == "first"
    with pytest.raises(EngineDied, match="gone"):
        reply(engine, PROMPT)
    assert list(engine.restart(threading.Event())) == [1.0]
    assert engine.restarts == 1
    assert reply(engine, PROMPT) == "third"


def test_says_when_the_script_is_at_its_end() -> None:
    with pytest.raises(EngineError, match="end"):
        reply(ScriptedEngine([]), PROMPT)
