"""Names of files, safe to show: they come from anyone."""

import unicodedata

_LONGEST = 200


def safe_name(untrusted_name: str) -> str:
    """The name with what cannot be seen, or turns the writing round, shown as `�`.

    Control, format (bidi, zero width), surrogate, private and unassigned characters, and all
    line ends. Over 200 characters, the middle is left out.
    """
    shown = "".join("\ufffd" if _hidden(letter) else letter for letter in untrusted_name)
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST // 2] + "…" + shown[1 - _LONGEST // 2 :]
    return shown


def _hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
