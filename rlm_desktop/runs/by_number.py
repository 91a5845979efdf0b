"""What is said to a program that takes the word of a line by its number.

Small models count words wrongly: of five programs of a 1.5B model that took a word of a log by its
number, four took another than the one asked for, and none looked at what it had. They copy a
program that they are shown, so they are shown their own with `values_of` in its place.
"""

import ast
import re
from collections.abc import Sequence

from rlm_desktop.runs.prompts import fenced

_ASKED = re.compile(r"\b(?:different|distinct|unique|which|what)\s+(.+)", re.IGNORECASE | re.DOTALL)
_ENDS = {
    "has", "have", "had", "is", "are", "was", "were", "does", "do", "did", "occur", "occurs",
    "appear", "appears", "wrote", "writes", "write", "with", "in", "on", "of", "that", "who",
    "which", "for", "from", "by", "at", "to", "the", "there", "can", "could", "caused", "comes",
    "come", "logged", "made", "sent", "tried", "most", "least",
}  # fmt: skip
_MOST_WORDS = 3


def mended(question: str, programs: Sequence[str]) -> str | None:
    """What the model is told; None if its last programs take no word by its number.

    `programs` are those that were run, the latest last.
    """
    what = _asked_for(question)
    code = "\n".join(programs[-2:])
    if what is None or "values_of" in code:
        return None
    taken = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp))
        and isinstance(node.generators[0].target, ast.Name)
        and _is_word_by_number(node.elt, node.generators[0].target.id)
    ]
    if not taken:
        return None
    first = taken[-1].generators[0]
    found = ast.ListComp(first.target, [first])
    program = (
        f"found = {ast.unparse(found)}\n"
        f"values = values_of({what!r}, found)\n"
        "print(len(values), len(set(values)), Counter(values).most_common(3))"
    )
    return (
        "Words of a line are easily counted wrongly. Take the value like this, look at it, and"
        f" then give the answer:\n{fenced(program)}"
    )


def _asked_for(question: str) -> str | None:
    """The thing whose values are asked for: "user names" in "How many different user names ..."."""
    asked = _ASKED.search(question)
    words: list[str] = []
    for word in asked[1].split()[:_MOST_WORDS] if asked else []:
        bare = word.strip("?,.:;()\"'")
        if bare.casefold() in _ENDS or not bare:
            break
        words.append(bare)
        if bare != word:
            break
    return " ".join(words) or None


def _is_word_by_number(element: ast.expr, name: str) -> bool:
    """Whether an expression has `name.split(...)[number]` in it."""
    return any(
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, (ast.Constant, ast.UnaryOp))
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr == "split"
        and isinstance(node.value.func.value, ast.Name)
        and node.value.func.value.id == name
        for node in ast.walk(element)
    )
