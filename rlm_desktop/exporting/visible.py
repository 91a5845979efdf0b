"""Texts as a person may safely look at them.

What documents, models and programs say is untrusted: a character that moves the cursor, turns
the direction of writing or cannot be written at all could make an exported page show something
else than what was said. Such a character is shown by its name instead.
"""

import re

_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNWRITABLE = "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
_STRANGE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_TURNING}{_UNWRITABLE}]")


def visible(text: str) -> str:
    """The text with Unix line ends and without characters that act instead of being seen."""
    return _STRANGE.sub(_shown, text.replace("\r\n", "\n"))


def _shown(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's own pictures of the control characters
    return f"⟨U+{code:04X}⟩"
