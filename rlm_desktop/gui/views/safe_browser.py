"""Markdown that a model wrote, drawn without trusting it."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from rlm_desktop.gui.text_parts import clean
from rlm_desktop.gui.words import clipped
from rlm_desktop.runs.citations import cited

#: Rendering Markdown takes about 0.25 s for a million characters; this stays below 20 ms.
_LIMIT = 60_000
_CITATION = "citation"
#: Characters of a passage that are seen when the mouse is above its number.
_TIP = 300


class SafeBrowser(QTextBrowser):
    """Shows Markdown as text, lists and tables: no HTML, no links, no pictures, nothing fetched.

    Signals:
        cited: the index of the passage whose number the user chose.
    """

    cited = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(self._choose)
        self.document().setDocumentMargin(12)

    def show_markdown(self, untrusted_text: str) -> None:
        """Show a text. What is too long is left out in the middle, and said."""
        document = self.document()
        document.setMarkdown(
            clipped(clean(untrusted_text), _LIMIT),
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML,
        )
        self._disarm(document)
        self.setMinimumHeight(0)
        self._fit()

    def cite(self, quotes: Sequence[str]) -> None:
        """Put the numbers of these passages behind what they bear out, as links.

        They are the only links there are: those of the text were taken out.
        """
        blocks = list(_blocks(self.document()))
        places = cited([block.text() for block in blocks], quotes)
        cursor = QTextCursor(self.document())
        # From the end, so that what is put in moves no place that is still to come.
        for block, indexes in reversed(list(zip(blocks, places, strict=True))):
            cursor.setPosition(block.position() + block.length() - 1)
            around = cursor.charFormat()
            for index in indexes:
                cursor.insertText(" ", around)
                cursor.insertText(f"[{index + 1}]", self._number(index, quotes[index], around))
        self._fit()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _number(self, index: int, quote: str, around: QTextCharFormat) -> QTextCharFormat:
        made = QTextCharFormat(around)
        made.setAnchor(True)
        made.setAnchorHref(f"{_CITATION}:{index}")
        made.setToolTip(clipped(clean(quote), _TIP))
        made.setForeground(self.palette().link())
        return made

    def _choose(self, link: QUrl) -> None:
        if link.scheme() == _CITATION and link.path().isdecimal():
            self.cited.emit(int(link.path()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def height_wanted(self) -> int:
        """Pixels in which all of the text is seen."""
        air = self.fontMetrics().height()
        return round(self.document().size().height()) + 2 * self.frameWidth() + air

    def _fit(self) -> None:
        """Take no more room than the text needs."""
        self.setMaximumHeight(max(self.height_wanted, self.minimumHeight()))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002
        """Nothing is loaded from anywhere, whatever the text names."""
        return None

    def _disarm(self, document: QTextDocument) -> None:
        """Turn links and pictures into the words they stand for."""
        block = document.begin()
        armed: list[tuple[int, int, QTextCharFormat]] = []
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                fragment = fragments.fragment()
                made = fragment.charFormat()
                if made.isAnchor() or made.isImageFormat():
                    armed.append((fragment.position(), fragment.length(), made))
                fragments += 1
            block = block.next()
        cursor = QTextCursor(document)
        for position, length, made in reversed(armed):
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            text = cursor.selectedText()
            if made.isImageFormat():
                text = self.tr("[picture: {}]").format(made.toImageFormat().name())
            elif made.anchorHref() not in ("", text):
                text = f"{text} ({made.anchorHref()})"
            cursor.insertText(text, QTextCharFormat())


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()
