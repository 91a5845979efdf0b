"""A run as Markdown, which says what was said and does nothing else.

A text from a document or a model could look like Markdown: a picture that is fetched from
somewhere when the page is shown, or the end of the block it stands in. So prose is escaped, and
a literal block has a longer fence than anything in it.
"""

import re
from collections.abc import Iterator

from rlm_desktop.exporting.outline import Block, Bullets, Facts, Literal, Section, Text, outline
from rlm_desktop.exporting.visible import visible
from rlm_desktop.runs.run import Run

_SPECIAL = re.compile(r"([\\`*_\[\]<&|~$])")
_AT_START = re.compile(r"(?m)^([#>+=-]|\d{1,9}(?=[.)](?:\s|$)))")
_INDENT = re.compile(r"(?m)^[ \t]+(?=\S)")


def to_markdown(run: Run) -> str:
    """The whole run, ending with one line end."""
    return "\n\n".join(_section(outline(run), 1)) + "\n"


def plain(text: str) -> str:
    """Prose that a Markdown reader shows as it is, line by line."""
    escaped = _SPECIAL.sub(r"\\\1", visible(text).strip())
    escaped = _INDENT.sub(lambda found: "&nbsp;" * len(found.group().expandtabs(4)), escaped)
    escaped = _AT_START.sub(_escaped_start, escaped)
    paragraphs = re.split(r"\n\s*\n", escaped)
    return "\n\n".join(re.sub(r"[ \t]*\n", "\\\\\n", paragraph) for paragraph in paragraphs)


def fenced(text: str, language: str = "") -> str:
    """A text to the letter, in a fence that nothing in it can close."""
    shown = visible(text).removesuffix("\n")
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence + language, *([shown] if shown else []), fence])


def _escaped_start(found: re.Match[str]) -> str:
    """A backslash before a sign; after a number, since `1.` is escaped as `1\\.`."""
    sign = found.group()
    return sign + "\\" if sign[0].isdigit() else "\\" + sign


def _one_line(text: str) -> str:
    return plain(" ".join(text.split()))


def _section(section: Section, level: int) -> Iterator[str]:
    yield "#" * min(level, 6) + " " + _one_line(section.title)
    for block in section.blocks:
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Text(text):
            yield plain(text)
        case Facts(facts):
            yield " · ".join(map(_one_line, facts))
        case Bullets(items):
            yield "\n".join(f"- {_one_line(item)}" for item in items)
        case Literal(label, text, language):
            yield _one_line(label) + ":"
            yield fenced(text, language)
        case Section():
            yield from _section(block, level + 1)
