"""A question put to the model with the beginning of the text and no loop."""

import threading
from pathlib import Path

import pytest

from rlm_desktop.documents.collection import Collection
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import Stopped
from rlm_desktop.runs.plain_chat import plain_chat


def test_a_short_text_is_shown_whole(tmp_path: Path) -> None:
    engine = ScriptedEngine(["Under a stone. "])
    with Collection.of_text("the key is under a stone", "letter.txt", tmp_path) as collection:
        reply = plain_chat(engine, "Where?", collection, threading.Event())
    assert (reply.text, reply.share) == ("Under a stone.", 1.0)
    (prompt,) = engine.heard
    assert prompt.messages[-1].text == "the key is under a stone\n\nQuestion: Where?"


def test_of_a_long_text_the_model_sees_what_fits_its_window(tmp_path: Path) -> None:
    engine = ScriptedEngine(["NOT FOUND"])
    text = " ".join(f"word{number}" for number in range(100_000))
    with Collection.of_text(text, "long.txt", tmp_path) as collection:
        reply = plain_chat(engine, "Where is word99999?", collection, threading.Event())
    assert 0 < reply.share < 0.1
    (prompt,) = engine.heard
    assert 3_000 < engine.count(prompt.messages[-1].text) <= 4_096 - 512
    assert "word99999 " not in prompt.messages[-1].text


def test_it_can_be_stopped(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with Collection.of_text("a text", "x.txt", tmp_path) as collection, pytest.raises(Stopped):
        plain_chat(ScriptedEngine(["no"]), "Where?", collection, stop)
