import sys
import threading
import time

import psutil
import pytest

from rlm_desktop.errors import Stopped
from rlm_desktop.ipc.command import Finished, running


def _run(code: str) -> Finished:
    steps = running([sys.executable, "-c", code], threading.Event())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            finished: Finished = end.value
            return finished


def test_exit_code_and_both_outputs() -> None:
    code = "import sys; print('out', flush=True); print('err', file=sys.stderr); sys.exit(3)"
    assert _run(code) == Finished(3, "out\nerr\n")


def test_only_the_end_of_a_flood_is_kept() -> None:
    finished = _run("print('x' * 1_000_000, end=''); print('end', end='')")
    assert len(finished.output) == 64 * 1024
    assert finished.output.endswith("xend")


def test_it_gets_no_input() -> None:
    assert _run("import sys; print(repr(sys.stdin.read()))").output == "''\n"


def test_stop_ends_it() -> None:
    stop = threading.Event()
    steps = running([sys.executable, "-c", "import time; time.sleep(60)"], stop)
    next(steps)
    begin = time.monotonic()
    stop.set()
    with pytest.raises(Stopped):
        next(steps)
    assert time.monotonic() - begin < 2
    assert psutil.Process().children() == []


def test_closing_ends_it() -> None:
    steps = running([sys.executable, "-c", "import time; time.sleep(60)"], threading.Event())
    next(steps)
    steps.close()
    assert psutil.Process().children() == []


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        next(running(["/no/such/program"], threading.Event()))
