"""The requests of the soak test, and what is wrong with an answer.

Each prompt has a code of its own, and its answer must show it, so that an answer that went to
somebody else is found:

    echo     the grammar begins with the code, so whatever the model wants, it must be there
    schema   the same by a JSON schema
    choose   the grammar allows 20 codes, of which the prompt names one; the others are those of
             its neighbours
    score    the labels are 5 codes, of which the prompt names one
    free     no grammar; all kinds of sampling, and all lengths
    bad      a grammar that is none, a prompt that is too long, no labels: refused, and no more
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from _engine_texts import log_line, sentence

from rlm_desktop.engine.base import Finish, Message, Prompt, Sampling
from rlm_desktop.engine.grammar import one_of

#: Letters and digits that no tokenizer or reader takes for another.
_SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
_NEIGHBOURS = 19
_LABELS = 5
#: A third of all requests are given up in the middle.
_CANCELLED = 1 / 3
_LONGEST_WAIT = 1.5  # seconds until a request is given up, at most


class Kind(StrEnum):
    ECHO = "echo"
    SCHEMA = "schema"
    CHOOSE = "choose"
    SCORE = "score"
    FREE = "free"
    BAD = "bad"


_KINDS = (
    *([Kind.ECHO] * 5),
    *([Kind.SCHEMA] * 3),
    *([Kind.CHOOSE] * 4),
    *([Kind.SCORE] * 4),
    *([Kind.FREE] * 6),
    Kind.BAD,
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request of one or several prompts. `codes` has the code of each prompt.

    After `cancelled_after` seconds it is stopped; one that is `left` is no longer listened to
    after its first piece of an answer.
    """

    number: int
    kind: Kind
    prompts: tuple[Prompt, ...]
    codes: tuple[str, ...]
    labels: tuple[str, ...] = ()
    cancelled_after: float | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for one prompt: its text, or for `score` the label that won."""

    text: str
    reply_tokens: int
    finish: Finish = Finish.STOP


def requests(count: int, seed: int, window: int) -> list[Request]:
    """So many requests, from lots; the same seed makes the same."""
    lots = random.Random(seed)
    codes: dict[str, None] = {}
    while len(codes) < count * 4:
        codes["".join(lots.choice(_SIGNS) for _ in range(4))] = None
    every = list(codes)
    return [_request(number, lots, every, window) for number in range(count)]


def _request(number: int, lots: random.Random, codes: list[str], window: int) -> Request:
    kind = lots.choice(_KINDS)
    first = number * 4
    own = codes[first : first + lots.choice((1, 1, 1, 2, 4))]
    near = codes[max(0, first - 40) : first] + codes[first + 4 : first + 44]
    others = lots.sample(near, _NEIGHBOURS)
    labels: tuple[str, ...] = ()
    if kind is Kind.SCORE:
        # All prompts of a request have the same labels, so the codes of all are among them.
        labels = tuple(lots.sample([*own, *others[: _LABELS - len(own)]], _LABELS))
    if kind is Kind.BAD:
        prompts, own, labels = _bad(lots, own[:1], window)
    else:
        prompts = tuple(_prompt(kind, lots, code, others) for code in own)
    cancelled = lots.uniform(0, _LONGEST_WAIT) if lots.random() < _CANCELLED else None
    left = cancelled is None and kind is Kind.FREE and lots.random() < 0.1
    return Request(number, kind, prompts, tuple(own), labels, cancelled, left)


def _prompt(kind: Kind, lots: random.Random, code: str, others: list[str]) -> Prompt:
    length = lots.choices((2, 8, 40), (6, 3, 1))[0]
    source = lots.choice((sentence, log_line))
    text = "".join(source(lots) for _ in range(lots.randint(1, length)))
    asked = f"{text}\nThe code of this note is {code}. Which code does the note have?"
    messages = (Message("system", "You repeat the code of a note."), Message("user", asked))
    match kind:
        case Kind.ECHO:
            grammar = f'root ::= "{code}" [ a-z]{{0,{lots.randint(0, 30)}}}'
            return Prompt(messages, grammar=grammar, max_tokens=48, sampling=_sampling(lots))
        case Kind.SCHEMA:
            properties = {"code": {"enum": [code]}, "sure": {"type": "boolean"}}
            schema = {"type": "object", "properties": properties, "required": ["code", "sure"]}
            return Prompt(messages, schema=json.dumps(schema), max_tokens=64)
        case Kind.CHOOSE:
            choices = lots.sample([code, *others], _NEIGHBOURS + 1)
            return Prompt(messages, _OPENING, grammar=one_of(choices), max_tokens=16)
        case Kind.SCORE:
            return Prompt(messages, _OPENING, max_tokens=1)
    told = (*messages[:1], Message("user", f"{text}\nGo on with this text."))
    return Prompt(told, max_tokens=lots.choice((1, 2, 8, 24, 64)), sampling=_sampling(lots))


_OPENING = "The code of the note is "


def _sampling(lots: random.Random) -> Sampling:
    return Sampling(
        temperature=lots.choice((0.0, 0.7, 1.2)),
        top_p=lots.choice((1.0, 0.9)),
        seed=lots.randrange(2**31),
        min_p=lots.choice((0.0, 0.05)),
        repeat_penalty=lots.choice((1.0, 1.1)),
    )


def _bad(
    lots: random.Random, own: list[str], window: int
) -> tuple[tuple[Prompt, ...], list[str], tuple[str, ...]]:
    messages = (Message("user", "Which code?"),)
    match lots.randrange(3):
        case 0:
            return (Prompt(messages, grammar='root ::= "A" | ('),), own, ()
        case 1:
            long = "word " * (window + 100)
            return (Prompt((Message("user", long),)),), own, ()
    return (Prompt(messages),), own, ("A", "A")


def faults(request: Request, answers: Sequence[Answer]) -> list[str]:
    """What cannot be, whatever the model wants."""
    found = []
    for prompt, code, answer in zip(request.prompts, request.codes, answers, strict=True):
        if answer.reply_tokens > prompt.max_tokens:
            found.append(f"{answer.reply_tokens} tokens instead of {prompt.max_tokens}")
        match request.kind:
            case Kind.ECHO if not answer.text.startswith(code):
                found.append(f"{answer.text!r} instead of {code}")
            case Kind.SCHEMA if answer.finish is Finish.STOP:
                try:
                    if json.loads(answer.text)["code"] != code:
                        found.append(f"{answer.text!r} instead of {code}")
                except (ValueError, KeyError, TypeError):
                    found.append(f"{answer.text!r} does not fit the schema")
    return found


def mistaken(request: Request, answers: Sequence[Answer]) -> list[int]:
    """The prompts that were answered with the code of another; perhaps by the model itself."""
    if request.kind not in (Kind.CHOOSE, Kind.SCORE):
        return []
    pairs = enumerate(zip(request.codes, answers, strict=True))
    return [index for index, (code, answer) in pairs if answer.text != code]
