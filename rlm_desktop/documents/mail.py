"""Mails in a text: a mailbox (mbox), a single mail, or mails written one after the other.

Also loaded next to untrusted code: standard library only. Only where each mail and its headers
stand is found here; `mail_headers` reads them. Bodies stay as they are in the text, encoded ones
too, since a quote has to stand in the text to the letter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: The header lines that are kept, and under which name.
_KEPT = {
    "from": "from", "to": "to", "cc": "cc", "date": "date", "sent": "date", "subject": "subject",
    "message-id": "id", "in-reply-to": "reply_to",
}  # fmt: skip
_HEADER = re.compile(r"([A-Za-z][\w-]{0,60}):(?=\s|\S|$)")
_KEPT_HEADER = re.compile(
    rf"^({'|'.join(_KEPT)}):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.IGNORECASE | re.MULTILINE
)
_ENVELOPE = re.compile(r"^From \S.*\n(?=(?:>From .*\n)*[A-Za-z][\w-]{0,60}:)", re.MULTILINE)
_ENVELOPE_DATE = re.compile(r"From \S.*\b\d\d:\d\d.*\d{4}")
_END_OF_HEADERS = re.compile(r"^[ \t]*\r?\n", re.MULTILINE)
_FORWARDED = re.compile(r"forwarded|original message|wrote:|schrieb", re.IGNORECASE)
_MARK_LINE = re.compile(r"[ \t]*[-=_*#~+\[<]{1,}")
_MOST_BLANK = 5
_MOST_HEADER_CHARS = 100_000


@dataclass(frozen=True, slots=True)
class Mail:
    """Where a mail stands: all of it, its header lines by name, and its body.

    The span of a header is that of its value, continued lines included.
    """

    span: tuple[int, int]
    headers: dict[str, tuple[int, int]]
    body: tuple[int, int]


def is_mail(lines: Sequence[str]) -> bool:
    """Whether a text that begins with these lines holds mails."""
    first = next((at for at, line in enumerate(lines[:_MOST_BLANK]) if line.strip("\ufeff \t")), -1)
    if first < 0:
        return False
    envelope = lines[first].removeprefix("\ufeff").startswith("From ")
    block = [line.removeprefix("\ufeff") for line in lines[first + envelope : first + 200]]
    return _is_header_block(block, enough=1 if envelope else 2)


def _is_header_block(lines: Sequence[str], enough: int) -> bool:
    values: dict[str, str] = {}
    for line in lines:
        found = _HEADER.match(line)
        if found:
            values.setdefault(found[1].lower(), line)
        elif not line.startswith((" ", "\t", ">From ")) or not line.strip():
            break
    known = set(_KEPT) & set(values)
    # "From: Oslo, To: Bergen" is no mail.
    sure = {"subject", "message-id"} & known or "@" in values.get("from", "")
    return bool("from" in known and sure and len(known) > enough)


def mails_in(text: str) -> Iterator[Mail]:
    """The mails of a text that holds some."""
    starts = _starts(text)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        yield _mail(text, start, end)


def _starts(text: str) -> list[int]:
    head = re.match(r"[\ufeff\s]*", text)
    begin = head.end() if head else 0
    if text.startswith("From ", begin):
        later = [found.start() for found in _ENVELOPE.finditer(text, begin + 1)]
        return [begin, *(at for at in later if _begins_mail(text, at))]
    first = _HEADER.match(text, begin)
    if first is None:
        return [begin]
    again = re.compile(rf"^{re.escape(first[1])}:", re.MULTILINE | re.IGNORECASE)
    starts = [begin]
    for found in again.finditer(text, begin + 1):
        at = _after_a_gap(text, found.start())
        if at is not None:
            starts.append(at)
    return starts


def _begins_mail(text: str, at: int) -> bool:
    """Whether an envelope line is one: after a blank line, or with a date in it."""
    return text[max(0, at - 2) : at].strip("\r\n") == "" or bool(_ENVELOPE_DATE.match(text, at))


def _after_a_gap(text: str, at: int) -> int | None:
    """Where the mail begins whose first header line is at `at`: with a line of marks, if any.

    None if this is no mail of its own, but one that is quoted or forwarded in another.
    """
    before = text[max(0, at - 300) : at].removesuffix("\n").removesuffix("\r")
    line = before[before.rfind("\n") + 1 :]
    if line.strip() and not _MARK_LINE.match(line):
        return None
    written = before.rstrip()
    if _FORWARDED.search(written[written.rfind("\n") + 1 :]):
        return None
    block = text[at : at + _MOST_HEADER_CHARS // 10].split("\n", 60)
    if not _is_header_block(block, enough=2):
        return None
    return at - len(line) - 1 if line.strip() else at


def _mail(text: str, start: int, end: int) -> Mail:
    first = _first_header(text, start, end)
    blank = _END_OF_HEADERS.search(text, first, min(end, first + _MOST_HEADER_CHARS))
    after, body = (blank.start(), blank.end()) if blank else (end, end)
    headers: dict[str, tuple[int, int]] = {}
    for found in _KEPT_HEADER.finditer(text, first, after):
        value = found[2].rstrip()
        headers.setdefault(_KEPT[found[1].lower()], (found.start(2), found.start(2) + len(value)))
    written = text[body:end].rstrip()
    return Mail((start, max(body + len(written), after)), headers, (body, body + len(written)))


def _first_header(text: str, start: int, end: int) -> int:
    """The first header line of a mail: after the envelope, or after a line of marks."""
    at = start
    while at < end and not _HEADER.match(text, at):
        following = text.find("\n", at, end)
        if following < 0:
            return start
        at = following + 1
    return at
