"""The rows of the list of documents."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from rlm_desktop.documents.document import Document, LeftOut
from rlm_desktop.gui import words
from rlm_desktop.gui.items.row_list import ListRow
from rlm_desktop.gui.style import Tone


def _tr(text: str) -> str:
    return QCoreApplication.translate("DocumentList", text)


def unread_row(path: Path, *, reading: bool) -> ListRow:
    """A file or folder that is not read yet, or could not be."""
    if reading:
        return ListRow(("unread", path), path.name, _tr("waiting to be read"), Tone.QUIET, path)
    return ListRow(("unread", path), path.name, _tr("✗ not read"), Tone.BAD, path)


def document_row(document: Document) -> ListRow:
    """A document that was read: its name; kind, size, and what the reader has to say."""
    facts = [str(document.kind), words.characters(document.chars)]
    if document.pages:
        facts.append(words.pages(document.pages))
    if document.note:
        facts.append(f"! {document.note}")
    tone = Tone.WARNING if document.note else Tone.QUIET
    key = ("document", document.name)
    return ListRow(key, document.name, " · ".join(facts), tone, document.path)


def left_out_rows(left_out: Sequence[LeftOut], most: int = 100) -> list[ListRow]:
    """The files that were not read, and why; above `most` of them, how many more there are."""
    rows = [
        ListRow(
            ("left out", each.name, number),
            each.name,
            _tr("! left out: {}").format(each.reason),
            Tone.WARNING,
            None,
        )
        for number, each in enumerate(left_out[:most])
    ]
    if len(left_out) > most:
        text = _tr("{} more were left out").format(words.number(len(left_out) - most))
        rows.append(ListRow(("more", len(left_out)), text, "", Tone.WARNING, None))
    return rows
