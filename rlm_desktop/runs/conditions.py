"""The conditions that a question states in so many words, and programs that left one out.

A small model forgets one of three conditions. What a question quotes, and its names and codes, can
be looked for in the program by code.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from rlm_desktop.runs.prompts import fenced

#: What tells one thing from all others: a quoted text, a word in capitals, or one with digits or
#: hyphens inside.
_TELLING = re.compile(
    r"""["\u201c]([^"\u201c\u201d\n]{2,80})["\u201d]|(?<!\w)'([^'\n]{2,80})'(?!\w)"""
    r"""|(?<![\w-])([A-Z]{3,}|(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{3,}|[a-z]+(?:[-_][a-z0-9]+)+)(?![\w-])"""
)
#: What a question only gives as an example or as a form, up to the end of the clause.
_EXAMPLES = re.compile(
    r"\b(such as|for example|for instance|e\.g\.|in the form(at)?)\s"
    r"[^;)?!\n]*?(?=[;)?!\n]|\.(\s|$)|$)",
    re.IGNORECASE,
)
_COMMON_CAPITALS = {"NOT", "FOUND", "NOT FOUND", "AND", "ALL", "CSV", "JSON", "PDF", "THE", "ONLY"}
#: How a line begins that heads a part of a text.
_HEADING = re.compile(
    r"\s*([\[#=*~<{|-]|(chapter|part|section|act|scene|episode|book|volume|day)\b)", re.IGNORECASE
)
_HEADING_CHARS = 120


def telling_words(question: str) -> Iterator[str]:
    """What a question quotes, and its names and codes; not those that it gives as examples."""
    for found in _TELLING.finditer(_EXAMPLES.sub(" ", question)):
        word = next(filter(None, found.groups()))
        if word not in _COMMON_CAPITALS:
            yield word


def condition_left_out(
    question: str, programs: Sequence[str], line_with: Callable[[str], str | None]
) -> Iterator[tuple[str, str]]:
    """Names and codes that the question states and the text holds, but not the last programs.

    Each with what the model is told of it. `line_with` gives the first line that holds a word.
    """
    used = "\n".join(programs[-2:]).casefold()
    for word in telling_words(question):
        if word.casefold() in used:
            continue
        line = line_with(word)
        if line is not None:
            told = (
                f"The question says {word!r}, and the program did not use it. It stands in this "
                f"line: {line.strip()[:150]!r}. {_how_to_use(word, line, programs)}"
            )
            yield word, told


def _how_to_use(word: str, line: str, programs: Sequence[str]) -> str:
    """A sentence and, where the line heads a part of the text, the program as it should be.

    A small model copies what it is shown; told the same in words it forgets the rest.
    """
    over_lines = next((code for code in reversed(programs) if re.search(r"\blines\b", code)), None)
    if over_lines is None or len(line) > _HEADING_CHARS or not _HEADING.match(line):
        return "Use every condition of the question in one program."
    mended = re.sub(r"\blines\b", f"part({word!r})", over_lines)
    return f"That line heads a part of the text. Look only below it:\n{fenced(mended)}"
