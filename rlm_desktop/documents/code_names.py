"""What a piece of source code defines, and within what a place in it stands.

By the lines of Python and of languages that look like it, without parsing: a passage begins and
ends anywhere.
"""

import re

from rlm_desktop.documents.code_files import file_named

#: "def send(", "async def send(", "class Client:", and at the beginning of a line "LIMIT = 5".
_DEFINED = re.compile(
    r"^(?:[ \t]*(?:async )?(?:def|class) (?P<block>\w+)"
    r"|(?P<value>[A-Za-z_]\w*)(?:[ \t]*:[^=\n]{1,80})?[ \t]*=[^=])",
    re.MULTILINE,
)
_BLOCK = re.compile(r"^([ \t]*)(?:async )?((?:def|class) \w+)", re.MULTILINE)
_CODE_LINE = re.compile(
    r"^[ \t]*(?:(?:async )?def \w+\(|class \w+[(:]|import \w|from \S+ import )", re.MULTILINE
)
_LEAST_CODE_LINES = 2
#: The places inside a name where a new word begins: "StreamConsumed", "HTTPError".
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def is_code(text: str) -> bool:
    """Whether a piece of text looks like Python source."""
    return len(_CODE_LINE.findall(text)) >= _LEAST_CODE_LINES


def names_defined(text: str) -> list[str]:
    """The functions, classes and values that lines of a piece of code define."""
    return [found["block"] or found["value"] for found in _DEFINED.finditer(text)]


def humps_apart(text: str) -> str:
    """A text in which names such as StreamConsumed are two words."""
    return _HUMP.sub(" ", text)


def place_below(above: str, below: str) -> str:
    """The file, class and function that a place is in, given the text above and below it.

    As "file a/b.py: class Client: def send"; empty if none of them stands above.
    """
    beginning = above.rpartition("\n")[2] + below
    line = next((each for each in beginning.splitlines() if each.strip()), "")
    indentation = _width(line)
    blocks: list[str] = []
    for found in reversed(list(_BLOCK.finditer(above))):
        width = _width(found[1])
        if width < indentation:
            blocks.insert(0, found[2])
            indentation = width
    marks = (file_named(each) for each in reversed(above.splitlines()))
    path = next(filter(None, marks), "")
    return ": ".join(([f"file {path}"] if path else []) + blocks)


def _width(line: str) -> int:
    """How far a line is indented, in columns."""
    spaces = line[: len(line) - len(line.lstrip(" \t"))]
    return len(spaces.expandtabs(8))
