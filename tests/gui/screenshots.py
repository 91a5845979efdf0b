"""Makes pictures of the window in all its states: light, dark, German, Chinese, twice as large.

    python tests/gui/screenshots.py FOLDER

It wants a display (Xvfb will do). The run is made by hand (`gui_demo`), the window is the real one.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from gui_demo import EVIDENCE, QUESTION, beginning, kept, middle, whole
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).parents[2]))

from rlm_desktop import places
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.gui import app, style
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.open_documents import OpenDocuments
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.read_thread import Reading
from rlm_desktop.gui.workbench import Phase, Workbench
from rlm_desktop.models.library import Library
from rlm_desktop.runs import events
from rlm_desktop.runs.events import Limits, Outcome, Status
from rlm_desktop.session import Session
from rlm_desktop.settings import Settings
from rlm_desktop.storage.run_store import RunStore
from tests.documents.pdf_maker import pdf

EARLIER = (
    ("Who is asked to sign the lease before 1 March?", Outcome.ANSWERED, Status.READ),
    ("Sum of all invoices above 500 euros, by supplier", Outcome.ANSWERED, Status.COMPUTED),
    ("Is a notice period mentioned anywhere?", Outcome.NOT_FOUND, Status.NOT_FOUND),
    ("List every decision of the board about the roof", Outcome.FORCED, Status.FORCED),
    ("Which interview partners speak about night shifts?", Outcome.STOPPED, None),
)


#: What pictures are made of: the name before theirs, the language, how much larger, the themes.
VARIANTS = (
    ("", "en", 1, ("light", "dark")),
    ("german ", "de", 1, ("light",)),
    ("chinese ", "zh_CN", 1, ("dark",)),
    ("double ", "en", 2, ("light",)),
)


def main(folder: Path) -> None:
    """Make all pictures, each variant in a process of its own: Qt takes a scale only once."""
    for number, (_, _, scale, _) in enumerate(VARIANTS):
        scaled = {**os.environ, "QT_SCALE_FACTOR": str(scale)}
        subprocess.run([sys.executable, __file__, folder, str(number)], env=scaled, check=True)


def make(folder: Path, variant: int) -> None:
    """Make the pictures of one variant."""
    before, spoken, _, themes = VARIANTS[variant]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["RLM_DESKTOP_HOME"] = home
        documents = _documents(Path(home) / "documents")
        _keep_runs()
        qt = QApplication.instance() or QApplication([])
        assert isinstance(qt, QApplication)
        app.prepare(qt, Settings(language=spoken))
        for theme in themes:
            style.apply(theme, qt)
            _first_start(folder, f"{before}{theme}")
        _model_file()
        for theme in themes:
            style.apply(theme, qt)
            _pictures(folder, f"{before}{theme}", documents)
            _other_windows(folder, f"{before}{theme}")
            _viewers(folder, f"{before}{theme}", Path(home) / "viewed")


def _viewers(folder: Path, theme: str, documents: Path) -> None:
    """A PDF as it looks, with a passage marked, and a table."""
    documents.mkdir(exist_ok=True)
    letter, table = documents / "letter.pdf", documents / "orders.csv"
    lines = [f"{n}. The mill was shut on the {n}th, and the doors were kept." for n in range(1, 25)]
    passage = "The key of the cellar hangs behind the third barrel."
    letter.write_bytes(pdf(["\n".join(["Dear Ada,", *lines, passage, "Yours, Grace"])]))
    rows = (f"{n},2031-04-{n % 28 + 1:02},Oslo,{n * 7 % 90},shipped" for n in range(5000))
    table.write_text("order,day,town,pieces,state\n" + "\n".join(rows))
    window = _window()
    window.resize(1280, 800)
    window.show()
    picture = _camera(window, folder, theme)
    window.begin([letter, table])
    _until(lambda: window.workbench.documents.collection)
    window.viewers.pages.show_evidence(
        events.Evidence("letter.pdf", 0, len(passage), 26, 1, passage)
    )
    _until(window.views.page.area.accessibleDescription)
    picture("page")
    window.viewers.text.open(table)
    if window.views.document.forms.currentWidget() is not window.views.document.table:
        window.views.document.form.click()
    picture("table")
    window.close()


def _first_start(folder: Path, theme: str) -> None:
    """There is no model yet."""
    window = _window()
    window.resize(1280, 800)
    window.show()
    _until(window.views.start.model.isVisible)
    window.views.start.proof.prove.click()
    _until(window.views.start.proof.result.isVisible)
    _camera(window, folder, theme)("first start")
    window.views.start.model.progress("Getting it from the package index: 411 MB of 1.12 GB", 0.37)
    _camera(window, folder, theme)("first start, getting")
    window.close()


def _other_windows(folder: Path, theme: str) -> None:
    window = _window()
    window.show()
    window.menus.settings.trigger()
    window.menus.models.trigger()
    assert window.settings.view is not None
    _until(lambda: window.models.view.current is not None)
    _camera(window.settings.view, folder, theme)("settings")
    _camera(window.models.view, folder, theme)("models")
    window.close()


def _pictures(folder: Path, theme: str, documents: Sequence[Path]) -> None:
    window = _window()
    window.resize(1280, 800)
    window.show()
    picture = _camera(window, folder, theme)
    _until(lambda: window.views.runs.list.items.rowCount() > 0)
    picture("empty")
    window.begin(documents)
    workbench = window.workbench
    _until(lambda: workbench.documents.collection is not None and workbench.model.session)
    picture("idle")
    views, run = window.views, window.views.run_view
    views.question.box.setPlainText(QUESTION)
    views.question.set_running(running=True)
    workbench.phase_changed.emit(Phase.RUNNING)
    views.begin_run()
    for event in [*beginning(), *middle(137)]:
        run.add(event)
    workbench.flushed.emit()
    picture("running")
    views.tabs.setCurrentIndex(1)
    run.calls.tree.expandAll()
    run.calls.tree.setCurrentIndex(run.items.index_of("1.5"))
    picture("calls")
    run.clear()
    for event in whole():
        run.add(event)
    workbench.phase_changed.emit(Phase.IDLE)
    workbench.flushed.emit()
    views.tabs.setCurrentIndex(0)
    picture("answered")
    run.answer.evidence_chosen.emit(EVIDENCE[0])
    picture("passage")
    views.errors.say(
        "the model 'starter' is not here yet: run rlm-desktop models get starter",
        details="Traceback …",
        button="Use a GGUF file…",
        way_out=lambda: None,
    )
    picture("error")
    window.close()


def _window() -> MainWindow:
    def session(_name: str) -> Session:
        return Session(ScriptedEngine([]), _no_sandbox, places.database(), [], places.texts())

    def library() -> Library:
        return Library(places.models(), places.resources() / "catalogue.json")

    def read(paths: Sequence[Path], stop: threading.Event) -> Reading:
        return read_documents(paths, places.texts(), stop)

    workbench = Workbench(
        OpenModel(session, library, "starter"), OpenDocuments(read), places.database()
    )
    kept_borders = QSettings(str(places.data() / "window.ini"), QSettings.Format.IniFormat)
    runs = KeptRunsThread(places.database())
    window = MainWindow(workbench, runs, Settings(), places.settings(), kept_borders)
    window.offer_samples(places.resources() / "sample")
    return window


def _no_sandbox(_parts: object) -> None:
    raise AssertionError("nothing is run here")


def _documents(folder: Path) -> list[Path]:
    """The documents of the demo, with its passages where the demo says they are."""
    folder.mkdir()
    log, report = folder / "machine-log-2025.log", folder / "maintenance report.md"
    line = "2025-03-01 05:{:02}:{:02} machine M{} ok, {} parts\n"
    lines = "".join(line.format(n // 60 % 60, n % 60, n % 12, n * 7 % 90) for n in range(40_000))
    start = EVIDENCE[0].start
    before = lines[: lines.rindex("\n", 0, start)]
    after = lines[lines.index("\n", start) :]
    lines = f"{before.ljust(start - 1)}\n{EVIDENCE[0].quote}{after}"
    log.write_text(lines, encoding="utf-8")
    report.write_text("# Maintenance report\n\n" + "Belt wear on M7.\n" * 400, encoding="utf-8")
    return [log, report]


def _keep_runs() -> None:
    with RunStore(places.database()) as store:
        for question, outcome, status in EARLIER:
            number = store.record(
                events.RunStarted(question, (), "Qwen2.5-Coder 1.5B", Limits()), None, 0
            )
            store.record(events.RunEnded(outcome, "…", status, seconds=60), number, 1)
        number: int | None = None
        for index, event in enumerate(kept(whole())):
            number = store.record(event, number, index)


def _model_file() -> None:
    """A hole as large as the starter model, so that the list shows it as present."""
    places.models().mkdir(parents=True, exist_ok=True)
    library = Library(places.models(), places.resources() / "catalogue.json")
    for model in library.models()[:1]:
        with model.path.open("wb") as file:
            file.truncate(model.size)


def _camera(window: QWidget, folder: Path, theme: str) -> Callable[[str], None]:
    def picture(name: str) -> None:
        QTest.qWait(250)
        window.grab().save(str(folder / f"{theme}-{name}.png"))

    return picture


def _until(condition: Callable[[], object]) -> None:
    deadline = monotonic() + 10
    while not condition():
        assert monotonic() < deadline, "the window did not get there"
        QTest.qWait(20)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        make(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
