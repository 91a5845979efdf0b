"""The functions and classes of Python source in the text, each a dict.

Loaded next to untrusted code: the standard library and modules like this one only. Parsed by
`ast`, at about four million characters a second; a file that does not parse is read line by line.
"""

import ast
import re
import warnings
from array import array
from collections.abc import Iterator
from typing import Any

from rlm_desktop.documents.code_files import files_in, is_python
from rlm_desktop.sandbox.entries import Entry
from rlm_desktop.sandbox.python_lines import definitions_in
from rlm_desktop.sandbox.slices import Slice
from rlm_desktop.sandbox.whole import Stretch, Whole

_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENT = re.compile(r"[ \t\f]*")
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class PythonFiles:
    """The functions and classes of one part, which is Python or joined from such files."""

    def __init__(self, whole: Whole, stretch: Stretch) -> None:
        self.functions: list[Entry] = []
        self.classes: list[Entry] = []
        lines = whole.lines(stretch.start, stretch.end)
        for path, start, end in files_in(lines, stretch.name, stretch.end):
            if is_python(path):
                self._add(path, whole.raw(start, end), start)

    def _add(self, path: str, text: str, offset: int) -> None:
        code = text.removeprefix("\ufeff")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of escapes in its strings
                tree = ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            for kind, entry in definitions_in(path, text, offset):
                (self.functions if kind == "def" else self.classes).append(entry)
            return
        source = _Source(path, code, offset + len(text) - len(code))
        for node, class_name, inside in _definitions(tree, "", ""):
            if isinstance(node, ast.ClassDef):
                self.classes.append(source.class_entry(node))
            else:
                self.functions.append(source.function_entry(node, class_name, inside))


def _definitions(
    node: ast.AST, class_name: str, inside: str
) -> Iterator[tuple[_Definition, str, str]]:
    """The definitions below a node in their order, with the class and function they are in."""
    for below in ast.iter_child_nodes(node):
        if isinstance(below, ast.expr):
            continue
        if isinstance(below, ast.ClassDef):
            yield below, class_name, inside
            yield from _definitions(below, below.name, inside)
        elif isinstance(below, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield below, class_name, inside
            yield from _definitions(below, "", below.name)
        else:
            yield from _definitions(below, class_name, inside)


class _Source:
    """The text of a file that was parsed, for the places of what is in it."""

    def __init__(self, path: str, text: str, offset: int) -> None:
        self._path = path
        self._text = text
        self._offset = offset
        self._starts = array("Q", [0, *(end.end() for end in _LINE_END.finditer(text))])

    def function_entry(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, class_name: str, inside: str
    ) -> Entry:
        return self._entry(
            node,
            [
                ("class", class_name),
                ("inside", inside),
                ("parameters", _parameters(node.args)),
                ("decorators", [self._piece(one) for one in node.decorator_list]),
                ("docstring", ast.get_docstring(node) or ""),
            ],
        )

    def class_entry(self, node: ast.ClassDef) -> Entry:
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        methods = [one.name for one in node.body if isinstance(one, functions)]
        return self._entry(
            node,
            [
                ("bases", [self._piece(one) for one in node.bases]),
                ("methods", methods),
                ("decorators", [self._piece(one) for one in node.decorator_list]),
                ("docstring", ast.get_docstring(node) or ""),
            ],
        )

    def _entry(self, node: _Definition, fields: list[tuple[str, Any]]) -> Entry:
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        start = self._starts[first - 1]
        end = self._place(node.end_lineno or node.lineno, node.end_col_offset or 0)
        indent = _INDENT.match(self._text, start)
        start = indent.end() if indent else start
        return Entry.at(
            (self._offset + start, self._offset + end),
            [
                ("name", node.name),
                ("file", self._path),
                *fields,
                ("line", node.lineno),
                ("text", Slice(self._text[start:end], self._offset + start)),
            ],
        )

    def _piece(self, node: ast.expr) -> Slice:
        """An expression as it is written."""
        start = self._place(node.lineno, node.col_offset)
        end = self._place(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return Slice(self._text[start:end], self._offset + start)

    def _place(self, line: int, octets: int) -> int:
        """The place of a column, which `ast` counts in octets."""
        start = self._starts[line - 1]
        piece = self._text[start : start + octets]
        if piece.isascii():
            return start + octets
        return start + len(piece.encode()[:octets].decode("utf-8", "ignore"))


def _parameters(arguments: ast.arguments) -> list[str]:
    """The names in their order, with the stars of those that take the rest."""
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    if arguments.vararg:
        names.append(f"*{arguments.vararg.arg}")
    names += [one.arg for one in arguments.kwonlyargs]
    if arguments.kwarg:
        names.append(f"**{arguments.kwarg.arg}")
    return names
