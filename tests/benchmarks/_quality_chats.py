"""Chats that are shown a part of the text, with the same model in the same engine.

They get one prompt: a short system text, what they are shown, the question. Nothing is done to
their replies. The seconds are theirs alone, without loading; those of `ask` have it in them.
"""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from _quality_kept import Answered
from _quality_pieces import Pieces, fitting, head
from _quality_tasks import Task, files_of

from rlm_desktop.engine.base import Done, Engine, Message, Prompt, Usage, Wrote
from rlm_desktop.errors import RlmError, Stopped

SYSTEM = (
    "Answer the question from the text that is given. Reply with the answer alone, as short as"
    " the question allows. If the text does not hold the answer, reply exactly: NOT FOUND"
)
REPLY_TOKENS = 512
#: Room for the system text, the chat template and the words around the text.
_OTHER_TOKENS = 128
#: The window of each, in tokens. Six pieces of 1,000 characters need up to 6,000 where each
#: character is a token.
WINDOWS = {"head": 4_096, "bm25": 8_192}


class Chat:
    """Answers from what `look` shows of the files, given a question and a number of tokens."""

    def __init__(self, name: str, engine: Engine, model: str, root: Path, seconds: float) -> None:
        self._name = name
        self._engine = engine
        self._model = model
        self._root = root
        self._seconds = seconds
        self._files: Sequence[Path] = ()
        self._pieces: Pieces | None = None
        looks: dict[str, Callable[[Sequence[Path], str, int], str]]
        looks = {"head": self._head, "bm25": self._best_pieces}
        self._look = looks[name]

    def close(self) -> None:
        if self._pieces is not None:
            self._pieces.close()
            self._pieces = None

    def ask(self, task: Task) -> Answered:
        stop = threading.Event()
        timer = threading.Timer(self._seconds, stop.set)
        text, usage, error, seconds = "", Usage(), None, None
        try:
            for _ in self._engine.load(stop):  # at once, but for the first and after a death
                pass
            began = time.perf_counter()
            timer.start()
            text, usage = self._reply(self._prompt(task), stop)
            seconds = round(time.perf_counter() - began, 2)
        except Stopped:
            error, seconds = f"stopped after {self._seconds:.0f} s", self._seconds
        except RlmError as failure:
            error = str(failure)
        finally:
            timer.cancel()
            if timer.ident is not None:
                timer.join()
        return Answered(
            id=task.id,
            answer=text.strip(),
            route=self._name,
            outcome=None if error else "answered",
            seconds=seconds,
            calls=1,
            prompt_tokens=usage.prompt_tokens,
            reply_tokens=usage.reply_tokens,
            cached_tokens=usage.cached_tokens,
            error=error,
            model=self._model,
        )

    def _prompt(self, task: Task) -> Prompt:
        room = min(self._engine.window, WINDOWS[self._name]) - REPLY_TOKENS - _OTHER_TOKENS
        room -= self._engine.count(task.question)
        shown = self._look(files_of(task, self._root), task.question, room)
        asked = f"{shown}\n\nQuestion: {task.question}"
        messages = (Message("system", SYSTEM), Message("user", asked))
        return Prompt(messages, max_tokens=REPLY_TOKENS)

    def _head(self, files: Sequence[Path], question: str, room: int) -> str:
        return head(files, room, self._engine.count)

    def _best_pieces(self, files: Sequence[Path], question: str, room: int) -> str:
        if self._pieces is None or self._files != files:
            self.close()
            self._files, self._pieces = files, Pieces(files)
        return fitting(self._pieces.best(question), room, self._engine.count)

    def _reply(self, prompt: Prompt, stop: threading.Event) -> tuple[str, Usage]:
        text, usage = "", Usage()
        for message in self._engine.generate([prompt], stop):
            match message:
                case Wrote(_, piece):
                    text += piece
                case Done(_, used):
                    usage = used
        return text, usage
