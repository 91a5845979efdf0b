"""Checks what the sandbox sends: every field of it is untrusted.

The child cannot prove that a message is from our code in it rather than from the program. So
no message is worth forging: each is checked for form and size here, and nothing that is in it
selects a file, a model, an address or a setting.
"""

import math
from typing import Any

from rlm_desktop.errors import ProtocolViolation
from rlm_desktop.sandbox.base import (
    Asked,
    AskKind,
    Blocked,
    Finished,
    Piece,
    Printed,
    Read,
    SandboxMessage,
)
from rlm_desktop.sandbox.clean import clean, whole_characters

MOST_PIECES = 4000
_MOST_LABELS = 1000
_MOST_SPANS = 500
_MOST_NAMES = 100
_NAME_CHARS = 200
_ACT_CHARS = 300
_ERROR_CHARS = 10_000
_QUESTION_CHARS = 1_000_000
_LAST_POSITION = 2**53
#: What a message costs besides its text, so that a flood of empty ones ends too.
_MESSAGE_COST = 256


def checked(untrusted: dict[str, Any], nonce: str) -> SandboxMessage:
    """Turn what the child said into one of our messages, or raise ProtocolViolation.

    `nonce` is that of the program that runs; a `finished` must carry it.
    """
    match untrusted:
        case {"type": "printed", "text": str(text), **rest} if not rest:
            return Printed(clean(text))
        case {"type": "blocked", "act": str(act), **rest} if not rest:
            return Blocked(clean(act, _ACT_CHARS))
        case {"type": "asked"}:
            return _asked(untrusted)
        case {"type": "read", "by": str(by), "spans": list(spans), "hits": bool(hits), **rest} if (
            not rest
        ):
            return Read(clean(by, _NAME_CHARS), _spans(spans), hits)
        case {"type": "finished"}:
            return _finished(untrusted, nonce)
        case _:
            raise _violation(untrusted)


def cost_of(message: SandboxMessage) -> int:
    """How much of the budget of a program a message uses up, in characters."""
    match message:
        case Printed(text) | Blocked(text):
            return _MESSAGE_COST + len(text)
        case Asked(_, question, pieces, labels):
            texts = [question, *labels, *(piece.text for piece in pieces)]
            return _MESSAGE_COST + sum(map(len, texts))
        case Read(_, spans):
            return _MESSAGE_COST + 16 * len(spans)
        case Finished():
            return 0


def _asked(untrusted: dict[str, Any]) -> Asked:
    match untrusted:
        case {
            "type": "asked",
            "kind": str(kind),
            "question": str(question),
            "pieces": list(pieces),
            "labels": list(labels),
            **rest,
        } if (
            not rest
            and kind in list(AskKind)
            and len(question) <= _QUESTION_CHARS
            and 1 <= len(pieces) <= MOST_PIECES
            and len(labels) <= _MOST_LABELS
            and all(isinstance(label, str) for label in labels)
        ):
            return Asked(
                AskKind(kind),
                clean(question),
                tuple(_piece(piece) for piece in pieces),
                tuple(clean(label, _NAME_CHARS) for label in labels),
            )
        case _:
            raise _violation(untrusted)


def _piece(untrusted: object) -> Piece:
    match untrusted:
        case [str(text), None]:
            return Piece(whole_characters(text))
        case [str(text), int(start)] if type(start) is int and 0 <= start <= _LAST_POSITION:
            return Piece(whole_characters(text), start)
        case _:
            raise _violation(untrusted)


def _spans(untrusted: list[object]) -> tuple[tuple[int, int], ...]:
    if len(untrusted) > _MOST_SPANS:
        raise _violation(untrusted)
    spans: list[tuple[int, int]] = []
    for one in untrusted:
        match one:
            case [int(start), int(end)] if (
                type(start) is type(end) is int and 0 <= start <= end <= _LAST_POSITION
            ):
                spans.append((start, end))
            case _:
                raise _violation(one)
    return tuple(spans)


def _finished(untrusted: dict[str, Any], nonce: str) -> Finished:
    match untrusted:
        case {
            "type": "finished",
            "nonce": str(said),
            "answer": str() | None as answer,
            "error": str() | None as error,
            "names": list(names),
            "seconds": float(seconds),
            **rest,
        } if (
            not rest
            and said == nonce
            and len(names) <= _MOST_NAMES
            and all(isinstance(name, str) for name in names)
            and math.isfinite(seconds)
            and seconds >= 0
        ):
            return Finished(
                None if answer is None else clean(answer),
                None if error is None else clean(error, _ERROR_CHARS),
                tuple(clean(name, _NAME_CHARS) for name in names),
                seconds,
            )
        case _:
            raise _violation(untrusted)


def _violation(untrusted: object) -> ProtocolViolation:
    # Not the repr of it all: that of a message of 64 MB would take seconds.
    kind = untrusted.get("type") if isinstance(untrusted, dict) else None
    said = kind[:40] if isinstance(kind, str) else type(untrusted).__name__
    return ProtocolViolation(
        f"the sandbox said something that is not in its protocol ({clean(said)!r}), and was"
        " ended: the text may be steering the model"
    )
