"""What a program does, in a sentence for people who read no code, from its syntax tree.

It is a hint, not a proof: what is not known is left out, and the program itself stands beside it.
"""

import ast
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from rlm_desktop.gui import words

_MOST_WORDS = 4
_WORD_CHARS = 60
_MOST_ACTS = 5
#: A program that is larger tells more than a sentence can.
_MOST_CODE = 20_000


def _tr(text: str) -> str:
    return QCoreApplication.translate("Telling", text)


def told_of(code: str) -> str:
    """A sentence without a full stop, in the past tense, that begins with a small letter."""
    lines = words.lines(len(code.strip().splitlines()))
    plain = _tr("ran a program of {}").format(lines)
    if len(code) > _MOST_CODE:
        return plain
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return plain
    if any(isinstance(node, ast.FunctionDef) and node.name == "count_again" for node in tree.body):
        return _tr("counted once more, to check")
    acts = list(dict.fromkeys(_acts_of(tree)))[:_MOST_ACTS]
    if not acts:
        return plain
    *first, last = acts
    return _tr("{} and {}").format(", ".join(first), last) if first else last


def _acts_of(tree: ast.Module) -> Iterator[str]:
    """What is done, in the order in which it stands in the program."""
    told: list[tuple[int, int, int, str]] = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                act = _call(name, node)
            case ast.Call(func=ast.Attribute(attr="most_common")):
                act = _tr("took the most frequent")
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp() | ast.DictComp():
                first = node.generators[0]
                act = _gone_through(first.iter, first.ifs)
            case ast.For(iter=things, body=[ast.If(test=test), *_]):
                act = _gone_through(things, [test])
            case _:
                continue
        if act:
            # Where one call stands in another, the inner one ends first, and is done first.
            told.append((node.end_lineno or 0, node.end_col_offset or 0, -node.col_offset, act))
    return (act for *_, act in sorted(told))


def _call(name: str, node: ast.Call) -> str:
    texts = _texts_in(node.args)
    match name:
        case "grep" | "find":
            return _tr("searched for {}").format(_quoted(texts)) if texts else ""
        case "look_up":
            return _tr("looked up {}").format(_quoted(texts[:1])) if texts else ""
        case "ask" | "ask_all" | "llm_query" | "llm_query_batched":
            if not texts:
                return _tr("asked the model about passages")
            return _tr("asked the model {}").format(_quoted(texts[:1]))
        case "classify":
            labels = [text for argument in node.args[1:2] for text in _texts_in([argument])]
            if not labels:
                return _tr("had the model label passages")
            return _tr("had the model label passages as {}").format(_quoted(labels, 8))
        case "extract":
            fields = [text for argument in node.args[1:2] for text in _texts_in([argument])]
            return _tr("had the model fill in {}").format(_quoted(fields, 8) or _tr("fields"))
        case "values_of":
            what = _quoted(texts[:1]) or _tr("a value")
            return _tr("took {} from each of them").format(what)
        case "rlm":
            return _tr("began a run over a part of the text")
        case "len" | "Counter":
            return _tr("counted")
        case "sum":
            each = getattr(node.args[0], "elt", None) if node.args else None
            return _tr("counted") if isinstance(each, ast.Constant) else _tr("added up")
        case "sorted":
            return _tr("sorted")
        case "max" | "min":
            return _tr("took the largest") if name == "max" else _tr("took the smallest")
        case "final":
            return _tr("gave the answer")
        case _:
            return ""


def _gone_through(things: ast.expr, tests: list[ast.expr]) -> str:
    """A filter over the lines, records or whatever else."""
    found = [text for test in tests for text in _texts_in([test])]
    if not found:
        return ""
    match things:
        case ast.Name(id="lines"):
            return _tr("went through all lines for {}").format(_quoted(found))
        case ast.Name(id="rows"):
            return _tr("went through all rows for {}").format(_quoted(found))
        case ast.Name(id="records"):
            return _tr("went through all records for {}").format(_quoted(found))
        case ast.Name(id="turns"):
            return _tr("went through all turns of the talk for {}").format(_quoted(found))
        case ast.Name(id="messages"):
            return _tr("went through all messages for {}").format(_quoted(found))
        case _:
            return _tr("kept those with {}").format(_quoted(found))


def _texts_in(nodes: list[ast.expr]) -> list[str]:
    """The texts that are written out in some expressions, each once, in order."""
    found = [
        (node.lineno, node.col_offset, node.value)
        for outer in nodes
        for node in ast.walk(outer)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip()
    ]
    return list(dict.fromkeys(text for _, _, text in sorted(found)))


def _quoted(texts: list[str], most: int = _MOST_WORDS) -> str:
    told = [f"“{words.first_line(text, _WORD_CHARS)}”" for text in texts[:most]]
    return ", ".join(told) + (" …" if len(texts) > most else "")
