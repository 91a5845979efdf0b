"""The views of a run: what they show, and that live and read back they show the same."""

import pytest
from gui_demo import BROKEN_PROGRAM, FIRST_PROGRAM, OUTPUT, asked, beginning, kept, middle, whole
from PySide6.QtCore import QModelIndex, Qt, QUrl
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.items.call_tree import CALL, STATE, TIME, CallTreeItems
from rlm_desktop.gui.views.run_view import RunView
from rlm_desktop.runs import events
from rlm_desktop.runs.events import CallKind, Event, Limits, Outcome, RunEnded, Status


def shown(view: RunView) -> tuple[str, str, list[str], str]:
    """All texts of a view."""
    return (
        view.story.toPlainText(),
        view.code.toPlainText(),
        rows(view.items),
        view.answer.text.toPlainText(),
    )


def rows(items: CallTreeItems, above: QModelIndex | None = None) -> list[str]:
    found, parent = [], above or QModelIndex()
    for row in range(items.rowCount(parent)):
        index = items.index(row, 0, parent)
        found.append(
            " | ".join(str(index.siblingAtColumn(column).data()) for column in range(TIME + 1))
        )
        found += rows(items, index)
    return found


@pytest.fixture
def view(qtbot: QtBot) -> RunView:
    view = RunView()
    for widget in (view.story, view.code, view.calls, view.answer):
        qtbot.addWidget(widget)
    return view


def feed(view: RunView, happened: list[Event], every: int = 10_000) -> None:
    for number, event in enumerate(happened, start=1):
        view.add(event)
        if number % every == 0:
            view.refresh()
    view.refresh()


@pytest.mark.parametrize("every", [1, 7, 10_000])
def test_read_back_it_looks_as_it_did_live(qtbot: QtBot, view: RunView, every: int) -> None:
    again = RunView()
    for widget in (again.story, again.code, again.calls, again.answer):
        qtbot.addWidget(widget)
    feed(view, whole(), every)
    feed(again, kept(whole()))
    assert shown(view) == shown(again)


def test_a_view_that_is_cleared_shows_the_next_run_as_a_fresh_one_would(view: RunView) -> None:
    feed(view, whole())
    first = shown(view)
    view.clear()
    assert view.story.toPlainText() == view.code.toPlainText() == ""
    assert rows(view.items) == []
    assert view.answer.isHidden()
    feed(view, whole())
    assert shown(view) == first


def test_the_story_tells_each_step_in_plain_words(view: RunView) -> None:
    feed(view, whole())
    story = view.story.toPlainText()
    assert "Took the worked example “count”" in story
    assert "searched for “FAIL(ED|URE)” and took the most frequent · 2 lines printed" in story
    assert "Noted 1,204 passages as evidence (grep)" in story
    assert "Asked the model about 412 passages" in story
    assert "20 failed" in story
    assert "Step 3. Added up: it failed" in story
    assert "TypeError" in story
    assert story.splitlines()[-1].startswith("Answered · 414 calls, 5 min 12 s")


def test_the_story_counts_while_sub_questions_are_answered(view: RunView) -> None:
    feed(view, [*beginning(), *middle(99)])
    assert "Asked the model about 412 passages: 99 done" in view.story.toPlainText()


def test_the_programs_are_shown_to_the_letter_with_output_and_error(view: RunView) -> None:
    feed(view, whole())
    code = view.code.toPlainText()
    assert FIRST_PROGRAM in code
    assert BROKEN_PROGRAM in code
    assert OUTPUT.strip() in code
    assert "TypeError: unsupported operand" in code


def test_a_program_grows_while_it_is_written(view: RunView) -> None:
    written = [*beginning(), events.ReplyStarted("1", 2), events.ReplyGrew("1", "x = le")]
    feed(view, written)
    assert view.code.toPlainText().splitlines()[-2] == "x = le"
    feed(view, [events.ReplyGrew("1", "n(context)")])
    assert "x = len(context)" in view.code.toPlainText()


