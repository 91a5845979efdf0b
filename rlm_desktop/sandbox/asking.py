"""The helpers that ask the model: ask, ask_all, classify, extract, rlm and the llm_queries.

Loaded next to untrusted code: the standard library and modules like this one only. They take
what small models really pass (swapped arguments, a list for a string, other keywords), and fail
with a sentence that shows how to call them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from rlm_desktop.documents.text import Text
from rlm_desktop.sandbox import by_example
from rlm_desktop.sandbox.extracting import fault_of, filled_in
from rlm_desktop.sandbox.searching import say, text_of_item
from rlm_desktop.sandbox.slices import Slice
from rlm_desktop.sandbox.whole import Context, Whole

MOST_PIECES = 4000
_MOST_CHARS = 8_000_000
_MOST_JOINED_CHARS = 8000
#: A plain string of at least this length is looked up in the text, to know where it stands.
_LOCATED_CHARS = 40
_MOST_LOCATED = 50

_QUESTION_NAMES = ("question", "query", "prompt", "prompts", "q", "instruction")
_PIECE_NAMES = ("piece", "pieces", "text", "texts", "items", "chunk", "chunks", "context", "lines")
_LABEL_NAMES = ("labels", "categories", "classes", "options")
_FIELD_NAMES = ("fields", "names", "keys", "columns", "schema")

Ask = Callable[[str, str, list[tuple[str, int | None]], list[str]], tuple[list[str], list[int]]]


class Asking:
    """Turns what a program passes into one question for the parent process.

    `ask` is given kind, question, pieces with their places, and labels; it waits for the texts,
    and for the numbers of those that were close calls.
    """

    def __init__(self, whole: Whole, ask: Ask) -> None:
        self._whole = whole
        self._ask = ask
        #: The items of the last classify of which another label fits nearly as well.
        self.close_calls: list[str] = []

    def ask(self, *given: Any, **named: Any) -> str:
        """ask(question, piece): the model reads one piece of text and answers."""
        usage = "ask('What is the code?', piece)"
        question, piece = _question_and_piece(usage, given, named)
        return self._each("ask", question, [_one_piece(usage, piece)])[0]

    def look_up(self, *given: Any, **named: Any) -> str:
        """look_up(question) or look_up(question, text): the answer that some passage states.

        "NOT FOUND" where none of those that were read does.
        """
        usage = "look_up('What is the code of the east gate?')"
        if len(given) + len(named) == 1:
            (question,) = [*given, *named.values()]
            if not isinstance(question, str) or not question.strip():
                raise TypeError(f"look_up wants a question: call {usage}")
            return self._ask("look_up", question, [("", None)], [])[0][0]
        question, piece = _question_and_piece(usage, given, named)
        if isinstance(piece, (Text, Context)):
            return self.look_up(question)
        return self._each("look_up", question, [_one_piece(usage, piece, join=True)])[0]

    def ask_all(self, *given: Any, **named: Any) -> list[str]:
        """ask_all(question, pieces): the same question about each piece; a list of answers."""
        usage = "ask_all('What is the code?', pieces)"
        question, pieces = _question_and_piece(usage, given, named)
        return self._each("ask", question, _list_of(usage, pieces))

    def classify(self, *given: Any, **named: Any) -> list[str]:
        """classify(items, labels, question): one of the labels for each item.

        `close_calls` then lists the items of which another label fits nearly as well.
        """
        usage = "classify(items, ['positive', 'negative'], 'Is this review positive?')"
        rest = list(given)
        items = _named(usage, named, _PIECE_NAMES)
        labels = _named(usage, named, _LABEL_NAMES)
        question = _named(usage, named, _QUESTION_NAMES)
        _refuse(usage, named)
        if question is None and len(rest) == 3 and isinstance(rest[0], str):
            question = rest.pop(0)  # classify(question, items, labels)
        items, labels, question = (_or_next(one, rest) for one in (items, labels, question))
        if items is None or labels is None or rest:
            raise TypeError(f"classify wants items and labels: call {usage}")
        self.close_calls.clear()
        return self._each(
            "classify", str(question or ""), _list_of(usage, items), _labels_of(usage, labels)
        )

    def extract(self, *given: Any, **named: Any) -> list[dict[str, str | None]]:
        """extract(pieces, fields): for each piece a dict of what it says for each field.

        A field is None where the piece does not say it.
        """
        usage = "extract(pieces, ['name', 'date'])"
        rest = list(given)
        pieces = _named(usage, named, _PIECE_NAMES)
        fields = _named(usage, named, _FIELD_NAMES)
        _refuse(usage, named)
        pieces, fields = _or_next(pieces, rest), _or_next(fields, rest)
        if pieces is None or fields is None or rest:
            raise TypeError(f"extract wants pieces and fields: call {usage}")
        wanted = _fields_of(usage, fields)
        replies = self._each("fields", "", _list_of(usage, pieces), wanted)
        return [filled_in(reply, wanted) or dict.fromkeys(wanted) for reply in replies]

    def values_of(self, *given: Any, **named: Any) -> list[str]:
        """values_of("user", lines): the users that stand in the lines, in order.

        The model points the value out in a few lines, and code takes it from all of them.
        """
        usage = "values_of('user name', lines)"
        what, found = _question_and_piece(usage, given, named)
        lines = _list_of(usage, found)
        samples = by_example.samples_of(lines)
        told = self._each("fields", "", samples, _fields_of(usage, [what]))
        values = ((filled_in(reply, [what]) or {}).get(what) for reply in told)
        examples = [
            (str(line), by_example.first_of(value))
            for line, value in zip(samples, values, strict=True)
            if value and value in line
        ]
        rule = by_example.learned(examples, lines) if examples else None
        if rule is None:
            shown = examples[0] if examples else "nothing"
            raise ValueError(
                f"the model saw {shown} as {what!r}, and no rule was found by which it stands in"
                " the lines: take it yourself, as with re.findall(r'word before (\\S+)', line)"
            )
        taken = [match[1] for line in lines for match in rule.finditer(line)]
        say(f"values_of: {what!r} is r'{rule.pattern}', {len(taken):,} in {len(lines):,} lines")
        return taken

    def rlm(self, *given: Any, **named: Any) -> str:
        """rlm(question, piece): a new run of its own over a long piece; very slow."""
        usage = "rlm('What happens in this chapter?', piece)"
        question, piece = _question_and_piece(usage, given, named)
        return self._each("rlm", question, [_one_piece(usage, piece, join=True)])[0]

    def llm_query(self, *given: Any, **named: Any) -> str:
        """llm_query(prompt): the model answers a whole prompt."""
        usage = "llm_query(prompt)"
        prompts = [*given, *named.values()]
        if not prompts:
            raise TypeError(f"llm_query wants a prompt: call {usage}")
        return self._each("prompt", "", ["\n\n".join(map(text_of_item, prompts))])[0]

    def llm_query_batched(self, *given: Any, **named: Any) -> list[str]:
        """llm_query_batched(prompts): the model answers each of the prompts."""
        usage = "llm_query_batched([prompt, prompt])"
        lists = [*given, *named.values()]
        if len(lists) != 1:
            raise TypeError(f"llm_query_batched wants one list: call {usage}")
        return self._each("prompt", "", _list_of(usage, lists[0]))

    def _each(
        self, kind: str, question: str, pieces: Sequence[str], labels: Sequence[str] = ()
    ) -> list[str]:
        """Ask about the pieces that are not blank; the others get an empty answer."""
        if len(pieces) > MOST_PIECES:
            raise ValueError(
                f"that is {len(pieces):,} pieces, and at most {MOST_PIECES:,} can be asked about"
                " at once: narrow them with grep or find first"
            )
        if sum(map(len, pieces)) > _MOST_CHARS:
            raise ValueError(
                f"that is {sum(map(len, pieces)):,} characters, too many for the model to read:"
                " narrow them with grep or find first"
            )
        filled = [number for number, piece in enumerate(pieces) if piece.strip()]
        if not filled:
            return ["" for _ in pieces]
        placed = [(str(pieces[number]), self._start_of(pieces[number])) for number in filled]
        if len(filled) > _MOST_LOCATED:
            located = placed
        else:
            located = [
                (piece, self._located(piece) if start is None else start) for piece, start in placed
            ]
        answers = ["" for _ in pieces]
        told, close = self._ask(kind, question, located, list(labels))
        for number, answer in zip(filled, told, strict=True):
            answers[number] = answer
        if kind == "classify":
            self.close_calls[:] = [pieces[filled[number]] for number in close]
        return answers

    def _start_of(self, piece: str) -> int | None:
        return piece.start if isinstance(piece, Slice) else None

    def _located(self, piece: str) -> int | None:
        """Where a longer plain string stands to the letter: joined lines, a match of a regex."""
        found = self._whole.find(piece) if len(piece) >= _LOCATED_CHARS else -1
        return None if found < 0 else found


def _question_and_piece(usage: str, given: Sequence[Any], named: dict[str, Any]) -> tuple[str, Any]:
    question = _named(usage, named, _QUESTION_NAMES)
    piece = _named(usage, named, _PIECE_NAMES)
    _refuse(usage, named)
    rest = list(given)
    if question is None and piece is None and len(rest) == 2 and _are_swapped(*rest):
        rest.reverse()
    question, piece = _or_next(question, rest), _or_next(piece, rest)
    if question is None or piece is None or rest:
        raise TypeError(f"a question and a piece of text are wanted: call {usage}")
    if not isinstance(question, str):
        raise TypeError(f"the question is a str, not {type(question).__name__}: call {usage}")
    return str(question), piece


def _are_swapped(first: Any, second: Any) -> bool:
    """Whether the text comes before the question: it is a list, is placed, or is far longer."""
    if not isinstance(second, str) or isinstance(second, Slice):
        return False
    if not isinstance(first, str) or isinstance(first, Slice):
        return True
    asks = second.rstrip().endswith("?") and not first.rstrip().endswith("?")
    return len(first) > len(second) and (asks or len(first) > 500)


def _one_piece(usage: str, piece: Any, *, join: bool = False) -> str:
    if isinstance(piece, Text):
        raise ValueError(
            f"the whole text has {len(piece):,} characters, too many for the model to read:"
            " narrow it with grep or find first"
        )
    if isinstance(piece, str):
        return piece if not isinstance(piece, Context) else Slice(str(piece), 0)
    if isinstance(piece, Sequence):
        if len(piece) == 1:
            return _one_piece(usage, piece[0])
        joined = "\n".join(text_of_item(item) for item in piece)
        if join or len(joined) <= _MOST_JOINED_CHARS:
            return joined
        raise ValueError(
            f"that is a list of {len(piece):,}: use ask_all(question, pieces), or narrow it first"
        )
    return text_of_item(piece)


def _list_of(usage: str, pieces: Any) -> list[str]:
    if isinstance(pieces, (str, Text, dict)):
        return [_one_piece(usage, pieces)]
    try:
        items = list(pieces)
    except TypeError:
        raise TypeError(f"a list is wanted, not {type(pieces).__name__}: call {usage}") from None
    return [item if isinstance(item, Slice) else text_of_item(item) for item in items]


def _labels_of(usage: str, labels: Any) -> list[str]:
    clean = _names_of(usage, labels, "labels")
    if not all(clean):
        raise ValueError(f"label number {clean.index('') + 1} is empty: call {usage}")
    twice = [label for number, label in enumerate(clean) if label in clean[:number]]
    if twice:
        raise ValueError(f"the label {twice[0]!r} is there twice: call {usage}")
    if len(clean) < 2:
        raise ValueError(f"at least two labels are wanted: call {usage}")
    return clean


def _fields_of(usage: str, fields: Any) -> list[str]:
    clean = _names_of(usage, fields, "fields")
    if fault := fault_of(clean):
        raise ValueError(f"{fault}: call {usage}")
    return clean


def _names_of(usage: str, names: Any, what: str) -> list[str]:
    """A list of names, of which a model also passes one text with commas."""
    some = names.split(",") if isinstance(names, str) else names
    try:
        return [str(name).strip() for name in some]
    except TypeError:
        raise TypeError(f"the {what} are a list of str: call {usage}") from None


def _or_next(value: Any, rest: list[Any]) -> Any:
    """What was passed by name, or else the next of what was passed without one."""
    return rest.pop(0) if value is None and rest else value


def _named(usage: str, named: dict[str, Any], names: Sequence[str]) -> Any:
    """Take the one keyword that goes by any of these names."""
    found = [named.pop(name) for name in names if name in named]
    if len(found) > 1:
        raise TypeError(f"the same thing is given twice: call {usage}")
    return found[0] if found else None


def _refuse(usage: str, named: dict[str, Any]) -> None:
    if named:
        raise TypeError(f"{next(iter(named))!r} is not known here: call {usage}")
