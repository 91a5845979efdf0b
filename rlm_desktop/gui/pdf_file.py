"""A run as a PDF file, laid out by Qt from the HTML of its export."""

import re
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from rlm_desktop.exporting.export_file import write_whole
from rlm_desktop.exporting.html import to_html
from rlm_desktop.runs.run import Run

#: Qt's rich text knows no variables, and the sheet of the web page is full of them.
_SHEET = re.compile(r"<style>.*?</style>", re.DOTALL)
_MARGIN = 18.0
_POINTS = 10.0
_PLAIN = """
pre { font-family: monospace; white-space: pre-wrap; }
.answer { white-space: pre-wrap; font-size: large; }
.facts, .label { color: #57606a; }
"""


def write_pdf(path: Path, run: Run) -> None:
    """Write a run to a PDF file of A4 pages; whole, or not at all. Raises UsageError."""
    write_whole(path, lambda fresh: _write(fresh, run))


def _write(path: Path, run: Run) -> None:
    path.touch()  # the writer does not say why it cannot write
    writer = QPdfWriter(str(path))
    writer.setTitle(run.started.question if run.started is not None else "")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    font = QFont()
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_PLAIN)
    document.setHtml(_SHEET.sub("", to_html(run)))
    document.print_(writer)
