"""Opens sandboxes over texts, for tests."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rlm_desktop.documents.document import Kind, Part
from rlm_desktop.sandbox.process import ProcessSandbox


def part(
    folder: Path, text: str, name: str = "text.txt", kind: Kind = Kind.TEXT, header: str = ""
) -> Part:
    """A part with this text in a file."""
    path = folder / name
    path.write_bytes(text.encode())
    pages = text.count("\f") + 1 if kind is Kind.PDF else 0
    return Part(header, path, name, kind, len(text), text.count("\n"), pages)


class Opened:
    """Opens sandboxes and closes them all at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sandboxes: list[ProcessSandbox] = []

    def __call__(self, text: str | Sequence[Part] = "", **options: Any) -> ProcessSandbox:
        parts = [part(self._folder, text)] if isinstance(text, str) else text
        self._sandboxes.append(ProcessSandbox(parts, **options))
        return self._sandboxes[-1]

    def close(self) -> None:
        for sandbox in self._sandboxes:
            sandbox.close()
