"""Worked examples that show a small model how to go about a question.

A small model follows the example it sees, to the letter. So a recipe is a short real
conversation: a document, a question, programs and their outputs. Recipes are Markdown files; the
ones that come with the program are in `resources/recipes`, and users can add their own.

    # count
    Shapes: log, text
    Use for: counting the lines or records that meet conditions
    ## Asked like this
    - log: How many ERROR lines come from service-b?
    ## Document
    ...
    ## Question
    ...
    ## Program          (program and output may come several times; the last is a program)
    ...
    ## Output
    ...
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rlm_desktop.engine.base import Message
from rlm_desktop.errors import UsageError

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_FENCED = re.compile(r"\A\s*```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)
_SHAPES = ("text", "parts", "log", "table", "files", "mail", "talk", "records", "code")
_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Recipe:
    """One worked example.

    `shapes` are the kinds of text it fits, `asked` are (shape, question) pairs that routing
    learns from, `turns` alternate between program and output. What a recipe that `guesses`
    computes is likely rather than sure ("Guesses: yes", a line that may be left out).
    """

    name: str
    use_for: str
    shapes: frozenset[str]
    asked: tuple[tuple[str, str], ...]
    document: str
    question: str
    turns: tuple[Message, ...]
    guesses: bool = False


def load_recipes(*folders: Path) -> tuple[Recipe, ...]:
    """The recipes in these folders; one in a later folder replaces one of the same name.

    Raises UsageError naming the file and what is wrong with it.
    """
    found: dict[str, Recipe] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.md")):
            recipe = read_recipe(path)
            found[recipe.name] = recipe
    if not found:
        raise UsageError(f"there are no recipes in {', '.join(map(str, folders))}: reinstall")
    return tuple(found.values())


def with_own_recipes(
    recipes: Sequence[Recipe], folder: Path
) -> tuple[tuple[Recipe, ...], tuple[str, ...]]:
    """The recipes, with the user's from a folder in place of those of the same name.

    A recipe of the user's that is not right is left out; what is wrong with it is told besides.
    """
    found = {recipe.name: recipe for recipe in recipes}
    faults = []
    for path in sorted(folder.glob("*.md")):
        try:
            recipe = read_recipe(path)
        except UsageError as error:
            faults.append(f"{error}; it is not used")
        else:
            found[recipe.name] = recipe
    return tuple(found.values()), tuple(faults)


def read_recipe(path: Path) -> Recipe:
    """Read and check one recipe. Raises UsageError naming the file and what is wrong with it."""
    try:
        text = path.read_bytes()[: _BYTES + 1].decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the recipe {path} cannot be read: {error}") from error
    if len(text) > _BYTES:
        raise UsageError(f"the recipe {path} is over {_BYTES:,} bytes: shorten it")
    try:
        return parse_recipe(text)
    except ValueError as error:
        raise UsageError(f"the recipe {path} is not right: {error}") from error


def parse_recipe(text: str) -> Recipe:
    """A recipe from its Markdown. Raises ValueError saying what is wrong."""
    head, *rest = _HEADING.split(text)
    sections = [(rest[i].strip(), rest[i + 1].strip("\n")) for i in range(0, len(rest), 2)]
    title = re.match(r"\s*# ([a-z][a-z0-9-]*)\s*$", head, re.MULTILINE)
    if not title:
        raise ValueError("it should begin with '# name', in small letters, digits and hyphens")
    shapes = frozenset(_field(head, "Shapes").replace(",", " ").split())
    if not shapes <= set(_SHAPES):
        raise ValueError(f"'Shapes:' knows {', '.join(_SHAPES)}, not {', '.join(shapes)}")
    named = dict(sections)
    missing = {"Asked like this", "Document", "Question", "Program"} - set(named)
    if missing:
        raise ValueError(f"the section '## {sorted(missing)[0]}' is missing")
    return Recipe(
        title[1],
        _field(head, "Use for"),
        shapes,
        tuple(_asked(named["Asked like this"])),
        named["Document"].strip("\n"),
        named["Question"].strip(),
        tuple(_turns(sections)),
        re.search(r"^Guesses:\s*yes\s*$", head, re.MULTILINE) is not None,
    )


def _field(head: str, name: str) -> str:
    match = re.search(rf"^{name}:\s*(.+)$", head, re.MULTILINE)
    if not match:
        raise ValueError(f"the line '{name}: ...' is missing")
    return match[1].strip()


def _asked(section: str) -> list[tuple[str, str]]:
    asked = re.findall(r"^- (\w+): (.+)$", section, re.MULTILINE)
    if not asked or not {shape for shape, _ in asked} <= set(_SHAPES):
        raise ValueError("'## Asked like this' wants lines like '- log: How many ...?'")
    return [(shape, question.strip()) for shape, question in asked]


def _turns(sections: Sequence[tuple[str, str]]) -> list[Message]:
    turns: list[Message] = []
    for name, body in sections:
        if name not in ("Program", "Output"):
            continue
        role: Literal["assistant", "user"] = "assistant" if name == "Program" else "user"
        if turns and turns[-1].role == role:
            raise ValueError("'## Program' and '## Output' should alternate")
        inner = _FENCED.match(body)
        text = inner[1] if inner else body.strip("\n")
        if role == "assistant":
            _check_program(text)
        turns.append(Message(role, text))
    if not turns or turns[0].role != "assistant" or turns[-1].role != "assistant":
        raise ValueError("the first and the last turn should be a '## Program'")
    return turns


def _check_program(code: str) -> None:
    try:
        compile(code, "<recipe>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"a program does not compile: {error}") from error
