"""The names that a program finds ready: `context`, the helpers, and common modules.

Loaded next to untrusted code: the standard library and modules like this one only.
"""

import ast
import collections
from collections.abc import Callable, Mapping
from typing import Any

from rlm_desktop.documents.text import windowed_re
from rlm_desktop.sandbox.asking import Ask, Asking
from rlm_desktop.sandbox.dates import date_of, month_of
from rlm_desktop.sandbox.entries import Entry
from rlm_desktop.sandbox.files import FileRecord, Files
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.lines import Lines, MappedLines
from rlm_desktop.sandbox.parts import Parts
from rlm_desktop.sandbox.rows import Rows, Table
from rlm_desktop.sandbox.searching import Searching, number
from rlm_desktop.sandbox.slices import Slice, span_of
from rlm_desktop.sandbox.structures import NAMES, Structures
from rlm_desktop.sandbox.whole import Whole

_MODULES = (
    "re", "json", "math", "statistics", "datetime", "collections", "itertools", "csv",
    "textwrap", "difflib", "string", "random", "functools", "operator", "time",
)  # fmt: skip

_TEXTS = ("context", "lines", "rows", *NAMES)
_CLOSE_CALLS = "close_calls"


class ReplNames:
    """Makes the names, and fills in the costly ones when a program mentions them."""

    def __init__(
        self,
        whole: Whole,
        ledger: Ledger,
        ask: Ask,
        final: Callable[[Any], None],
        modules: Mapping[str, Any],
    ) -> None:
        self._whole = whole
        self._ledger = ledger
        self._final = final
        self._lines: Lines | MappedLines | None = None
        self._rows: Rows | None = None
        self._structures = Structures(whole, ledger)
        #: Modules that stand in for those of the library.
        self.substitutes: dict[str, Any] = {"re": windowed_re} if whole.mapped else {}
        self.namespace = self._made(modules, ask)

    def _made(self, modules: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
        searching = Searching(self._whole, self._ledger)
        asking = Asking(self._whole, ask)
        parts = Parts(self._whole, self._ledger)
        names: dict[str, Any] = {name: modules[name] for name in _MODULES}
        return (
            names
            | self.substitutes
            | {
                "Counter": collections.Counter,
                "defaultdict": collections.defaultdict,
                "context": self._whole.context,
                "files": Files(FileRecord(one, self._cut) for one in self._whole.stretches),
                "grep": searching.grep,
                "find": searching.find,
                "chunks": searching.chunks,
                "part": parts.part,
                "parts": parts.part,  # what models write as often
                "number": number,
                "date_of": date_of,
                "month_of": month_of,
                "look_up": asking.look_up,
                "ask": asking.ask,
                "ask_all": asking.ask_all,
                "classify": asking.classify,
                "extract": asking.extract,
                _CLOSE_CALLS: asking.close_calls,
                "values_of": asking.values_of,
                "rlm": asking.rlm,
                "llm_query": asking.llm_query,
                "llm_query_batched": asking.llm_query_batched,
                "where": self.where,
                "final": self._final,
                "answer": {"content": "", "ready": False},
            }
        )

    def _cut(self, start: int, end: int) -> Slice:
        self._ledger.scanned("slice", [(start, end)])
        return self._whole.cut(start, end)

    def where(self, place: Any) -> Any:
        """where(line) or where(position): its place, like "report.pdf, page 3"."""
        if isinstance(place, (list, tuple)):
            return [self.where(one) for one in place]
        if isinstance(place, Slice):
            return self._whole.place(place.start)
        if isinstance(place, int):
            return self._whole.place(int(place))
        if isinstance(place, str):
            found = self._whole.find(place)
            if found < 0:
                raise ValueError(f"where: {place[:60]!r} does not stand in the text like this")
            return self._whole.place(found)
        raise TypeError("where wants a line or a position: call where(grep('word')[0])")

    @property
    def columns(self) -> list[str]:
        """The columns of `rows`, if a program has used them."""
        return self._rows.columns if self._rows is not None else []

    def why_not(self, name: str) -> str:
        """Why one of the names is not there for this text; empty for any other name."""
        return self._structures.why_not(name)

    def prepare(self, program: ast.Module) -> None:
        """Fill in the lists that the program uses, and note what it scans.

        A variable of that name that a program made itself stays as it is.
        """
        mentioned = {node.id for node in ast.walk(program) if isinstance(node, ast.Name)}
        tables = [one for one in self._whole.stretches if one.kind == "csv"]
        if "lines" in mentioned and self._lines is None:
            self.namespace["lines"] = self._lines = self._make_lines()
        if "rows" in mentioned and tables and self._rows is None:
            made = [Table(self._whole, one) for one in tables]
            self.namespace["rows"] = self._rows = Rows(made, self._ledger)
        for name in _loaded_by(program) & set(NAMES):
            if name not in self.namespace and (entries := self._structures.make(name)):
                self.namespace[name] = entries
        self._note_scanned(_scanned_by(program))

    def _note_scanned(self, names: set[str]) -> None:
        entries = self._structures.all_made
        if {"context", "lines"} & names or any(
            self.namespace.get(name) is entries[name] for name in names & set(entries)
        ):
            self._ledger.scanned("code", [self._whole.span])
        elif "rows" in names and self._rows is not None:
            self._ledger.scanned("code", self._rows.spans)

    def _make_lines(self) -> Lines | MappedLines:
        if self._whole.mapped:
            return MappedLines(self._whole.lines, self._whole.cut, self._ledger)
        return Lines(self._whole.lines(), self._ledger)

    def _texts(self) -> tuple[Any, ...]:
        return self._whole.context, self._lines, *self._structures.all_made.values()

    def note_kept(self, variables: Mapping[str, Any]) -> None:
        """Note which passages the variables hold."""
        for name, value in variables.items():
            # What is hard to label was not looked for, and is no evidence.
            if name == _CLOSE_CALLS or any(value is one for one in self._texts()):
                continue
            passages = [value] if isinstance(value, (Slice, Entry)) else value
            # Only a plain list: a class of the program's own could run code here.
            if type(passages) is list and passages and span_of(passages[0]) is not None:
                self._ledger.kept(name, passages)


def _loaded_by(program: ast.Module) -> set[str]:
    """The names whose values the program uses, rather than only sets them."""
    names = (node for node in ast.walk(program) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Load)}


def _scanned_by(program: ast.Module) -> set[str]:
    """Which of the text's names are used other than by a subscript or `len`."""
    taken: set[int] = set()
    for node in ast.walk(program):
        if isinstance(node, ast.Subscript):
            taken.add(id(node.value))
        elif isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id="len" | "grep" | "find" | "chunks"):  # these note it themselves
                    taken.update(map(id, node.args))
    return {
        node.id
        for node in ast.walk(program)
        if isinstance(node, ast.Name) and node.id in _TEXTS and id(node) not in taken
    }
