"""The thread of a run: what it signals, and what becomes of errors and bugs."""

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

from pytestqt.qtbot import QtBot

from rlm_desktop.errors import EngineError, Stopped, UsageError
from rlm_desktop.gui.run_thread import RunThread
from rlm_desktop.runs.events import Event, LoadGrew, Outcome, RunEnded

Begin = Callable[[threading.Event], SimpleNamespace]


def run(qtbot: QtBot, begin: Begin) -> tuple[list[Event], list[tuple[str, object]]]:
    """The events that a thread takes, and its signals in order."""
    taken: list[Event] = []
    signals: list[tuple[str, object]] = []
    thread = RunThread(begin, taken.append)
    thread.began.connect(lambda number: signals.append(("began", number)))
    thread.refused.connect(lambda text: signals.append(("refused", text)))
    thread.crashed.connect(lambda text: signals.append(("crashed", text)))
    with qtbot.waitSignal(thread.finished, timeout=5000):
        thread.start()
    thread.wait()
    return taken, signals


def test_the_events_are_taken_in_order_in_the_thread_of_the_run(qtbot: QtBot) -> None:
    threads = []

    def happening() -> Iterator[Event]:
        threads.append(threading.get_ident())
        yield LoadGrew(0.5)
        yield RunEnded(Outcome.ANSWERED)

    taken, signals = run(qtbot, lambda _: SimpleNamespace(number=7, events=happening()))
    assert taken == [LoadGrew(0.5), RunEnded(Outcome.ANSWERED)]
    assert signals == [("began", 7)]
    assert threads != [threading.get_ident()]


def test_an_expected_error_is_told_in_its_words(qtbot: QtBot) -> None:
    def refuse(_: threading.Event) -> SimpleNamespace:
        raise UsageError("the question is empty")

    assert run(qtbot, refuse) == ([], [("refused", "the question is empty")])


def test_an_expected_error_in_the_middle_is_told_too(qtbot: QtBot) -> None:
    def happening() -> Iterator[Event]:
        yield LoadGrew(0.5)
        raise EngineError("the engine is gone")

    taken, signals = run(qtbot, lambda _: SimpleNamespace(number=1, events=happening()))
    assert taken == [LoadGrew(0.5)]
    assert signals == [("began", 1), ("refused", "the engine is gone")]


def test_a_bug_is_told_with_its_traceback(qtbot: QtBot) -> None:
    def broken(_: threading.Event) -> SimpleNamespace:
        raise KeyError("a bug")

    ((name, trace),) = run(qtbot, broken)[1]
    assert name == "crashed"
    assert "KeyError: 'a bug'" in str(trace)
    assert "in broken" in str(trace)


def test_stop_reaches_the_run_and_is_no_error(qtbot: QtBot) -> None:
    taken: list[Event] = []

    def begin(stop: threading.Event) -> SimpleNamespace:
        def happening() -> Iterator[Event]:
            yield LoadGrew(0.1)
            assert stop.wait(5)
            raise Stopped

        return SimpleNamespace(number=1, events=happening())

    thread = RunThread(begin, taken.append)
    told: list[str] = []
    thread.refused.connect(told.append)
    thread.crashed.connect(told.append)
    thread.start()
    qtbot.waitUntil(lambda: taken == [LoadGrew(0.1)])
    with qtbot.waitSignal(thread.finished, timeout=1000):
        thread.stop()
    thread.wait()
    assert told == []
