"""What is done with a count before it is shown: the loop counts again, by a program of its own.

It shows some of what was counted and some of what nearly was, and finds how many there would be
if the words that the question does not spell out were taken in any letters. A count that is
another then is shown as less sure.
"""

import ast
from collections.abc import Iterator, Sequence

from rlm_desktop.runs import filters
from rlm_desktop.runs.filters import Filter

#: How many of what was counted, and of what nearly was, are shown, and how much of each.
_SHOWN = 3
_SHOWN_CHARS = 160
#: Methods that compare the beginning or end of a text.
_AT_AN_END = {"startswith", "endswith"}
_FIRST_LINE = "def count_again():"


def program_for(question: str, programs: Sequence[str], answer: str) -> str | None:
    """A program that counts again, and gives the number in any letters as its answer.

    `programs` are those that were run, the latest last. It gives no answer where the last filter
    of the last two programs lets through another number of things. None if the answer is no
    count, or nothing was filtered.
    """
    count = answer.strip().replace(",", "")
    if not count.isdecimal() or int(count) == 0:
        return None
    try:
        found = list(filters.filters_in(ast.parse("\n".join(programs[-2:]))))
    except SyntaxError:
        return None
    if not found or filters.asks(found[-1]):
        return None
    return "\n".join(_lines_of(found[-1], int(count), question))


def counts_again(code: str) -> bool:
    """Whether a program is one of these, which leaves nothing that a later one could use."""
    return code.startswith(_FIRST_LINE)


def _lines_of(one: Filter, count: int, question: str) -> Iterator[str]:
    tests = [f"({ast.unparse(test)})" for test in one.conditions]
    loosening = _InAnyLetters(question)
    # Parsed again, because what is visited is changed in place.
    loose = [ast.unparse(loosening.visit(ast.parse(test, mode="eval"))) for test in tests]
    target = ast.unparse(one.target)
    yield _FIRST_LINE  # a function, so that no variable is left that holds passages
    yield "    shown, near, count, in_any = [], [], 0, 0"
    yield f"    for {target} in {ast.unparse(one.things)}:"
    yield f"        if {' and '.join(tests)}:"
    yield "            count += 1"
    yield f"            shown += [{target}] * (len(shown) < {_SHOWN})"
    yield "            continue"
    yield "        try:"
    yield f"            other = {' and '.join(f'({test})' for test in loose)}"
    yield f"            met = sum(map(bool, [{', '.join(tests)}]))"
    yield "        except Exception:"
    yield "            continue  # a condition that only makes sense after the one before it"
    yield "        if other:"
    yield "            in_any += 1"
    yield f"            near.insert(0, {target})"
    yield f"        elif len(near) < {_SHOWN} and 0 < met == {len(tests) - 1}:"
    yield f"            near.append({target})"
    yield f"        del near[{_SHOWN}:]"
    yield f"    if count != {count}:"
    yield "        return"
    yield "    print(count, 'counted, such as:')"
    yield f"    print(*['+ ' + str(one)[:{_SHOWN_CHARS}] for one in shown], sep='\\n')"
    yield "    if near:"
    yield "        print('Nearly, but not counted:')"
    yield f"        print(*['- ' + str(one)[:{_SHOWN_CHARS}] for one in near], sep='\\n')"
    yield "    if in_any:"
    yield "        print(in_any, 'more in other letters')"
    yield "    final(count + in_any)"
    yield "count_again()"


class _InAnyLetters(ast.NodeTransformer):
    """Takes the texts of a condition in upper or lower case, but those that a question spells."""

    def __init__(self, question: str) -> None:
        self._question = question

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        sides = [node.left, *node.comparators]
        if len(sides) > 2 or not any(map(self._is_loose, sides)):
            return node
        if not isinstance(node.ops[0], ast.In | ast.Eq):
            return node
        left, right = (_lowered(side) for side in sides)
        return ast.Compare(left, node.ops, [right])

    def visit_Call(self, node: ast.Call) -> ast.expr:
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr=name), args=[word], keywords=[]) if (
                name in _AT_AN_END and self._is_loose(word)
            ):
                return ast.Call(ast.Attribute(_lowered(value), name), [_lowered(word)], [])
        return node

    def _is_loose(self, side: ast.expr) -> bool:
        if not isinstance(side, ast.Constant) or not isinstance(side.value, str):
            return False
        return side.value.strip() not in self._question


def _lowered(side: ast.expr) -> ast.expr:
    if isinstance(side, ast.Constant):
        return ast.Constant(str(side.value).lower())
    text = ast.Call(ast.Name("str"), [side], [])
    return ast.Call(ast.Attribute(text, "lower"), [], [])
