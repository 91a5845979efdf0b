"""One file of a model, in use by two programs."""

import threading
from pathlib import Path

from rlm_desktop.engine.base import Done, Prompt, Wrote
from rlm_desktop.engine.process import ProcessEngine


def test_two_programs_load_one_file_at_once(small_model: Path) -> None:
    engines = [ProcessEngine(small_model, threads=1, window=256) for _ in range(2)]
    stop = threading.Event()
    try:
        loading = [iter(engine.load(stop)) for engine in engines]
        while loading:  # a step of each in turn, so that both are at it
            loading = [steps for steps in loading if next(steps, None) is not None]
        assert len({engine.pid for engine in engines}) == 2
        replies = []
        for engine in engines:
            said = list(engine.generate([Prompt(prefill="1, 2, 3, 4,", max_tokens=6)], stop))
            assert isinstance(said[-1], Done)
            replies.append("".join(piece.text for piece in said if isinstance(piece, Wrote)))
    finally:
        for engine in engines:
            engine.close()
    assert replies[0] == replies[1] != ""
