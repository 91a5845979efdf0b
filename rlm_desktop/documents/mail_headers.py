"""What the header lines of mails say: words that were encoded, addresses, names, dates.

Also loaded next to untrusted code: standard library only, and nothing that is imported late, for
no file can be opened by then. The library's `email` does both, and imports `socket`.
"""

import binascii
import codecs
import re

_ENCODED = re.compile(r"=\?([\w-]{2,40})(?:\*\w*)?\?([bqBQ])\?([^?\s]*)\?=")
_BETWEEN_ENCODED = re.compile(r"(\?=)\s+(?==\?[\w-]{2,40}\?[bqBQ]\?)")
_FOLD = re.compile(r"\r?\n[ \t]+")
_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:]+(?:@| at )[^\s<>()\[\]\",;:]+", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?:\s*(?P<half>[AP])\.?M\b)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<day>\d{{1,2}})[ -]{_MONTH}[ -](?P<year>\d{{2,4}}),?(?:\s+(?:at )?{_TIME})?",
        rf"\b(?P<year>\d{{4}})-(?P<number>\d\d)-(?P<day>\d\d)(?:[T ]+{_TIME})?",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_TIME}\s(?:\S+\s)?(?P<year>\d{{4}})",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}),?(?:\s+(?:at )?{_TIME})?",
    )
)
#: Codecs are modules of their own, which have to be loaded before a child locks itself in.
_CHARSETS = (
    "ascii", "utf-8", "utf-7", "utf-16", "gb2312", "gbk", "gb18030", "big5", "shift_jis",
    "iso2022_jp", "euc_jp", "euc_kr", "koi8-r", "koi8-u",
    *(f"iso8859-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)),
    *(f"cp{number}" for number in range(1250, 1259)),
)  # fmt: skip
for _charset in _CHARSETS:
    codecs.lookup(_charset)


def decoded(value: str) -> str:
    """A header's value in one line, with its encoded words (RFC 2047) as they are meant."""
    line = _FOLD.sub(" ", value).strip()
    if "=?" not in line:
        return line
    plain = _ENCODED.sub(_word, _BETWEEN_ENCODED.sub(r"\1", line))
    return " ".join(plain.split())


def _word(found: "re.Match[str]") -> str:
    charset, way, text = found[1], found[2].lower(), found[3]
    try:
        body = text.encode("ascii")
        if way == "q":
            octets = binascii.a2b_qp(body, header=True)
        else:
            octets = binascii.a2b_base64(body + b"=" * (-len(body) % 4))
        return octets.decode(charset, "replace")
    except (ValueError, LookupError):
        return found[0]


def address_of(value: str) -> str:
    """The first address in a header's value, in small letters; empty if there is none."""
    for text in (value[value.rfind("<") + 1 :], value):
        found = _ADDRESS.search(text)
        if found:
            return found[0].lower().replace(" at ", "@").strip("'.")
    return ""


def name_of(value: str) -> str:
    """The name that goes with an address; empty if there is none."""
    before, angle, _ = value.rpartition("<")
    if angle:
        return before.strip().strip("\"'").strip()
    found = re.search(r"\((.*)\)\s*$", value)
    if found:
        return found[1].strip().strip("\"'")
    return "" if _ADDRESS.search(value) else value.strip().strip("\"'")


def date_of_mail(value: str) -> str:
    """A date as "2031-05-03 14:05", in the sender's own time; empty if it cannot be read.

    Without the time if none is told.
    """
    for pattern in _DATES:
        found = pattern.search(value)
        if found is None:
            continue
        parts = found.groupdict()
        year, day = int(parts["year"]), int(parts["day"])
        year += (2000 if year < 50 else 1900) if year < 100 else 0
        name = parts.get("name")
        month = _MONTHS.index(name.lower()) + 1 if name else int(parts["number"])
        if not (1 <= month <= 12 and 1 <= day <= 31 and year >= 1000):
            continue
        return f"{year:04}-{month:02}-{day:02}{_clock(parts)}"
    return ""


def _clock(parts: "dict[str, str]") -> str:
    if parts.get("hour") is None:
        return ""
    hour, half = int(parts["hour"]), (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = int(parts["minute"])
    return f" {hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
