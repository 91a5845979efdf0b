"""The text of a reply while it is written: from bytes of tokens to pieces of text."""

import codecs
from collections.abc import Sequence


class ReplyText:
    """Joins what tokens hold into text, and ends it before the first stop string.

    A token may hold a part of a character, and a stop string may come in several tokens: both
    are held back until they are whole, or turn out to be something else. So the pieces, joined,
    are the reply, however the tokens fall.
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = [stop for stop in stops if stop]
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.stopped = False

    def feed(self, piece: bytes) -> str:
        """Take the bytes of a token, and return what can be shown of the reply now.

        When `stopped` is set afterwards, the reply is complete.
        """
        self._held += self._decoder.decode(piece)
        ends = [
            (start + len(stop), start)
            for stop in self._stops
            if (start := self._held.find(stop)) >= 0
        ]
        if ends:
            self.stopped = True
            _, start = min(ends)
            return self._take(start)
        return self._take(len(self._held) - self._beginning_of_a_stop())

    def rest(self) -> str:
        """What was held back, when no more tokens come. Half a character is dropped."""
        return "" if self.stopped else self._take(len(self._held))

    def _take(self, length: int) -> str:
        text, self._held = self._held[:length], self._held[length:]
        return text

    def _beginning_of_a_stop(self) -> int:
        """How many characters at the end may be the beginning of a stop string."""
        longest = max((len(stop) for stop in self._stops), default=1) - 1
        for length in range(min(longest, len(self._held)), 0, -1):
            tail = self._held[-length:]
            if any(stop.startswith(tail) for stop in self._stops):
                return length
        return 0
