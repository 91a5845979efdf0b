"""What of a large text a chat is shown that cannot look at all of it: its head, or likely pieces.

Both are what users of small models have: a chat whose window is filled from the beginning of the
file, and "chat with your document", which looks up pieces by the words of the question.
"""

import contextlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

PIECE_CHARACTERS = 1_000
PIECES = 6
#: No token of a usual vocabulary has more on the average of a text.
_CHARACTERS_PER_TOKEN = 10

Count = Callable[[str], int]


def read(path: Path, characters: int = -1) -> str:
    """A text file, or its first characters; what is no UTF-8 in it becomes a mark."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(characters)


def fitting(text: str, tokens: int, count: Count) -> str:
    """The longest beginning of a text that has at most so many tokens."""
    least, most = 0, min(len(text), max(tokens, 0) * _CHARACTERS_PER_TOKEN)
    while least < most:
        middle = (least + most + 1) // 2
        if count(text[:middle]) <= tokens:
            least = middle
        else:
            most = middle - 1
    return text[:least]


def head(files: Sequence[Path], tokens: int, count: Count) -> str:
    """The beginnings of files, each with the same share of the tokens, under their names."""
    each = tokens // len(files)
    parts = []
    for path in files:
        title = f"{path.name}:\n"
        text = read(path, each * _CHARACTERS_PER_TOKEN)
        parts.append(title + fitting(text, each - count(title) - 2, count))
    return "\n\n".join(parts)


class Pieces:
    """All pieces of files, to be looked up by words (SQLite's FTS5, ranked by its BM25)."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._texts = [(path.name, read(path)) for path in files]
        self._places = [
            (number, start)
            for number, (_, text) in enumerate(self._texts)
            for start in range(0, len(text), PIECE_CHARACTERS)
        ]
        self._index = sqlite3.connect(":memory:")
        # Without content: the texts are here already.
        self._index.execute("CREATE VIRTUAL TABLE pieces USING fts5(text, content='')")
        self._index.executemany(
            "INSERT INTO pieces (rowid, text) VALUES (?, ?)",
            ((number, self._piece(number)) for number in range(len(self._places))),
        )

    def close(self) -> None:
        self._index.close()

    def _piece(self, number: int) -> str:
        text, start = self._places[number]
        return self._texts[text][1][start : start + PIECE_CHARACTERS]

    def best(self, question: str, many: int = PIECES) -> str:
        """The pieces that fit a question best, the best first, under the names of their files.

        Where too few have a word of the question, the first of the text make up the number.
        """
        words = dict.fromkeys(re.findall(r"\w+", question.lower()))
        asked = " OR ".join(f'"{word}"' for word in words)
        found: list[tuple[int]] = []
        with contextlib.suppress(sqlite3.OperationalError):  # there is no word in the question
            found = self._index.execute(
                "SELECT rowid FROM pieces WHERE pieces MATCH ? ORDER BY rank LIMIT ?", (asked, many)
            ).fetchall()
        first = range(min(many, len(self._places)))
        numbers = dict.fromkeys([*(number for (number,) in found), *first])
        return "\n\n".join(
            f"{self._texts[self._places[number][0]][0]}: …{self._piece(number)}…"
            for number in list(numbers)[:many]
        )
