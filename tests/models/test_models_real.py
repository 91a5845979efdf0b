"""Files of real models that are out of the ordinary, loaded by llama.cpp."""

import threading
from pathlib import Path

from gguf_splitter import split_gguf, without_value

from rlm_desktop.engine.base import Done, Message, Prompt, Wrote
from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.models import verify

QUESTION = Prompt(
    (
        Message("system", "Answer in one word."),
        Message("user", "What is the capital of France?"),
    ),
    max_tokens=8,
)
COUNTING = Prompt(prefill="1, 2, 3, 4,", max_tokens=6)


def _engine(path: Path) -> ProcessEngine:
    return ProcessEngine(path, threads=2, window=512)


def _reply(engine: ProcessEngine, prompt: Prompt) -> str:
    said = list(engine.generate([prompt], threading.Event()))
    assert isinstance(said[-1], Done)
    return "".join(piece.text for piece in said if isinstance(piece, Wrote))


def _loaded_and_asked(path: Path) -> str:
    engine = _engine(path)
    try:
        list(engine.load(threading.Event()))
        return _reply(engine, QUESTION)
    finally:
        engine.close()


def test_in_two_files_it_answers_as_in_one(small_model: Path, tmp_path: Path) -> None:
    cut = split_gguf(small_model, tmp_path, "small", 2)
    facts, one = verify.check(cut[1]), verify.check(small_model)
    assert (facts.path, facts.weight_bytes) == (cut[0], one.weight_bytes)
    reply = _loaded_and_asked(facts.path)
    assert "Paris" in reply
    assert reply == _loaded_and_asked(small_model)


def test_without_its_template_it_answers_by_the_default(small_model: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.gguf"
    without_value(small_model, base, "tokenizer.chat_template")
    facts = verify.check(base)
    assert facts.template == "chatml, by default"
    assert facts.weight_bytes == verify.check(small_model).weight_bytes
    assert "Paris" in _loaded_and_asked(base)


def test_two_programs_load_one_file_at_once(small_model: Path) -> None:
    engines = [_engine(small_model) for _ in range(2)]
    stop = threading.Event()
    try:
        loading = [iter(engine.load(stop)) for engine in engines]
        while loading:  # a step of each in turn, so that both are at it
            loading = [steps for steps in loading if next(steps, None) is not None]
        assert len({engine.pid for engine in engines}) == 2
        first, second = (_reply(engine, COUNTING) for engine in engines)
    finally:
        for engine in engines:
            engine.close()
    assert first == second != ""
