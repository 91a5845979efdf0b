"""Makes text from the sandbox fit to be shown.

What a program prints can hold escape sequences that move the cursor, characters that turn the
direction of writing, and ones that are not seen at all; none of them may reach a terminal, a
widget or a prompt.
"""

import re

_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)?"  # OSC and the like, up to their end
    r"|[ -/]*[0-~])?"
)
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and newline
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # not seen
    "\U000e0000-\U000e007f"  # tags: text that is not seen
    "]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(untrusted: str, at_most: int | None = None) -> str:
    """The text without what must not be shown; only newline and tab are kept of the controls."""
    text = untrusted.replace("\r\n", "\n").replace("\r", "\n")
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    text = whole_characters(_UNWANTED.sub("", text))
    if at_most is not None and len(text) > at_most:
        return text[: at_most - 1] + "…"
    return text


def whole_characters(untrusted: str) -> str:
    """The text with every half of a surrogate pair, which UTF-8 cannot hold, made U+FFFD."""
    return _SURROGATES.sub("\ufffd", untrusted)
