"""Choosing the recipe for a question.

By a plain few-shot completion: the same 24 questions were routed right 20 times this way by a
1.5B model, and 6 to 17 times by a menu, a grammar or a chat.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Kind
from rlm_desktop.documents.probe import structures_of
from rlm_desktop.engine.base import Prompt
from rlm_desktop.engine.grammar import one_of
from rlm_desktop.runs import questions
from rlm_desktop.runs.recipes import Recipe
from rlm_desktop.runs.replies import Reply

_INTRODUCTION = "Each question about a text is answered with the method that fits it best.\n\n"
#: Questions of each recipe that are shown.
_MOST_EXAMPLES = 4
_MOST_CHARS = 600
#: Examples that share the most words with the question stand last. One about a text of the same
#: shape is nearer by so much; and short ones are not nearer because they are short.
_NEAREST = 8
_SAME_SHAPE = 1.3
_LEAST = 6
_WORD = re.compile(r"\w+")
_FORM_ONLY = re.compile(
    r"\b(?:Reply|Answer|Respond)\b[^.?!]*\b(?:only|in a few words)\b[^.?!]*[.?!]?"
    r"|\b(?:Number|Name|Answer)s? only\b[.?!]?",
    re.IGNORECASE,
)


def shape_of(collection: Collection) -> str:
    """What the text looks like, in one of the words that recipes know."""
    kinds = {document.kind for document in collection.documents}
    if kinds == {Kind.CSV}:
        return "table"
    if len(collection.documents) > 1:
        return "files"
    (structure,) = structures_of(collection)
    built = structure.built
    for shape, applies in (("mail", built.mail), ("talk", built.talk), ("code", built.python)):
        if applies:
            return shape
    if structure.record_keys or kinds == {Kind.JSONL}:
        return "records"
    if kinds == {Kind.LOG}:
        return "log"
    return "parts" if structure.markers or len(structure.headings) > 1 else "text"


def fitting(recipes: Sequence[Recipe], shape: str) -> tuple[Recipe, ...]:
    """The recipes that can work on a text of this shape; all, if none says so."""
    return tuple(recipe for recipe in recipes if shape in recipe.shapes) or tuple(recipes)


def route_prompt(question: str, shape: str, recipes: Sequence[Recipe]) -> Prompt:
    """What the model completes with the name of a recipe."""
    asked = {recipe.name: _asked_of(recipe, shape) for recipe in recipes}
    # One example of each in turn, so that no method owns the end of the list.
    examples = [
        (some[row], name)
        for row in range(_MOST_EXAMPLES)
        for name, some in asked.items()
        if row < len(some)
    ]
    one_line = " ".join(question.split())[-_MOST_CHARS:]
    examples += _nearest(one_line, shape, recipes)
    shown = [
        f"Text: {kind}\nQuestion: {asked}\nMethod: {name}\n" for (kind, asked), name in examples
    ]
    text = _INTRODUCTION + "\n".join(shown) + f"\nText: {shape}\nQuestion: {one_line}\nMethod:"
    # With the line end, that "rank" is not outdone by "rank-word" for want of it.
    names = one_of(names_of(recipes))
    return Prompt(prefill=text, grammar=names, max_tokens=12)


def _nearest(
    question: str, shape: str, recipes: Sequence[Recipe]
) -> list[tuple[tuple[str, str], str]]:
    """The examples that share the most words with a question, the nearest last.

    A small model heeds most what stands last. Small words count too: "how many" and "one line for
    each" say more of the method than what is asked about.
    """
    all_asked = [(asked, recipe.name) for recipe in recipes for asked in recipe.asked]
    words = [_words(text) for (_, text), _ in all_asked]
    often = Counter(word for each in words for word in each)
    own = _words(question)

    def near(index: int) -> float:
        shared = sum(math.log(1 + len(words) / often[word]) for word in words[index] & own)
        same_shape = all_asked[index][0][0] == shape
        return shared * (_SAME_SHAPE if same_shape else 1.0) / math.sqrt(len(words[index]) + _LEAST)

    order = sorted(range(len(all_asked)), key=near)
    return [all_asked[index] for index in order[-_NEAREST:]]


def _words(text: str) -> set[str]:
    """The words of a question and each two that follow each other; all numbers are alike.

    Without what says of the form of the answer only how short it is to be: any question may.
    """
    said = questions.without_way_out(questions.without_description(text))
    said = _FORM_ONLY.sub(" ", said)
    plain = ["#" if word.isdecimal() else word for word in _WORD.findall(said.casefold())]
    return {*plain, *map(" ".join, itertools.pairwise(plain))}


def names_of(recipes: Sequence[Recipe]) -> list[str]:
    """The names as labels that can be scored, each with its line end (see `route_prompt`)."""
    return [f" {recipe.name}\n" for recipe in recipes]


def _asked_of(recipe: Recipe, shape: str) -> list[tuple[str, str]]:
    """Questions that a recipe is for, those about a text of this shape first."""
    return sorted(recipe.asked, key=lambda asked: asked[0] != shape)[:_MOST_EXAMPLES]


def ranked(reply: Reply, recipes: Sequence[Recipe]) -> list[Recipe]:
    """The recipes, the likeliest first; by what was written where nothing was scored."""
    if not reply.scores:
        first = chosen(reply.text, recipes)
        return sorted(recipes, key=lambda recipe: recipe is not first)
    likely = {score.label.strip(): score.logprob for score in reply.scores}
    return sorted(recipes, key=lambda recipe: -likely[recipe.name])


def chosen(reply: str, recipes: Sequence[Recipe]) -> Recipe | None:
    """The recipe that a completion names, or None."""
    word = reply.strip().lower().strip(".'\"` ")
    return next((recipe for recipe in recipes if recipe.name == word), None)
