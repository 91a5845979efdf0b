"""Passages of a text, those that fit a question best first.

By BM25 over the words that they share with it, in SQLite's full-text search (FTS5), which knows
that "sells" and "sell" are one word in English. Two words that stand side by side in the question
count once more where they do so in a passage. Chinese, Japanese and Korean are written without
spaces, so there each two characters that follow each other are taken for a word. Names in code
are taken apart ("StreamConsumed"), and what a passage of code defines counts more than what it
only mentions.
"""

import itertools
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from rlm_desktop.documents.code_names import humps_apart, names_defined

#: How long a passage is, in characters, and how far it reaches into those around it. Of 62
#: questions about real texts, the first three passages held the answer 26 times where they did
#: not reach into each other, and 32 times like this.
PASSAGE_CHARS = 900
_REACH = 150
_WIDEST = 6
_BLOCK_CHARS = 1024 * 1024
#: Of a longer text only passages that hold a word of the question are put into the index.
_INDEXED_WHOLE = 16 * 1024 * 1024
_MOST_INDEXED = 200_000
_MOST_WORDS = 40
#: What a word among the names that a passage defines weighs; one anywhere in it weighs 1.
_DEFINED = 2.0
_SENTENCE_END = re.compile(r"[.!?]['\")\]]*\s|[。！？]")
_SPACES = re.compile(r"[ \t]{3,}")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")
_COMMON = {
    "a", "an", "and", "are", "as", "at", "be", "been", "before", "between", "but", "by", "can",
    "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "here",
    "his", "how", "i", "if", "in", "into", "is", "it", "its", "many", "may", "might", "much",
    "must", "name", "not", "of", "on", "or", "our", "over", "she", "should", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "under",
    "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why",
    "will", "with", "would", "you", "your",
}  # fmt: skip


class Readable(Protocol):
    """What passages are cut from: a Collection, or a plain text made one."""

    def __len__(self) -> int: ...

    def text(self, start: int, end: int) -> str: ...


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text in memory."""

    whole: str

    def __len__(self) -> int:
        return len(self.whole)

    def text(self, start: int, end: int) -> str:
        return self.whole[start:end]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and where it stands, in code points."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def best_passages(
    text: Readable, words: Sequence[str], most: int, *, within: Sequence[tuple[int, int]] = ()
) -> list[Passage]:
    """The passages that fit the words of a question (see `words_of`) best; fewer if few do.

    `within` are the spans of the text that are looked at; all of it if there are none.
    """
    wanted = _query(words)
    if not wanted:
        return []
    spans = list(within) or [(0, len(text))]
    some = re.compile("|".join(map(re.escape, map(stem, words))), re.IGNORECASE)
    is_long = sum(end - start for start, end in spans) > _INDEXED_WHOLE
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            "CREATE VIRTUAL TABLE passages USING fts5"
            "(text, names, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        cut = (
            (passage.start, passage.text)
            for passage in cut_all(text, spans)
            if not is_long or some.search(passage.text)
        )
        places: list[tuple[int, int]] = []
        for start, passage in cut:
            if len(places) == _MOST_INDEXED:
                break
            names = _spaced(" ".join(names_defined(passage)))
            database.execute(
                "INSERT INTO passages(rowid, text, names) VALUES (?, ?, ?)",
                (len(places), _spaced(passage), names),
            )
            places.append((start, len(passage)))
        found = database.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? "
            "ORDER BY bm25(passages, 1.0, ?), rowid LIMIT ?",
            (wanted, _DEFINED, most),
        ).fetchall()
    return [
        Passage(places[number][0], text.text(places[number][0], sum(places[number])))
        for (number,) in found
    ]


def cut_all(text: Readable, spans: Iterable[tuple[int, int]]) -> Iterator[Passage]:
    """All passages of some spans of a text, in order; each reaches a little into the next."""
    for first, last in spans:
        at = first
        while at < last:
            block = text.text(at, min(at + _BLOCK_CHARS, last))
            whole = at + len(block) == last
            done = 0
            while done < len(block):
                if not whole and len(block) - done < 2 * _WIDEST * PASSAGE_CHARS:
                    break  # it goes on in the next block
                end = _end_of(block, done)
                before = max(0, done - _REACH)
                after = min(len(block), end + _REACH)
                yield Passage(at + before, block[before:after])
                done = end
            at += done


def _end_of(text: str, start: int) -> int:
    """Where a passage from `start` on ends: behind a line, else a sentence, else a word.

    Tables in plain text are mostly spaces, which count for nothing.
    """
    window = text[start : start + _WIDEST * PASSAGE_CHARS]
    length = PASSAGE_CHARS * len(window) // max(1, len(squeezed(window)))
    end = start + length
    if end >= len(text):
        return len(text)
    line = text.rfind("\n", start + length // 2, end)
    if line >= 0:
        return line + 1
    sentences = list(_SENTENCE_END.finditer(text, start + length // 2, end))
    if sentences:
        return sentences[-1].end()
    space = text.rfind(" ", start + length // 2, end)
    return space + 1 if space >= 0 else end


def missing_from(text: Readable, words: Iterable[str]) -> list[str]:
    """Those of some words, in their order, that stand nowhere in a text, in any case of letters."""
    missing = {word: word.casefold() for word in words}
    longest = max(map(len, missing.values()), default=0)
    for at in range(0, len(text), _BLOCK_CHARS):
        if not missing:
            break
        block = text.text(at, min(len(text), at + _BLOCK_CHARS + longest)).casefold()
        missing = {word: plain for word, plain in missing.items() if plain not in block}
    return list(missing)


def squeezed(text: str) -> str:
    """A text without the spaces that only put its columns below each other."""
    return _SPACES.sub("  ", text)


def words_of(question: str) -> list[str]:
    """The words of a question by which its answer may be found, in order, each once.

    A word with a capital, a digit or a hyphen stays as it is. Characters of languages without
    spaces come in pairs.
    """
    words: dict[str, None] = {}
    for found in _WORD.findall(question):
        if _UNSPACED.search(found):
            signs = _UNSPACED.findall(found)
            words |= dict.fromkeys(map("".join, itertools.pairwise(signs)))
        elif found.lower() not in _COMMON:
            words[found] = None
    return list(words)[:_MOST_WORDS]


def _query(words: Sequence[str]) -> str:
    """The words, and each two that follow each other, as FTS5 wants to be asked for them."""
    spaced = [_spaced(word).strip() for word in words]
    pairs = [
        f"{one} {other}"
        for one, other in itertools.pairwise(spaced)
        if not _UNSPACED.search(one + other)
    ]
    return " OR ".join(f'"{each}"' for each in [*spaced, *pairs])


def stem(word: str) -> str:
    """How a word begins: an inflected one is another word, but begins alike."""
    return word if len(word) < 5 else word[: max(4, len(word) - 3)]


def _spaced(text: str) -> str:
    return _UNSPACED.sub(r" \1 ", humps_apart(text))
