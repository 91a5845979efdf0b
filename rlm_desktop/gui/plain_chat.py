"""A run beside a plain chat with the same model: the same question, side by side."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from rlm_desktop.documents.collection import Collection
from rlm_desktop.engine.base import Engine
from rlm_desktop.errors import RlmError, Stopped
from rlm_desktop.gui import words
from rlm_desktop.gui.comparing import side_of
from rlm_desktop.gui.layout import Layout
from rlm_desktop.gui.menus import Menus
from rlm_desktop.gui.troubles import Troubles
from rlm_desktop.gui.views.side_by_side import Side, SideBySide
from rlm_desktop.gui.workbench import Phase, Workbench
from rlm_desktop.gui.worker import StoppableWorker
from rlm_desktop.runs.plain_chat import PlainReply, plain_chat
from rlm_desktop.session import is_about

#: Seconds that closing waits for a chat that was stopped.
_PATIENCE = 2.0


class PlainChatThread(StoppableWorker):
    """Asks the question.

    Signals:
        replied: the PlainReply.
        refused: the text of an error we expect.
    """

    replied = Signal(object)
    refused = Signal(str)

    def __init__(
        self, engine: Engine, question: str, collection: Collection, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._asked = (engine, question, collection)

    def run(self) -> None:
        try:
            self.replied.emit(plain_chat(*self._asked, self._stop))
        except Stopped:
            return
        except RlmError as error:
            self.refused.emit(str(error))


class PlainChat(QObject):
    """Compares the run that is shown, if it has ended and its documents are open."""

    def __init__(
        self,
        workbench: Workbench,
        views: Layout,
        menus: Menus,
        troubles: Troubles,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._views = views
        self._troubles = troubles
        self._window = window
        self._thread: PlainChatThread | None = None
        self._number = 0
        self._run_side = Side("", "", ())
        self.shown: SideBySide | None = None
        menus.plain_chat.triggered.connect(self.compare)
        views.question.stopped.connect(self.stop)
        workbench.began.connect(self._note)
        workbench.phase_changed.connect(
            lambda phase: menus.plain_chat.setEnabled(phase is Phase.IDLE)
        )

    def compare(self) -> None:
        """Put the question to the model, and show both answers."""
        run, collection = self._views.run_view.run, self._workbench.documents.collection
        if run.started is None or run.ended is None:
            text = self.tr("there is no run to compare: ask a question, or open a past run")
            self._troubles.refuse(text)
            return
        open_ = collection is not None and is_about(run, collection)
        session = self._workbench.lend() if open_ else None
        if session is None or collection is None:
            text = self.tr("to compare, load the model and open the documents of the run first")
            self._troubles.refuse(text)
            return
        self._run_side = side_of(self._number, run)
        self.shown = SideBySide(self.tr("With and without the loop"), self._window)
        self.shown.destroyed.connect(self._forget)
        self._show(self.tr("Reading the beginning of the text …"), ())
        self.shown.show()
        self._thread = thread = PlainChatThread(
            session.engine, run.written_out or run.started.question, collection, self
        )
        thread.replied.connect(self._take)
        thread.refused.connect(self._refuse)
        thread.finished.connect(self._finish)
        thread.start()

    def stop(self) -> None:
        """Ask the chat to end; returns at once."""
        if self._thread is not None:
            self._thread.stop()

    def close(self) -> None:
        """End the chat; waits a moment for it."""
        self.stop()
        if self._thread is not None:
            self._thread.wait(_PATIENCE)

    def _note(self, number: int) -> None:
        self._number = number

    def _forget(self) -> None:
        self.shown = None
        self.stop()

    def _take(self, reply: PlainReply) -> None:
        tokens = reply.usage.prompt_tokens + reply.usage.reply_tokens
        facts = (
            self.tr("Shown: {} of the text").format(words.percent(reply.share)),
            self.tr("Time: {}").format(words.seconds(reply.seconds)),
            self.tr("Effort: {}").format(f"{words.calls(1)} · {words.tokens(tokens)}"),
        )
        self._show(reply.text or self.tr("No answer"), facts)

    def _refuse(self, text: str) -> None:
        self._show(text, ())

    def _show(self, answer: str, facts: tuple[str, ...]) -> None:
        if self.shown is not None:
            title = self.tr("Plain chat with the same model")
            self.shown.show_sides(self._run_side, Side(title, answer, facts))

    def _finish(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        self._workbench.take_back()
