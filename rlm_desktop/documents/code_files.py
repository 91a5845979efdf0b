"""Source files: those joined in one text under lines that name them, and which are Python.

Also loaded next to untrusted code: standard library only.
"""

import re
from collections.abc import Iterable, Iterator

_PATH = r"[`\"']?(?P<{0}>(?:[A-Za-z]:)?[./\\]*[\w.@+-]+(?:[/\\][\w.@+ -]+)*\.\w{{1,8}})[`\"']?"
#: "##### FILE: a/b.py #####", "# file: a/b.py", "===== a/b.py =====", "==> a/b.py <==",
#: "### a/b.py".
_MARK = re.compile(
    r"[ \t]*(?:"
    rf"(?:[#=*~/<>-]+[ \t]*)(?:file|path|filename|source)[ \t]*[:=]?[ \t]*{_PATH.format('one')}"
    rf"[ \t]*[#=*~/<>-]*|[#=*~/<>-]{{2,}}[ \t]*{_PATH.format('two')}[ \t]*[#=*~/<>-]{{2,}}"
    rf"|[#=]{{3,}}[ \t]*{_PATH.format('three')})[ \t]*$",
    re.IGNORECASE,
)
_PYTHON = (".py", ".pyi", ".pyw")
_MARK_CHARS = 300


def is_python(name: str) -> bool:
    return name.lower().endswith(_PYTHON)


def file_named(line: str) -> str:
    """The path that a line names, if a joined file begins below it; else empty."""
    if len(line) > _MARK_CHARS or line.lstrip()[:1] not in tuple("#=*~/<>-"):
        return ""
    found = _MARK.match(line)
    return next(filter(None, found.groups()), "") if found else ""


def files_in(
    lines: Iterable[tuple[int, str]], name: str, end: int
) -> Iterator[tuple[str, int, int]]:
    """The files of a text: path, start and end of the text below the mark.

    A text without marks is one file of its own name; what stands above the first mark is none.
    """
    path, start, any_named = name, -1, False
    for at, line in lines:
        if start < 0:
            start = at
        named = file_named(line)
        if named:
            if any_named:
                yield path, start, at
            path, any_named = named, True
            start = at + len(line) + 1
    if start >= 0:
        yield path, min(start, end), end


def holds_python(name: str, kind: str, lines: Iterable[str]) -> bool:
    """Whether a text that begins with these lines is Python, or joined from such files."""
    if kind == "code":
        return is_python(name)
    return any(is_python(path) for line in lines if (path := file_named(line)))