def test_the_answer_says_what_it_rests_on(view: RunView) -> None:
    feed(view, whole())
    answer = view.answer.text.toPlainText()
    assert "M7 failed most often: 412 of 1,204" in answer
    assert "**" not in answer
    assert view.answer.status == "✓ Read by the model"
    assert "43 % of the text was read" in view.answer.facts
    items = view.answer.evidence.items
    assert items.rowCount() == 2
    assert "FAILED drive belt worn" in items.index(0).data()


def test_choosing_a_passage_says_which(qtbot: QtBot, view: RunView) -> None:
    feed(view, whole())
    with qtbot.waitSignal(view.evidence_chosen) as chosen:
        view.answer.evidence.activated.emit(view.answer.evidence.items.index(1))
    assert chosen.args[0].document == "maintenance report.md"
    assert chosen.args[0].page == 12


@pytest.mark.parametrize(
    ("end", "says"),
    [
        (RunEnded(Outcome.STOPPED), "stopped before there was an answer"),
        (RunEnded(Outcome.FAILED, error="the engine is gone"), "the engine is gone"),
        (RunEnded(Outcome.NOT_FOUND, None, Status.NOT_FOUND), "Nothing about it was found"),
        (RunEnded(Outcome.FORCED, "7", Status.FORCED), "7"),
    ],
)
def test_every_end_is_told(view: RunView, end: RunEnded, says: str) -> None:
    feed(view, [*beginning(), events.CallEnded("1", end.outcome, end.answer), end])
    assert says in view.answer.text.toPlainText()
    assert not view.answer.isHidden()


def test_hostile_text_is_shown_as_text(view: RunView) -> None:
    hostile = (
        '<img src="http://192.0.2.1/x.png"> [click](http://192.0.2.1/)'
        " ![pic](file:///etc/passwd) <b>bold</b>"
    )
    fetched: list[object] = []
    load = view.answer.text.loadResource
    view.answer.text.loadResource = lambda kind, name: fetched.append(name) or load(kind, name)  # type: ignore[method-assign]
    feed(view, [
        events.RunStarted(hostile, (), "m", Limits()),
        events.CallStarted("1", CallKind.ROOT, hostile),
        events.ReplyStarted("1", 1),
        events.ReplyEnded("1", hostile, events.Usage()),
        events.CodeStarted("1", hostile),
        events.ActBlocked("1", "tried <i>to</i> open \x1b[31ma file\u202e"),
        events.CodeEnded("1", hostile, None),
        RunEnded(Outcome.ANSWERED, hostile, Status.COMPUTED),
    ])  # fmt: skip
    for text in (view.story, view.code):
        assert '<img src="http://192.0.2.1/x.png">' in text.toPlainText()
        assert "\x1b" not in text.toPlainText()
        assert "\u202e" not in text.toPlainText()
        assert "tried <i>to</i> open a file" in text.toPlainText()
    answer = view.answer.text
    assert '<img src="http://192.0.2.1/x.png">' in answer.toPlainText()
    assert "[picture: file:///etc/passwd]" in answer.toPlainText()
    assert "click (http://192.0.2.1/)" in answer.toPlainText()
    assert "<b>bold</b>" in answer.toPlainText()
    assert "<a href" not in answer.toHtml()
    assert "<img" not in answer.toHtml()
    assert fetched == []
    assert answer.loadResource(2, "file:///etc/passwd") is None


def test_the_tree_keeps_its_promises_while_a_run_grows(
    view: RunView, qtmodeltester: object
) -> None:
    qtmodeltester.check(view.items)  # type: ignore[attr-defined]
    feed(view, [*beginning(), *asked("1", 2, 54, 54)])
    qtmodeltester.check(view.items)  # type: ignore[attr-defined]


