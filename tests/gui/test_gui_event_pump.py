"""Events on their way into the window: joined, in order, and at a bearable pace."""

import threading
from itertools import groupby

from gui_demo import kept, whole
from pytestqt.qtbot import QtBot

from rlm_desktop.engine.base import Usage
from rlm_desktop.gui.event_pump import EventPump
from rlm_desktop.runs.events import Event, OutputGrew, ReplyEnded, ReplyGrew, ReplyStarted


def through(qtbot: QtBot, happening: list[Event]) -> tuple[list[Event], int]:
    """What comes out of a pump, and how often it says that it is time to draw."""
    pump, came, drawn = EventPump(), list[Event](), []
    pump.happened.connect(came.append)
    pump.flushed.connect(lambda: drawn.append(1))
    with qtbot.waitSignal(pump.drained, timeout=10_000):
        pump.start()
        thread = threading.Thread(target=lambda: [pump.take(event) for event in happening])
        thread.start()
        thread.join()
        pump.finish()
    return came, len(drawn)


def test_pieces_of_a_text_are_joined_and_nothing_else_changes(qtbot: QtBot) -> None:
    came, drawn = through(qtbot, whole())
    assert kept(came) == kept(whole())
    assert len(came) < len(whole())
    assert 1 <= drawn < 40
    for event in (ReplyGrew, OutputGrew):
        for path in {e.path for e in whole() if isinstance(e, event)}:
            assert text_of(came, event, path) == text_of(whole(), event, path)


def text_of(happened: list[Event], kind: type[Event], path: str) -> str:
    return "".join(e.text for e in happened if isinstance(e, kind) and e.path == path)


def test_pieces_of_texts_that_grow_together_are_joined_each_for_itself(qtbot: QtBot) -> None:
    pieces = [ReplyGrew(f"1.{n % 3}", str(n)) for n in range(30)]
    came, _ = through(qtbot, list(pieces))
    assert [e.path for e in came if isinstance(e, ReplyGrew)] == ["1.0", "1.1", "1.2"]
    assert came[1] == ReplyGrew("1.1", "".join(str(n) for n in range(1, 30, 3)))


def test_no_piece_overtakes_another_event(qtbot: QtBot) -> None:
    happening: list[Event] = [
        ReplyStarted("1", 1), ReplyGrew("1", "a"), ReplyEnded("1", "a", Usage()),
        ReplyStarted("1", 2), ReplyGrew("1", "b"), ReplyGrew("1", "c"),
        ReplyEnded("1", "bc", Usage()),
    ]  # fmt: skip
    came, _ = through(qtbot, happening)
    expected = [*happening[:4], ReplyGrew("1", "bc"), happening[-1]]
    assert came == expected
    assert [kind for kind, _ in groupby(map(type, came))] == [
        ReplyStarted, ReplyGrew, ReplyEnded, ReplyStarted, ReplyGrew, ReplyEnded,
    ]  # fmt: skip


def test_an_empty_run_drains(qtbot: QtBot) -> None:
    assert through(qtbot, []) == ([], 0)


def test_nothing_is_passed_on_before_the_start(qtbot: QtBot) -> None:
    pump, came = EventPump(), list[Event]()
    pump.happened.connect(came.append)
    pump.clear()
    pump.take(ReplyStarted("1", 1))
    with qtbot.assertNotEmitted(pump.happened, wait=120):
        pass
    pump.start()
    qtbot.waitUntil(lambda: came == [ReplyStarted("1", 1)])
    pump.clear()


def test_a_stopped_pump_passes_on_nothing(qtbot: QtBot) -> None:
    pump = EventPump()
    pump.start()
    pump.take(ReplyStarted("1", 1))
    pump.stop()
    with qtbot.assertNotEmitted(pump.happened, wait=120):
        pass
