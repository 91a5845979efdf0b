"""What is done with a program that takes the word of a line by its number.

Small models count words wrongly: four programs that a 1.5B model wrote for three questions of logs
all took another word than the one asked for. Shown a program with `values_of` in its place it gave
the same answer again. So the loop runs that program itself, and takes what comes of it.
"""

import ast
import re
from collections.abc import Sequence

_ASKED = re.compile(r"\b(?:different|distinct|unique|which|what)\s+(.+)", re.IGNORECASE | re.DOTALL)
_ENDS = {
    "has", "have", "had", "is", "are", "was", "were", "does", "do", "did", "occur", "occurs",
    "appear", "appears", "wrote", "writes", "write", "with", "in", "on", "of", "that", "who",
    "which", "for", "from", "by", "at", "to", "the", "there", "can", "could", "caused", "comes",
    "come", "logged", "made", "sent", "tried", "most", "least",
}  # fmt: skip
_MOST_WORDS = 3


def by_example(question: str, programs: Sequence[str]) -> str | None:
    """The last programs with `values_of` in the place of a word by its number.

    `programs` are those that were run, the latest last. None if the last two have no such word.
    """
    what = _asked_for(question)
    code = "\n".join(programs[-2:])
    if what is None or "values_of" in code:
        return None
    replacing = _Replacing(what)
    program = replacing.visit(ast.parse(code))
    return ast.unparse(program) if replacing.done else None


class _Replacing(ast.NodeTransformer):
    """[line.split()[3] for line in lines if ...] becomes values_of(what, [line for ...])."""

    def __init__(self, what: str) -> None:
        self._what = what
        self.done = False

    def visit_ListComp(self, node: ast.ListComp) -> ast.expr:
        return self._replaced(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:
        return self._replaced(node)

    def visit_SetComp(self, node: ast.SetComp) -> ast.expr:
        values = self._replaced(node)
        return values if values is node else _call("set", values)

    def _replaced(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> ast.expr:
        one = node.generators[0]
        if len(node.generators) > 1 or not isinstance(one.target, ast.Name):
            return node
        if not _is_word_by_number(node.elt, one.target.id):
            return node
        self.done = True
        tests = [test for test in one.ifs if not self._only_names_it(test)]
        lines = ast.ListComp(one.target, [ast.comprehension(one.target, one.iter, tests, 0)])
        return _call("values_of", ast.Constant(self._what), lines)

    def _only_names_it(self, test: ast.expr) -> bool:
        """Whether a condition is `"user" in line`, where user names are asked for.

        That is the word for the value, which need not stand beside it.
        """
        match test:
            case ast.Compare(left=ast.Constant(value=str(word)), ops=[ast.In()]):
                return word.strip().casefold() in self._what.casefold()
        return False


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


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
    """Whether an expression is `name.split(...)[number]`, perhaps stripped or cut."""
    match element:
        case ast.Subscript(
            value=ast.Call(func=ast.Attribute(value=ast.Name(id=split), attr="split")),
            slice=ast.Constant() | ast.UnaryOp(),
        ):
            return split == name
        case ast.Call(func=ast.Attribute(value=inner)) | ast.Subscript(value=inner):
            return _is_word_by_number(inner, name)
    return False
