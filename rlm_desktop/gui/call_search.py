"""Looking for calls of a run, a little at a time, so that a hundred thousand stall nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from rlm_desktop.gui.items.call_tree import CallTreeItems
from rlm_desktop.runs.events import CallKind, Outcome
from rlm_desktop.runs.run import Call

#: Seconds of the window's thread that one step may take.
_BUDGET = 0.01
#: Calls that are looked at between two looks at the clock.
_AT_ONCE = 20


class Wanted(StrEnum):
    """Which calls are wanted, by their state."""

    ANY = "any"
    OPEN = "open"
    FAILED = "failed"
    CLOSE = "close"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What is looked for: all the words, in what was asked, given or answered."""

    words: tuple[str, ...] = ()
    kind: CallKind | None = None
    state: Wanted = Wanted.ANY

    @property
    def wants_all(self) -> bool:
        return self == CallFilter()

    def fits(self, call: Call) -> bool:
        if self.kind is not None and call.kind is not self.kind:
            return False
        return self._fits_state(call) and self._has_words(call)

    def _fits_state(self, call: Call) -> bool:
        match self.state:
            case Wanted.ANY:
                return True
            case Wanted.OPEN:
                return call.outcome is None
            case Wanted.FAILED:
                return call.outcome is Outcome.FAILED
            case Wanted.CLOSE:
                return call.close
            case Wanted.NOT_FOUND:
                return call.outcome is Outcome.NOT_FOUND

    def _has_words(self, call: Call) -> bool:
        if not self.words:
            return True
        texts = [call.path, call.prompt, call.text, call.answer or ""]
        texts += [turn.reply for turn in call.turns]
        return all(any(word in text.casefold() for text in texts) for word in self.words)


class CallSearch(QObject):
    """Shows the calls that fit in a tree of their own, with the calls that made them.

    What a live run adds is looked at as it comes. A call that fits only later, since it failed,
    comes below those that were found before it.

    Signals:
        grew: how many were found, and whether that is all.
    """

    grew = Signal(int, bool)

    def __init__(self, items: CallTreeItems, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found = CallTreeItems(self)
        self.filter = CallFilter()
        self._items = items
        self._paths: set[str] = set()
        self._rest: Iterator[Call] = iter(())
        self._later: set[str] = set()
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)

    def look_for(self, wanted: CallFilter) -> None:
        """Begin to look; what was found for another filter goes."""
        self.filter = wanted
        self._paths, self._later = set(), set()
        self.found.clear(self._items.run, self._items.figures)
        self._rest = iter(()) if wanted.wants_all else self._items.run.calls_from(0)
        self._looking = not wanted.wants_all
        if self._looking:
            self._timer.start()
            self.grew.emit(0, False)  # noqa: FBT003 - a signal takes no names
        else:
            self._timer.stop()

    def look_again(self, paths: set[str]) -> None:
        """Look at these calls, which are new or changed."""
        if not self.filter.wants_all:
            self.found.change(paths)
            self._later |= {path for path in paths if self._items.index_of(path).isValid()}
            self._timer.start()

    def _look(self) -> None:
        began = perf_counter()
        before = len(self._paths)
        while perf_counter() - began < _BUDGET:
            if self._looking:
                some = list(islice(self._rest, _AT_ONCE))
                self._looking = bool(some)
            else:
                some = [self._items.run.call(path) for path in self._take(_AT_ONCE)]
                if not some:
                    self._timer.stop()
                    break
            for call in some:
                if call.path not in self._paths and self.filter.fits(call):
                    self._paths.add(call.path)
                    self.found.show_call(call)
        self.found.refresh()
        done = not self._timer.isActive()
        if done or len(self._paths) != before:
            self.grew.emit(len(self._paths), done)

    def _take(self, count: int) -> list[str]:
        taken = [self._later.pop() for _ in range(min(count, len(self._later)))]
        return sorted(taken, key=lambda path: [int(part) for part in path.split(".")])
