"""The list of documents as a program sees it.

Loaded next to untrusted code: the standard library and modules like this one only.
"""

from collections.abc import Callable
from typing import Any

from rlm_desktop.sandbox.whole import Stretch

_SHOWN = 40


class FileRecord:
    """One document: name, kind, chars, lines, pages, start and end in `context`, text."""

    def __init__(self, stretch: Stretch, cut: Callable[[int, int], str]) -> None:
        self.name = stretch.name
        self.kind = stretch.kind
        self.chars = stretch.end - stretch.start
        self.lines = stretch.lines
        self.pages = stretch.pages
        self.start = stretch.start
        self.end = stretch.end
        self._cut = cut

    @property
    def text(self) -> str:
        return self._cut(self.start, self.end)

    def __getitem__(self, field: str) -> Any:
        """file["name"] is file.name: models write either."""
        if isinstance(field, str) and not field.startswith("_") and hasattr(self, field):
            return getattr(self, field)
        raise KeyError(f"{field}: a file has name, kind, chars, lines, pages, start, end and text")

    def __repr__(self) -> str:
        size = f"{self.pages:,} pages, " if self.pages else f"{self.lines:,} lines, "
        return f"<{self.name}: {self.kind}, {size}{self.chars:,} characters>"


class Files(list[FileRecord]):
    """The documents; printing it gives a short table."""

    def __repr__(self) -> str:
        rows = [
            f"{file.name}  {file.kind}  {file.lines:,} lines  {file.chars:,} characters"
            + (f"  {file.pages:,} pages" if file.pages else "")
            for file in self[:_SHOWN]
        ]
        if len(self) > _SHOWN:
            rows.append(f"and {len(self) - _SHOWN:,} more")
        return "\n".join(rows)

    __str__ = __repr__
