"""What is done when the conditions of a program let nothing through.

Each condition is tried alone, over the same things, and the model is told how many meet it, and
what the things look like that it compares. The loop runs that program itself: told only that
nothing matched, a 1.5B model said "not found" instead of looking which condition was too narrow.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

#: Calls that ask a model: tried again they would cost minutes.
_ASKING = {
    "ask", "ask_all", "classify", "extract", "values_of", "rlm", "look_up", "llm_query",
    "llm_query_batched",
}  # fmt: skip
_MOST_CONDITIONS = 6
_MOST_VALUES = 4
_VALUE_CHARS = 90


@dataclass(frozen=True, slots=True)
class Filter:
    """`target` goes through `things`, and what meets all `conditions` is taken."""

    target: ast.expr
    things: ast.expr
    conditions: tuple[ast.expr, ...]


def program_for(code: str) -> str | None:
    """A program that tries the conditions of the last filter in `code` one by one.

    None if there is none, or if trying it would ask a model.
    """
    try:
        filters = list(filters_in(ast.parse(code)))
    except SyntaxError:
        return None
    if not filters or asks(filters[-1]):
        return None
    return "\n".join(_lines_of(filters[-1]))


def filters_in(program: ast.Module) -> Iterator[Filter]:
    """The filters in the order in which they stand."""
    found: list[tuple[int, Filter]] = []
    for node in ast.walk(program):
        match node:
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                first = node.generators[0]
                tests, target, things = first.ifs, first.target, first.iter
            case ast.For(target=target, iter=things, body=[ast.If(test=test), *_]):
                tests = [test]
            case _:
                continue
        if conditions := tuple(part for test in tests for part in _parts(test)):
            line: int = node.lineno
            found.append((line, Filter(target, things, conditions[:_MOST_CONDITIONS])))
    return (one for _, one in sorted(found, key=lambda pair: pair[0]))


def _parts(test: ast.expr) -> Iterator[ast.expr]:
    """The conditions that `and` joins."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for value in test.values:
            yield from _parts(value)
    else:
        yield test


def asks(one: Filter) -> bool:
    """Whether trying a filter again would ask a model."""
    called = (node for part in (one.things, *one.conditions) for node in ast.walk(part))
    return any(isinstance(node, ast.Name) and node.id in _ASKING for node in called)


def _lines_of(one: Filter) -> Iterator[str]:
    target, things = ast.unparse(one.target), ast.unparse(one.things)
    over = f"for {target} in {things}"
    yield f"print(sum(1 {over}), 'in all:', {things!r})"
    for condition in one.conditions:
        text = ast.unparse(condition)
        yield "try:"
        yield f"    _met = sum(1 {over} if {text})"
        yield f"    print(_met, 'meet', {text!r})"
        if compared := _compared(condition, one.target):
            # A dict keeps the order, and shows once what is alike.
            values = f"dict.fromkeys(str({compared})[:{_VALUE_CHARS}] {over})"
            yield "    if not _met:"
            yield f"        print('   there:', list({values})[:{_MOST_VALUES}])"
        yield "except Exception:"
        yield f"    print('cannot be tried alone:', {text!r})"


def _compared(condition: ast.expr, target: ast.expr) -> str | None:
    """What of each thing is compared with a text; None if it is the thing itself, or no text."""
    match condition:
        case ast.Compare(left=left, comparators=[right]):
            sides = [left, right]
        case _:
            return None
    texts = [side for side in sides if isinstance(side, ast.Constant)]
    others = [side for side in sides if not isinstance(side, ast.Constant)]
    if not texts or not isinstance(texts[0].value, str) or len(others) != 1:
        return None
    names = {node.id for node in ast.walk(others[0]) if isinstance(node, ast.Name)}
    its = {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}
    return ast.unparse(others[0]) if names & its and not isinstance(others[0], ast.Name) else None
