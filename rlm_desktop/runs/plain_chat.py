"""The same question put to the model as a plain chat does: with the beginning of the text, no loop.

It is there to be compared with. What fits a window of 4,096 tokens, as chat programs have it by
default, is all that the model sees of a long text.
"""

import threading
import time
from dataclasses import dataclass

from rlm_desktop.documents.collection import Collection
from rlm_desktop.engine.base import Done, Engine, Message, Prompt, Usage, Wrote

_SYSTEM = (
    "Answer the question from the text that is given. Reply with the answer alone, as short as"
    " the question allows. If the text does not hold the answer, reply exactly: NOT FOUND"
)
_WINDOW = 4_096
_REPLY_TOKENS = 512
#: For the system text, the chat template and the words around the text.
_OTHER_TOKENS = 128
#: Of no text a token has more characters on average.
_CHARS_PER_TOKEN = 8


@dataclass(frozen=True, slots=True)
class PlainReply:
    """What the model said; `share`, from 0 to 1, is how much of the text it was shown."""

    text: str
    share: float
    usage: Usage
    seconds: float


def plain_chat(
    engine: Engine, question: str, collection: Collection, stop: threading.Event
) -> PlainReply:
    """Ask the question in one prompt. Raises what the engine does, and Stopped."""
    began = time.monotonic()
    for _ in engine.load(stop):  # at once, but after a death
        pass
    room = min(engine.window, _WINDOW) - _REPLY_TOKENS - _OTHER_TOKENS - engine.count(question)
    shown = _beginning(engine, collection, room)
    asked = f"{shown}\n\nQuestion: {question}"
    messages = (Message("system", _SYSTEM), Message("user", asked))
    text, usage = "", Usage()
    for said in engine.generate([Prompt(messages, max_tokens=_REPLY_TOKENS)], stop):
        match said:
            case Wrote(_, piece):
                text += piece
            case Done(_, used):
                usage = used
    share = len(shown) / max(1, len(collection))
    return PlainReply(text.strip(), share, usage, time.monotonic() - began)


def _beginning(engine: Engine, collection: Collection, tokens: int) -> str:
    """As much of the text as has so many tokens."""
    text = collection.text(0, min(len(collection), max(0, tokens) * _CHARS_PER_TOKEN))
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if engine.count(text[:middle]) <= tokens:
            least = middle
        else:
            most = middle - 1
    return text[:least]