def test_many_like_calls_are_grouped_and_failures_counted(view: RunView) -> None:
    feed(view, [*beginning(), *middle(412)])
    items = view.items
    root = items.index(0, 0)
    assert items.rowCount(root) == 1 + 9
    first, last = items.index(1, 0, root), items.index(9, 0, root)
    assert first.data() == "Sub-questions 1 to 50 of 412, 2 failed"
    assert last.data() == "Sub-questions 401 to 412 of 412"
    assert items.rowCount(first) == 50
    assert items.rowCount(last) == 12
    assert items.index(0, STATE, root).data() == "✓ answered"
    sentence = items.index(49, 0, first).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence.startswith("Sub-question: 2025-03-24 machine M7 FAILED")
    assert "answered, 0.4 s, 164 tokens" in sentence


def test_a_selected_call_stays_selected_when_calls_are_gathered_into_a_group(
    view: RunView,
) -> None:
    feed(view, [*beginning(), *asked("1", 2, 50, 0)])
    tree = view.calls.tree
    tree.setCurrentIndex(view.items.index_of("1.9"))
    feed(view, list(asked("1", 52, 5, 5)))
    selected = tree.currentIndex()
    assert view.items.call_at(selected) is view.run.call("1.9")
    assert selected.parent().data() == "Sub-questions 1 to 50 of 55"
    assert selected.parent().parent() == view.items.index(0, CALL)


def test_fifty_like_calls_are_not_grouped(view: RunView) -> None:
    feed(view, [*beginning(), *asked("1", 2, 50, 50)])
    assert view.items.rowCount(view.items.index(0, 0)) == 51


def test_the_selected_call_is_shown_in_full_and_kept_up_to_date(view: RunView) -> None:
    feed(view, [*beginning(), *middle(0)])
    view.calls.tree.setCurrentIndex(view.items.index_of("1.5"))
    detail = view.calls.detail
    assert "machine M7 FAILED drive belt worn" in detail.toPlainText()
    assert "worn drive belt" not in detail.toPlainText().replace("drive belt worn", "")
    feed(view, [events.ReplyStarted("1.5", 1), events.ReplyGrew("1.5", "worn drive belt")])
    assert "Reply\nworn drive belt" in detail.toPlainText()


def test_the_views_follow_a_change_of_theme(view: RunView) -> None:
    feed(view, whole())
    before = shown(view)
    for text in (view.story, view.code):
        palette = text.palette()
        palette.setColor(palette.ColorRole.Window, Qt.GlobalColor.black)
        palette.setColor(palette.ColorRole.Text, Qt.GlobalColor.white)
        text.setPalette(palette)
        block = text.document().firstBlock()
        assert block.begin().fragment().charFormat().foreground().color().lightness() > 120
    assert shown(view) == before


def test_passages_are_cited_by_number_and_a_link_of_the_model_is_none(
    qtbot: QtBot, view: RunView
) -> None:
    answer = "- The lease is signed.\n- See [this](citation:1).\n- Rent is **900** euros a month."
    quotes = ("the rent is 900 euros a month", "weather", "the lease is signed by Ada")
    evidence = tuple(
        events.Evidence("lease.txt", 10 * n, 10 * n + 5, n + 1, None, quote)
        for n, quote in enumerate(quotes)
    )
    for event in (
        events.RunStarted("What is agreed?", (), "a model", Limits()),
        RunEnded(Outcome.ANSWERED, answer, Status.READ, evidence=evidence),
    ):
        view.add(event)
    view.refresh()
    browser = view.answer.text
    assert browser.toPlainText().splitlines() == [
        "The lease is signed. [3]",
        "See this (citation:1).",
        "Rent is 900 euros a month. [1] [2]",
    ]
    browser.setFocus()
    with qtbot.waitSignal(view.evidence_chosen) as chosen:
        browser.anchorClicked.emit(QUrl("citation:2"))
    assert chosen.args == [evidence[2]]
    assert view.answer.evidence.currentIndex().row() == 2
    for strange in ("https://example.org", "citation:99x", "citation:"):
        browser.anchorClicked.emit(QUrl(strange))
