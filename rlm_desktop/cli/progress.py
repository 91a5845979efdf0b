"""What the command line says on standard error while it works."""

import sys
import time
from typing import TextIO

from rlm_desktop.exporting.visible import visible
from rlm_desktop.runs import events
from rlm_desktop.runs.events import CallKind, Event
from rlm_desktop.runs.pieces_left import PiecesLeft

_LINE = 110
_EVERY_SECONDS = 0.25
#: Reading that takes less is over before anybody has read about it.
_WORTH_TELLING = 20.0


class Progress:
    """Lines that stay for what happened, and on a terminal one that changes for what goes on."""

    def __init__(self, *, quiet: bool, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._live = self._stream.isatty() and not quiet
        self._shown_at = 0.0
        self._left = PiecesLeft()

    def say(self, text: str) -> None:
        """A line that stays."""
        if not self._quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """A line that stays, and is said also where nothing else is."""
        self._clear()
        self._stream.write(_one_line(text) + "\n")
        self._stream.flush()

    def now(self, text: str) -> None:
        """What goes on at this moment; on a terminal only, and not too often."""
        if self._live and time.monotonic() - self._shown_at > _EVERY_SECONDS:
            self._shown_at = time.monotonic()
            self._clear()
            self._stream.write(_one_line(text))
            self._stream.flush()

    def end(self) -> None:
        self._clear()

    def _clear(self) -> None:
        if self._live:
            self._stream.write("\r\x1b[K")

    def event(self, event: Event) -> None:
        """Say what an event means to somebody who waits."""
        self._left.add(event, time.monotonic())
        match event:
            case events.LoadGrew(fraction):
                self.now(f"Loading the model: {fraction:.0%}")
            case events.LoadEnded(_, None, seconds) if seconds > 1:
                self.say(f"The model was loaded in {seconds:.0f} s.")
            case events.WrittenOut(question):
                self.say(f"Understood as: {question}")
            case events.CallStarted(_, CallKind.DIRECT):
                self.say("The text is short enough to be read whole.")
            case events.CallStarted(path, kind, prompt) if kind is CallKind.RLM:
                self.say(f"A run of its own, {path}: {prompt}")
            case events.Estimated(_, calls, seconds) if seconds >= _WORTH_TELLING:
                self.say(f"{calls:,} pieces are read now, in about {_roughly(seconds)}.")
            case events.CallEnded() if self._left.total:
                left = self._left.seconds_left(time.monotonic())
                told = "" if left is None else f", about {_roughly(left)} left"
                done, total = self._left.done, self._left.total
                self.now(f"The model has read {done:,} of {total:,} pieces{told}")
            case events.RecipeChosen(_, recipe):
                self.say(f"Method: {recipe}")
            case events.ReplyStarted(events.ROOT, turn):
                self.now(f"Program {turn}: the model is thinking")
            case events.ReplyGrew(events.ROOT, text):
                self.now(f"Writing: {text}")
            case events.CodeEnded(path, output, error, seconds):
                told = error.strip().splitlines()[-1] if error else output.strip()
                self.say(f"Program of call {path} ran {seconds:.1f} s: {told or 'no output'}")
            case events.ActBlocked(_, act):
                self.say(f"Blocked: a program {act}")
            case events.Advised(_, advice):
                self.say(f"Sent back: {advice}")
            case events.PeerDied(_, peer, reason, lost):
                self.say(f"The {peer} was started again: {reason}. {lost}")


def _roughly(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{max(1, round(seconds))} s"


def _one_line(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= _LINE else line[: _LINE - 1] + "…"
