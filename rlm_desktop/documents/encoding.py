"""Which encoding a text is in.

A mark at the start decides, then strict UTF-8, then the pattern of NUL bytes (UTF-16 and 32).
What is left is guessed from samples, and the guess is shown to the user. The samples are taken
around bytes over 127 from all over the file: the head alone is often plain ASCII, and the
detector needs 20 seconds for 100 MB given whole.
"""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

import charset_normalizer

HEAD_BYTES = 64 * 1024
_NUL_BYTES = 8 * 1024
_STRIPES = 16
_WINDOW_BYTES = 4 * 1024
_SCAN_BYTES = 1024 * 1024

_MARKS = (  # UTF-32 first: its mark begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_CONTROL = bytes({*range(32), 127} - set(b"\t\n\v\f\r\b\x1b\x1a"))
#: The letters beyond ASCII of languages in Latin script, Western ones first: an equal score
#: goes to the first. The detector is wrong about most short texts of these.
_LANGUAGES = (
    ("cp1252", "àâæçèéêëîïôœùûüÿ"),  # French
    ("cp1252", "äöüß"),  # German
    ("cp1252", "áéíñóúüçªº"),  # Spanish
    ("cp1252", "áàâãçéêíóôõúªº"),  # Portuguese
    ("cp1252", "àèéìíîòóù"),  # Italian
    ("cp1252", "àçèéíïòóúü"),  # Catalan
    ("cp1252", "åäöéæøü"),  # Swedish, Finnish, Danish, Norwegian
    ("cp1252", "áéíóúýæöþð"),  # Icelandic
    ("cp1252", "éëïóöüáèê"),  # Dutch
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("cp1250", "áčďéěíňóřšťúůýž"),  # Czech
    ("cp1250", "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("cp1250", "ăâîşţ"),  # Romanian
    ("cp1250", "čćđšž"),  # Croatian, Slovene
    ("cp1254", "çğıöşüâîi̇"),  # Turkish
)
_LATIN_LOOK_ALIKES = {
    *("cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "latin_1", "mac_roman", "hp_roman8"),
    *("iso8859_2", "iso8859_3", "iso8859_4", "iso8859_9", "iso8859_10", "iso8859_13"),
    *("iso8859_14", "iso8859_15", "iso8859_16", "mac_iceland", "mac_latin2", "mac_turkish"),
    *("cp437", "cp850", "cp852", "cp858", "cp775", "cp037", "cp273", "cp500", "cp1026", "cp1140"),
}


class NotText(Exception):
    """These bytes are no text in any encoding."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec of Python, how many bytes of mark come before the text, and if it is a guess."""

    codec: str
    mark_bytes: int = 0
    guessed: bool = False


def of_head(head: bytes) -> Encoding | None:
    """What the first bytes of a file say; None if they leave it open (it may be UTF-8).

    Raises NotText.
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, len(mark))
    if b"\0" in head[:_NUL_BYTES]:
        by_nuls = _by_nuls(head[:_NUL_BYTES])
        if by_nuls is None:
            raise NotText
        return Encoding(by_nuls)
    if not _looks_like_text(head):
        raise NotText
    return None


def _by_nuls(head: bytes) -> str | None:
    """UTF-16 or 32 without a mark: mostly ASCII, so that the NULs stand at every 2nd place."""
    head = head[: len(head) // 4 * 4 or len(head)]
    share = [head[at::4].count(0) / max(len(head[at::4]), 1) for at in range(4)]
    nul, text = [part > 0.3 for part in share], [part < 0.1 for part in share]
    if len(head) % 4 == 0 and text[0] and share[3] == 1 and share[2] > 0.9:
        guess = "utf-32-le"
    elif len(head) % 4 == 0 and text[3] and share[0] == 1 and share[1] > 0.9:
        guess = "utf-32-be"
    elif nul[1] and nul[-1] and text[0] and text[2]:
        guess = "utf-16-le"
    elif nul[0] and nul[2] and text[1] and text[3]:
        guess = "utf-16-be"
    else:
        return None
    try:
        decoded = codecs.getincrementaldecoder(guess)().decode(head)
    except UnicodeDecodeError:
        return None
    return guess if _looks_like_text(decoded.encode(errors="replace")) else None


def sample_of(file: BinaryIO, size: int) -> bytes:
    """Passages of a file that hold bytes over 127: at most 64 KiB, from all over the file."""
    if size <= HEAD_BYTES:
        file.seek(0)
        return file.read(HEAD_BYTES)
    passages, stripe = [], size // _STRIPES
    for start in range(0, size - stripe + 1, stripe):
        found = _first_high(file, start, start + stripe)
        if found is not None:
            # From the start of a line, so that no character of several bytes is cut.
            file.seek(max(found - _WINDOW_BYTES // 4, 0))
            before, newline, after = file.read(_WINDOW_BYTES).partition(b"\n")
            passages.append(after if newline and _HIGH.search(after) else before + newline + after)
    return b"\n".join(passages)


def _first_high(file: BinaryIO, start: int, end: int) -> int | None:
    file.seek(start)
    while start < end:
        piece = file.read(min(_SCAN_BYTES, end - start))
        if not piece:
            return None
        if not piece.isascii() and (found := _HIGH.search(piece)):
            return start + found.start()
        start += len(piece)
    return None


def guess(sample: bytes) -> Encoding:
    """The likeliest encoding of a text that is not UTF-8 throughout.

    UTF-8, and no guess, if it is that but for some damage. Raises NotText.
    """
    if not _looks_like_text(sample):
        raise NotText
    as_utf8 = sample.decode(errors="replace")
    damaged = as_utf8.count("\ufffd")
    if sum(not letter.isascii() for letter in as_utf8) > 5 * damaged:
        return Encoding("utf-8")
    return Encoding(_likeliest(sample), guessed=True)


def _likeliest(sample: bytes) -> str:
    latin, share = _latin(sample)
    if share > 0.97:
        return latin
    best = charset_normalizer.from_bytes(sample).best()
    if best is None or best.encoding in ("ascii", "utf_8", *_LATIN_LOOK_ALIKES):
        return latin
    if best.encoding in ("gb2312", "gbk"):
        return "gb18030"  # which holds them both
    return best.encoding.replace("_", "-")


def _latin(sample: bytes) -> tuple[str, float]:
    """The codec of the language in Latin script that fits best, and how much of it fits, to 1."""
    high, plain = len(_HIGH.findall(sample)), len(_ASCII_LETTER.findall(sample))
    best, best_share = "cp1252", 0.0
    if high > plain:
        return best, best_share
    for codec, letters in _LANGUAGES:
        seen = sample.decode(codec, "replace").lower()
        inside = [x for x in seen if ord(x) > 127 and (x.isalnum() or x == "\ufffd")]
        share = sum(x in letters for x in inside) / len(inside) if inside else 1.0
        if share > best_share:
            best, best_share = codec, share
    return best, best_share


def _looks_like_text(sample: bytes) -> bool:
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls <= len(sample) // 50
