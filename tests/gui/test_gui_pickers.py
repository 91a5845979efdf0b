"""What the user chooses with: models, effort, documents, messages."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rlm_desktop.documents.document import Document, Kind, LeftOut
from rlm_desktop.gui.items.document_list import document_row, left_out_rows, unread_row
from rlm_desktop.gui.items.row_list import RowListItems
from rlm_desktop.gui.items.two_lines import BELOW
from rlm_desktop.gui.views.error_bar import ErrorBar
from rlm_desktop.gui.views.model_picker import ModelPicker
from rlm_desktop.gui.views.question_view import QuestionView
from rlm_desktop.models.library import ModelFile
from rlm_desktop.runs.levels import Level


def model(name: str, *, present: bool = True) -> ModelFile:
    return ModelFile(
        name,
        name.title(),
        Path(f"/models/{name}.gguf"),
        "Apache-2.0",
        1_100_000_000,
        present=present,
        in_catalogue=True,
    )


def picker(qtbot: QtBot) -> ModelPicker:
    view = ModelPicker()
    qtbot.addWidget(view)
    view.show_models([model("one"), model("two"), model("far", present=False)], "one")
    return view


def test_only_models_that_are_here_can_be_chosen(qtbot: QtBot) -> None:
    view = picker(qtbot)
    assert view.box.currentData() == "one"
    items = view.box.model()
    enabled = [bool(items.flags(items.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled) for row in (0, 2)]
    assert enabled == [True, False]
    assert view.box.itemText(2) == "Far (not here)"


def test_a_model_says_what_it_is_good_for_and_what_to_know_of_it(qtbot: QtBot) -> None:
    view = ModelPicker()
    qtbot.addWidget(view)
    base = replace(model("base"), notice="It has no chat template")
    view.show_models([base, replace(model("far", present=False), good_for="For code.")], "base")
    tips = [view.box.itemData(row, Qt.ItemDataRole.StatusTipRole) for row in (0, 1)]
    assert tips[0] == "/models/base.gguf, 1.1 GB, licence Apache-2.0. It has no chat template"
    assert tips[1] == "For code. Fetch it (1.1 GB) with: rlm-desktop models get far"


def test_choosing_a_model_names_it_once(qtbot: QtBot) -> None:
    view = picker(qtbot)
    chosen: list[str] = []
    view.chosen.connect(chosen.append)
    for _ in range(2):
        view.box.setCurrentIndex(1)
        view.box.activated.emit(1)
    assert chosen == ["two"]


def test_another_file_is_asked_for_and_the_choice_stays(qtbot: QtBot) -> None:
    view = picker(qtbot)
    last = view.box.count() - 1
    view.box.setCurrentIndex(last)
    with qtbot.waitSignal(view.file_wanted):
        view.box.activated.emit(last)
    assert view.box.currentData() == "one"


def test_a_model_that_is_on_no_list_is_offered_by_its_name(qtbot: QtBot) -> None:
    view = ModelPicker()
    qtbot.addWidget(view)
    view.show_models([model("one")], "/elsewhere/mine.gguf")
    assert view.box.currentData() == "/elsewhere/mine.gguf"
    assert view.box.currentText() == "mine.gguf"


def test_the_effort_gives_limits(qtbot: QtBot) -> None:
    view = QuestionView()
    qtbot.addWidget(view)
    limits = [view.limits.itemData(index) for index in range(view.limits.count())]
    assert limits == [level.limits for level in Level]
    assert [each.seconds for each in limits] == [300, 840, 14_400]
    view.offer_minutes(5)
    assert view.limits.currentData() == Level.QUICK.limits
    view.offer_minutes(12.5)
    assert view.limits.currentData().seconds == 750
    assert "12.5 minutes" in view.limits.currentText()


def test_a_question_of_several_lines_is_asked_as_it_is(qtbot: QtBot) -> None:
    view = QuestionView()
    qtbot.addWidget(view)
    qtbot.keyClicks(view.box, "one")
    qtbot.keyClick(view.box, Qt.Key.Key_Return)
    qtbot.keyClicks(view.box, "two")
    with qtbot.waitSignal(view.asked) as asked:
        qtbot.keyClick(view.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["one\ntwo", Level.THOROUGH.limits, False]
    view.set_running(running=True)
    with qtbot.assertNotEmitted(view.asked):
        qtbot.keyClick(view.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_documents_are_told_with_what_the_reader_says() -> None:
    path = Path("/data/report.pdf")
    document = Document(
        "report.pdf", path, Kind.PDF, path, 12_345, 9, 7, "x", pages=40, note="3 pages need OCR"
    )
    row = document_row(document)
    assert row.below == "pdf · 12 thousand characters · 40 pages · ! 3 pages need OCR"
    assert row.value == path


def test_what_was_left_out_is_listed_and_the_rest_counted() -> None:
    rows = left_out_rows([LeftOut(f"{n}.zip", "not a text") for n in range(250)], most=100)
    assert len(rows) == 101
    assert rows[0].below == "! left out: not a text"
    assert rows[100].text == "150 more were left out"
    assert left_out_rows([]) == []


def test_a_file_that_waits_and_one_that_failed_read_differently() -> None:
    waiting, failed = (unread_row(Path("/x/a.txt"), reading=reading) for reading in (True, False))
    assert waiting.below == "waiting to be read"
    assert failed.below == "✗ not read"


def test_rows_show_no_escapes_and_their_tool_tips_no_tags(qtmodeltester: object) -> None:
    items = RowListItems()
    qtmodeltester.check(items)  # type: ignore[attr-defined]
    items.show_rows(left_out_rows([LeftOut("<b>a\x1b[1m\u202e</b>", "is\nbinary")]))
    index = items.index(0)
    assert index.data() == "<b>a</b>"
    assert index.data(BELOW) == "! left out: is binary"
    assert "&lt;b&gt;a&lt;/b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_message_offers_its_way_out_once(qtbot: QtBot) -> None:
    bar = ErrorBar()
    qtbot.addWidget(bar)
    taken: list[int] = []
    bar.say("no <b>model</b> is here", button="Choose one…", way_out=lambda: taken.append(1))
    bar.show()
    assert bar.text == "No <b>model</b> is here"
    visible = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in visible] == ["Choose one…", "Dis&miss"]
    qtbot.mouseClick(visible[0], Qt.MouseButton.LeftButton)
    assert taken == [1]
    assert bar.isHidden()
