"""The rows of the list of passages that an answer rests on."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from rlm_desktop.gui import words
from rlm_desktop.gui.items.row_list import ListRow
from rlm_desktop.gui.style import Tone
from rlm_desktop.runs.events import Evidence


def _tr(text: str) -> str:
    return QCoreApplication.translate("EvidenceList", text)


def place(evidence: Evidence) -> str:
    """Where a passage stands, in words."""
    line = _tr("line {}").format(words.number(evidence.line))
    if evidence.page is None:
        return f"{evidence.document} · {line}"
    page = _tr("page {}").format(words.number(evidence.page))
    return f"{evidence.document} · {page} · {line}"


def evidence_rows(passages: Sequence[Evidence]) -> list[ListRow]:
    """Each passage in two lines: its number and words; the document, the page and the line."""
    return [
        ListRow(
            number,
            f"[{number + 1}] “{words.first_line(each.quote)}”",
            place(each),
            Tone.QUIET,
            each,
        )
        for number, each in enumerate(passages)
    ]
