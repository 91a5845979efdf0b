"""The tree of calls in numbers, its search and filters, following and reading freely."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from gui_demo import asked, beginning, middle, whole
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.engine.base import Usage
from rlm_desktop.gui import style
from rlm_desktop.gui.call_search import Wanted
from rlm_desktop.gui.items.call_figures import MOST_STRETCHES, Busy, CallFigures
from rlm_desktop.gui.items.call_tree import (
    BAR,
    BAR_ROLE,
    CACHED,
    OWN,
    RATE,
    READ,
    TIME,
    WRITTEN,
    CallTreeItems,
)
from rlm_desktop.gui.moments import Moment, kept_moments
from rlm_desktop.gui.views.run_view import RunView
from rlm_desktop.gui.views.time_bar import color_of
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.runs import events
from rlm_desktop.runs.events import CallKind, Event, Outcome
from rlm_desktop.storage.run_store import RunStore
from tests.gui.conftest import OpenWindow

#: A call that writes for 2 s, runs its program for 1 s, waits for another for 4 s, which waits
#: for 1 of them, and runs 1 s again.
TIMED: list[tuple[float, Event]] = [
    (0.0, events.CallStarted("1", CallKind.ROOT, "Q")),
    (0.0, events.ReplyStarted("1", 1)),
    (2.0, events.ReplyEnded("1", "p", Usage(100, 20, 60, 2.0))),
    (2.0, events.CodeStarted("1", "p")),
    (3.0, events.CallStarted("1.1", CallKind.ASK, "why", "because", 5)),
    (4.5, events.ReplyStarted("1.1", 1)),
    (7.0, events.ReplyEnded("1.1", "so", Usage(30, 3, 0, 3.0))),
    (7.0, events.CallEnded("1.1", Outcome.ANSWERED, "so")),
    (8.0, events.CodeEnded("1", "", None, 2.0)),
    (8.0, events.CallEnded("1", Outcome.ANSWERED, "so")),
]


@pytest.fixture
def view(qtbot: QtBot) -> RunView:
    view = RunView()
    for widget in (view.story, view.code_view, view.calls, view.answer):
        qtbot.addWidget(widget)
    view.calls.resize(900, 600)
    view.calls.show()
    return view


def feed(view: RunView, happened: Iterable[Event]) -> None:
    for event in happened:
        view.add(event)
    view.refresh()


def feed_timed(view: RunView) -> None:
    for seconds, event in TIMED:
        view.tick(seconds)
        view.add(event)
    view.refresh()


def labels(first: int, count: int, parent: str = "1") -> Iterator[Event]:
    """Calls that are labelled one after the other; each 7th is a close one, each 11th fails."""
    for number in range(first, first + count):
        path = f"{parent}.{number}"
        yield events.CallStarted(path, CallKind.CLASSIFY, "Which?", f"line {number} here", number)
        yield events.ReplyStarted(path, 1)
        yield events.ReplyEnded(path, "yes", Usage(50, 1, 40, 0.1))
        outcome = Outcome.FAILED if number % 11 == 0 else Outcome.ANSWERED
        yield events.CallEnded(path, outcome, "yes", 0.05 if number % 7 == 0 else 0.9)


def all_rows(items: CallTreeItems, above: QModelIndex | None = None) -> list[str]:
    found, parent = [], above or QModelIndex()
    for row in range(items.rowCount(parent)):
        index = items.index(row, 0, parent)
        found += [index.data(), *all_rows(items, index)]
    return found


def test_a_call_is_split_into_model_code_and_waiting() -> None:
    figures = CallFigures()
    for seconds, event in TIMED:
        figures.now = seconds
        figures.add(event)
    root = [(each.busy, each.start, each.end) for each in figures.of("1").stretches]
    assert root == [
        (Busy.MODEL, 0.0, 2.0),
        (Busy.CODE, 2.0, 3.0),
        (Busy.WAITING, 3.0, 7.0),
        (Busy.CODE, 7.0, 8.0),
    ]
    below = [(each.busy, each.start, each.end) for each in figures.of("1.1").stretches]
    assert below == [(Busy.WAITING, 3.0, 4.0), (Busy.MODEL, 4.0, 7.0)]


def test_the_stretches_of_a_call_do_not_grow_without_end() -> None:
    figures = CallFigures()
    figures.add(events.CallStarted("1", CallKind.ROOT, "Q"))
    figures.add(events.CodeStarted("1", "p"))
    for number in range(1, 2000):
        figures.now = float(number)
        figures.add(events.CallStarted(f"1.{number}", CallKind.ASK, "why"))
        figures.now = number + 0.7
        figures.add(events.CallEnded(f"1.{number}", Outcome.ANSWERED))
    stretches = figures.of("1").stretches
    assert len(stretches) <= MOST_STRETCHES
    assert (stretches[0].start, stretches[-1].end) == (0.0, 1999.7)
    for one, other in pairwise(stretches):
        assert one.end == other.start


def test_the_columns_say_time_tokens_and_rate(view: RunView) -> None:
    feed_timed(view)
    root = view.items.index(0, 0)

    def cell(column: int) -> str:
        return str(root.siblingAtColumn(column).data())

    assert cell(TIME) == "8.0 s"
    assert cell(OWN) == "4.0 s"
    assert (cell(READ), cell(WRITTEN), cell(CACHED)) == ("130", "23", "60")
    assert cell(RATE) == "30/s"
    bar = root.siblingAtColumn(BAR)
    assert bar.data(BAR_ROLE).whole == 8.0
    told = bar.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "model 2.0 s · code 2.0 s · waiting 4.0 s"


def test_a_group_is_busy_while_any_of_its_calls_is(view: RunView) -> None:
    view.add(events.CallStarted("1", CallKind.ROOT, "Q"))
    for seconds, event in zip(range(1000), labels(1, 60), strict=False):
        view.tick(float(seconds))
        view.add(event)
    view.refresh()
    group = view.items.index(0, BAR, view.items.index(0, 0))
    stretches = group.data(BAR_ROLE).stretches
    assert {each.busy for each in stretches} == {Busy.MODEL, Busy.WAITING}
    assert view.items.index(0, READ, view.items.index(0, 0)).data() == "2,500"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_parts_of_a_bar_differ_in_both_themes(theme: str) -> None:
    app = QGuiApplication.instance()
    style.apply(theme, app)  # type: ignore[arg-type]
    colors = {color_of(busy, QGuiApplication.palette()).name() for busy in Busy}
    style.apply("system", app)  # type: ignore[arg-type]
    assert len(colors) == 3


def test_the_tree_and_what_was_found_keep_their_promises(qtbot: QtBot, view: RunView) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(items, fatal) for items in (view.items, view.calls.searching.found)
    ]
    view.calls.filters.states.setCurrentIndex(list(Wanted).index(Wanted.FAILED))
    feed(view, [events.CallStarted("1", CallKind.ROOT, "Q"), *labels(1, 54)])
    qtbot.waitUntil(lambda: view.calls.filters.result == "4 calls found")
    view.clear()
    assert all_rows(view.calls.searching.found) == []
    assert len(testers) == 2


def test_a_search_keeps_the_calls_above(qtbot: QtBot, view: RunView) -> None:
    feed(view, [*beginning(), *middle(412)])
    sub = [
        events.CallStarted("1.500", CallKind.RLM, "go on"),
        events.CallStarted("1.500.1", CallKind.ASK, "Why?", "the NEEDLE is here"),
    ]
    feed(view, sub)
    view.calls.filters.search.setText("needle here")
    qtbot.waitUntil(lambda: view.calls.filters.result == "1 call found")
    found = all_rows(view.calls.searching.found)
    assert found[1:] == ["Sub-run: go on", "Sub-question: the NEEDLE is here"]
    assert view.calls.trees.currentWidget() is view.calls.found_tree
    index = view.calls.searching.found.index_of("1.500.1")
    assert view.calls.found_tree.isExpanded(index.parent())
    view.calls.found_tree.setCurrentIndex(index)
    assert "the NEEDLE is here" in view.calls.detail.toPlainText()
    view.calls.filters.search.clear()
    assert view.calls.trees.currentWidget() is view.calls.tree
    assert view.calls.current is view.run.call("1.500.1")


def test_nothing_found_is_said(qtbot: QtBot, view: RunView) -> None:
    feed(view, whole())
    view.calls.filters.search.setText("no such words")
    qtbot.waitUntil(lambda: view.calls.filters.result == "No call has that")


@pytest.mark.parametrize(
    ("wanted", "kind", "count"),
    [
        (Wanted.FAILED, None, "9 calls"),
        (Wanted.CLOSE, None, "14 calls"),
        (Wanted.ANY, CallKind.CLASSIFY, "100 calls"),
        (Wanted.OPEN, None, "1 call"),
    ],
)
def test_the_filters_choose_kind_and_state(
    qtbot: QtBot, view: RunView, wanted: Wanted, kind: CallKind | None, count: str
) -> None:
    feed(view, [events.CallStarted("1", CallKind.ROOT, "Q"), *labels(1, 100)])
    filters = view.calls.filters
    filters.states.setCurrentIndex(filters.states.findData(wanted))
    filters.kinds.setCurrentIndex(filters.kinds.findData(kind))
    qtbot.waitUntil(lambda: filters.result == f"{count} found")


def test_what_comes_later_is_found_as_it_comes(qtbot: QtBot, view: RunView) -> None:
    feed(view, [events.CallStarted("1", CallKind.ROOT, "Q"), *labels(1, 10)])
    view.calls.filters.states.setCurrentIndex(list(Wanted).index(Wanted.FAILED))
    qtbot.waitUntil(lambda: view.calls.filters.result == "No call has that")
    feed(view, labels(11, 1))
    qtbot.waitUntil(lambda: view.calls.filters.result == "1 call found")


def test_letters_typed_into_the_tree_begin_a_search(qtbot: QtBot, view: RunView) -> None:
    feed(view, whole())
    view.calls.tree.setFocus()
    qtbot.keyClicks(view.calls.tree, "b")
    assert view.calls.filters.search.text() == "b"
    assert view.calls.filters.search.hasFocus()


def test_it_follows_the_run_until_the_user_scrolls(qtbot: QtBot, view: RunView) -> None:
    calls, bar = view.calls, view.calls.tree.verticalScrollBar()
    feed(view, [*beginning(), *labels(2, 3000)])
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    assert calls.follow.isChecked()
    bar.setValue(3)
    assert not calls.follow.isChecked()
    most = bar.maximum()
    feed(view, labels(3002, 1000))
    qtbot.waitUntil(lambda: bar.maximum() > most)
    assert bar.value() == 3
    qtbot.mouseClick(calls.follow, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(calls.tree, Qt.Key.Key_Up)
    assert not calls.follow.isChecked()


def test_columns_come_with_room_and_by_choice(qtbot: QtBot, view: RunView) -> None:
    calls = view.calls
    calls.resize(420, 500)
    qtbot.waitUntil(lambda: calls.tree.isColumnHidden(CACHED))
    calls.columns.actions_of[CACHED].trigger()
    assert not calls.tree.isColumnHidden(CACHED)
    assert not calls.found_tree.isColumnHidden(CACHED)
    calls.resize(1400, 500)
    qtbot.waitUntil(lambda: not calls.tree.isColumnHidden(RATE))


def test_reading_the_detail_is_not_disturbed_by_what_comes(qtbot: QtBot, view: RunView) -> None:
    feed(view, [*beginning(), *asked("1", 2, 1, 0)])
    feed(view, [
        events.ReplyStarted("1.2", 1), events.ReplyGrew("1.2", "so\n" * 400),
    ])  # fmt: skip
    view.calls.tree.setCurrentIndex(view.items.index_of("1.2"))
    bar = view.calls.detail.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(20)
    feed(view, [events.ReplyGrew("1.2", "and more")])
    assert bar.value() == 20
    view.calls.copy_reply.click()
    assert QGuiApplication.clipboard().text().endswith("so\nand more")


def test_a_kept_run_has_the_times_at_which_it_was_kept() -> None:
    with RunStore(None) as store:
        number: int | None = None
        happened = [event for event in whole() if not isinstance(event, events.Progress)]
        for index, event in enumerate(happened):
            number = store.record(event, number, index)
        assert number is not None
        timed = list(store.timed_events(number))
        assert [event for _, event in timed] == list(store.events(number))
        times = [seconds for seconds, _ in timed]
        assert times == sorted(times)


def test_moments_stand_before_what_happened_then_and_time_does_not_run_back() -> None:
    one, two, three = (events.ReplyStarted("1", turn) for turn in range(3))
    timed = [(100.0, one), (101.5, two), (101.0, three)]
    assert list(kept_moments(timed)) == [one, Moment(1.5), two, three]


def test_the_passage_of_a_call_is_shown_in_its_document(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", "Under the stone.", "Right"])
    window.begin([document])
    window.workbench.ask("Where is the key?", events.Limits())
    qtbot.waitUntil(
        lambda: window.workbench.phase is Phase.IDLE and bool(window.views.run_view.run.ended),
        timeout=20_000,
    )
    with qtbot.waitSignal(window.views.run_view.evidence_chosen) as chosen:
        window.views.run_view.calls.passage_wanted.emit(*_place(window))
    assert chosen.args[0].quote == "the key is under the third stone."
    assert "third stone" in window.views.document.text.visible_text
    window.views.run_view.calls.passage_wanted.emit(3, "what is not there")
    assert "are not open" in window.views.errors.text


def _place(window: object) -> tuple[int, str]:
    text = "the key is under the third stone."
    collection = window.workbench.documents.collection  # type: ignore[attr-defined]
    return collection.find(text), text


def test_a_live_run_has_its_times(qtbot: QtBot, open_window: OpenWindow, document: Path) -> None:
    window = open_window(["Yes", "Under the stone.", "Right"], pause=0.02)
    window.begin([document])
    window.workbench.ask("Where is the key?", events.Limits())
    view = window.views.run_view
    qtbot.waitUntil(
        lambda: window.workbench.phase is Phase.IDLE and bool(view.run.ended), timeout=20_000
    )
    live = view.items.figures.of("1")
    assert live.end is not None
    assert live.end > live.start
    with RunStore(places.database()) as store:
        number = store.runs()[0].number
    window.workbench.show_kept(number)
    qtbot.waitUntil(
        lambda: window.workbench.phase is Phase.IDLE and bool(view.run.ended), timeout=20_000
    )
    again = view.items.figures.of("1")
    assert again is not live
    assert again.end is not None
    assert abs((again.end - again.start) - (live.end - live.start)) < 1.0


def test_the_last_of_many_calls_takes_no_longer_than_the_first(view: RunView) -> None:
    calls = 20_000
    view.add(events.CallStarted("1", CallKind.ROOT, "Q"))
    part = calls // 10
    took = []
    for first in range(1, calls + 1, part):
        happened = list(labels(first, part))
        began = perf_counter()
        for number, event in enumerate(happened):
            view.items.add(event)
            if number % 400 == 0:
                view.items.refresh()
                view.calls.refresh({event.path})  # type: ignore[union-attr]
        took.append(perf_counter() - began)
    # The least of some is what the work takes when nothing else goes on.
    assert min(took[-4:]) / min(took[:4]) < 2.5


def test_the_filters_are_reached_by_keyboard_though_the_tree_takes_the_focus(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window()
    calls = window.views.run_view.calls
    with qtbot.waitActive(window):
        window.activateWindow()
    window.menus.tabs[1].trigger()
    calls.setFocus()
    assert calls.tree.hasFocus()
    reached = set()
    for _ in range(60):
        focused = window.focusWidget()
        assert focused is not None
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    filters = calls.filters
    wanted = {filters.search, filters.kinds, filters.states, calls.columns, calls.follow}
    assert wanted <= reached
    assert all(control.accessibleName() or control.text() for control in wanted)  # type: ignore[attr-defined]
