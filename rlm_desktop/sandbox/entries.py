"""One of the things a text is made of - a mail, a turn, a record - as a dict that forgives.

Loaded next to untrusted code: the standard library and modules like this one only. A small model
guesses the case of keys, writes `mail.subject` for `mail["subject"]`, and prints whole mails.
"""

import re
from collections.abc import Iterable
from typing import Any, Self, SupportsIndex, overload

from rlm_desktop.sandbox.cells import Cell, Placed
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.slices import Slice

_SHOWN_CHARS = 300
_PLAIN = re.compile(r"[\W_]+")


class NoSuchKey(KeyError):
    """A key that is not there; `known` are those that are."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        super().__init__(key)
        self.known = [str(one) for one in known]


class Value(Cell, Slice):
    """A value of a record: knows where it stands, and meets numbers as a number."""

    __slots__ = ()


class Heading(Slice):
    """The line above a part: "voyage 3" is in "VOYAGE 3", but not in "VOYAGE 30".

    For a model that counts what is in Voyage 3 would count Voyage 30 with it, and see nothing; and
    it writes the words as the question has them, not as the heading does.
    """

    __slots__ = ()

    def __contains__(self, wanted: Any) -> bool:
        if not isinstance(wanted, str) or not wanted.strip():
            return str.__contains__(self, wanted)
        before = r"(?<!\d)" if wanted[0].isdigit() else ""
        after = r"(?!\d)" if wanted[-1].isdigit() else ""
        return re.search(before + re.escape(wanted) + after, self, re.IGNORECASE) is not None


class Entry(Placed):
    """A dict of which keys are found in any case, and which shows long texts cut short."""

    __slots__ = ()

    @classmethod
    def at(cls, span: tuple[int, int], fields: Iterable[tuple[str, Any]]) -> Self:
        made = cls(fields)
        made.span = span
        return made

    def __missing__(self, key: Any) -> Any:
        meant = _plain(key)
        for known in self:
            if _plain(known) == meant:
                return dict.__getitem__(self, known)
        raise NoSuchKey(key, self)

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __getattr__(self, name: str) -> Any:
        """entry.subject is entry["subject"]: models write either."""
        if not name.startswith("_"):
            try:
                return self[name]
            except KeyError:
                pass
        raise AttributeError(
            f"{type(self).__name__} has no {name!r}; its keys are: {', '.join(self)}"
        )

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{key!r}: {_shown(value)}" for key, value in self.items()) + "}"

    __str__ = __repr__


class Entries(list[Entry]):
    """All mails, turns or the like; taking some of them by number is noted in the ledger."""

    def __init__(self, name: str, ledger: Ledger) -> None:
        super().__init__()
        self._name = name
        self._ledger = ledger

    @overload
    def __getitem__(self, which: SupportsIndex) -> Entry: ...
    @overload
    def __getitem__(self, which: "slice[Any, Any, Any]") -> list[Entry]: ...
    def __getitem__(self, which: Any) -> Entry | list[Entry]:
        if isinstance(which, str):
            raise TypeError(
                f"{self._name} is a list of dicts: use [one[{which!r}] for one in {self._name}]"
                f" or {self._name}[0][{which!r}]"
            )
        taken: Entry | list[Entry] = list.__getitem__(self, which)
        some = [taken] if isinstance(taken, Entry) else taken
        self._ledger.scanned("slice", [one.span for one in some])
        return taken

    def __reduce_ex__(self, _: SupportsIndex) -> tuple[Any, ...]:
        return list, (list(self),)


def _plain(key: Any) -> str:
    return _PLAIN.sub("", str(key).lower())


def _shown(value: Any) -> str:
    if isinstance(value, str) and len(value) > _SHOWN_CHARS:
        return f"{str(value)[:_SHOWN_CHARS]!r}… ({len(value):,} characters)"
    return repr(value)
