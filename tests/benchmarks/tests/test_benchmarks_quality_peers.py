"""Tests for the peers that answer the same questions in tests/benchmarks."""

from pathlib import Path

import pytest
from _quality_chats import Chat
from _quality_pieces import PIECE_CHARACTERS, Pieces, fitting, head
from _quality_process import Ended
from _quality_rlms import answered_from
from _quality_tasks import read_tasks
from quality_examples import make_set

from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import EngineError


def words(text: str) -> int:
    return len(text.split())


def test_a_beginning_fits_exactly() -> None:
    assert fitting("one two three four", 2, words).split() == ["one", "two"]
    assert fitting("one two", 9, words) == "one two"
    assert fitting("one two", 0, words) == ""
    assert fitting("one two", -3, words) == ""


def test_files_share_the_window(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"{name} " * 1_000)
    shown = head([tmp_path / "a", tmp_path / "b"], 100, words)
    first, _, second = shown.partition("\n\n")
    assert first.startswith("a:\na a ")
    assert second.startswith("b:\nb b ")
    assert words(first) == words(second) == 48


def test_the_pieces_that_fit_come_first(tmp_path: Path) -> None:
    path = tmp_path / "farm.txt"
    filler = "The cows stand on the meadow. " * 200
    path.write_text(f"{filler}The hens lay brown eggs.{filler}")
    pieces = Pieces([path])
    try:
        shown = pieces.best("Which eggs do the hens lay?", many=2)
        assert "brown eggs" in shown.split("\n\n")[0]
        assert shown.startswith("farm.txt: …")
        assert len(shown) <= 2 * (PIECE_CHARACTERS + 20)
        for question in ('"?! -', "AND OR NEAR zebra"):  # no word that the text has
            assert pieces.best(question, many=1).startswith("farm.txt: …The cows stand")
    finally:
        pieces.close()


@pytest.mark.parametrize("name", ["head", "bm25"])
def test_a_chat_is_shown_text_and_question(tmp_path: Path, name: str) -> None:
    path = make_set(tmp_path)
    first, second, _ = read_tasks(path)
    engine = ScriptedEngine([" 3 hens\n", EngineError("the engine is gone")])
    chat = Chat(name, engine, "small", path.parent.parent, seconds=60)
    try:
        good, bad = chat.ask(first), chat.ask(second)
    finally:
        chat.close()
    assert (good.answer, good.route, good.outcome, good.calls) == ("3 hens", name, "answered", 1)
    assert (good.model, good.error, good.reply_tokens) == ("small", None, 2)
    assert (bad.answer, bad.outcome, bad.error) == ("", None, "the engine is gone")
    system, user = engine.heard[0].messages
    assert "reply exactly: NOT FOUND" in system.text
    assert "Berta, Clara, Dora" in user.text
    assert user.text.endswith(f"Question: {first.question}")


def test_a_chat_is_stopped_at_its_limit(tmp_path: Path) -> None:
    path = make_set(tmp_path)
    engine = ScriptedEngine(["a very long reply " * 1_000], pause=0.01)
    chat = Chat("head", engine, "small", path.parent.parent, seconds=0.05)
    stopped = chat.ask(read_tasks(path)[0])
    assert (stopped.seconds, stopped.error) == (0.05, "stopped after 0 s")


def test_what_the_library_says_is_its_last_line(tmp_path: Path) -> None:
    task = read_tasks(make_set(tmp_path))[0]
    usage = '{"model_usage_summaries": {"m": {"total_calls": 3, "total_input_tokens": 90,'
    usage += ' "total_output_tokens": 8}}}'
    output = f'printed by a program\n\n{{"answer": "3", "error": null, "usage": {usage}}}\n'
    good = answered_from(task, "small", Ended(0, output, "", 5.0))
    assert (good.answer, good.calls, good.prompt_tokens, good.reply_tokens) == ("3", 3, 90, 8)
    assert (good.outcome, good.route, good.error) == ("answered", "rlms", None)
    late = answered_from(task, "small", Ended(None, "", "", 61.0))
    assert (late.answer, late.error, late.exit_code) == ("", "killed after 61 s", None)
    failed = answered_from(task, "small", Ended(1, "", "Traceback: 400\n", 2.0))
    assert failed.error == "Traceback: 400"
