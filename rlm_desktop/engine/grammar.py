"""Grammars in llama.cpp's GBNF."""

from collections.abc import Sequence

_ESCAPES = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def one_of(labels: Sequence[str]) -> str:
    """A grammar under which the reply is one of the labels, to the letter.

    Raises ValueError for no label, an empty one, or one that cannot be written in UTF-8.
    """
    if not labels:
        raise ValueError("a grammar needs at least one label")
    return "root ::= " + " | ".join(literal(label) for label in dict.fromkeys(labels)) + "\n"


def literal(text: str) -> str:
    """A text as a literal of a grammar, in its quotes.

    Raises ValueError if it is empty, holds a NUL (which ends a grammar), or a lone surrogate.
    """
    if not text:
        raise ValueError("an empty text cannot be a literal of a grammar")
    if "\0" in text:
        raise ValueError(f"{text!r} holds a NUL, which a grammar cannot")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{text!r} cannot be written in UTF-8") from error
    return f'"{"".join(map(_escape, text))}"'


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character < " " or character == "\x7f":
        return f"\\x{ord(character):02X}"
    return character
