"""Opens one view of a run alone, for work on it.

    python tests/gui/one_view.py VIEW [RUN]

VIEW is story, code, calls or answer. RUN is the number of a kept run; without one, the demo run.
"""

import sys
from collections.abc import Iterable

from gui_demo import whole
from PySide6.QtWidgets import QApplication, QWidget

from rlm_desktop import places
from rlm_desktop.gui import app
from rlm_desktop.gui.moments import Moment, kept_moments
from rlm_desktop.gui.views.run_view import RunView
from rlm_desktop.runs.events import Event
from rlm_desktop.settings import Settings
from rlm_desktop.storage.run_store import RunStore


def views_of(run_view: RunView) -> dict[str, QWidget]:
    return {
        "story": run_view.story,
        "code": run_view.code_view,
        "calls": run_view.calls,
        "answer": run_view.answer,
    }


def filled(happened: Iterable[Event | Moment]) -> RunView:
    """The views of a run, with all that happened in it."""
    made = RunView()
    for each in happened:
        if isinstance(each, Moment):
            made.tick(each.seconds)
        else:
            made.add(each)
    made.refresh()
    return made


def main(name: str, number: int | None) -> int:
    qt = QApplication.instance() or QApplication([])
    assert isinstance(qt, QApplication)
    app.prepare(qt, Settings.read(places.settings()))
    if number is None:
        run_view = filled(whole())
    else:
        with RunStore(places.database()) as store:
            run_view = filled(kept_moments(store.timed_events(number)))
    view = views_of(run_view)[name]
    view.resize(900, 700)
    view.setWindowTitle(name)
    view.show()
    return qt.exec()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("story", "code", "calls", "answer"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None))
