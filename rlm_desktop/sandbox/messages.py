"""The mails of the text, each a dict.

Loaded next to untrusted code: the standard library and modules like this one only.
"""

from collections.abc import Iterator

from rlm_desktop.documents.mail import Mail, mails_in
from rlm_desktop.documents.mail_headers import address_of, date_of_mail, decoded, name_of
from rlm_desktop.sandbox.entries import Entry
from rlm_desktop.sandbox.slices import Slice
from rlm_desktop.sandbox.whole import Stretch, Whole

_ENVELOPE_CHARS = 200


def messages_of(whole: Whole, stretch: Stretch) -> Iterator[Entry]:
    """The mails of one part: from, sender, to, cc, date, subject, body, and id, reply_to."""
    text = whole.raw(stretch.start, stretch.end)
    for mail in mails_in(text):
        yield _message(text, mail, stretch.start)


def _message(text: str, mail: Mail, offset: int) -> Entry:
    def header(name: str) -> str:
        first, end = mail.headers.get(name, (0, 0))
        written = text[first:end]
        value = decoded(written)
        return Slice(value, offset + first) if value and value == written else value

    sender = header("from")
    date = header("date")
    if not date and text.startswith("From ", mail.span[0]):
        line = text[mail.span[0] : mail.span[0] + _ENVELOPE_CHARS].partition("\n")[0]
        date = line.partition(" ")[2].partition(" ")[2]
    first, end = mail.body
    return Entry.at(
        # What shows a mail are its headers, but for the long way it came.
        (offset + min((one[0] for one in mail.headers.values()), default=first), offset + end),
        [
            ("from", address_of(sender)),
            ("sender", name_of(sender)),
            ("to", header("to")),
            ("cc", header("cc")),
            ("date", date_of_mail(date)),
            ("subject", header("subject")),
            ("body", Slice(text[first:end], offset + first)),
            ("id", header("id").strip("<>")),
            ("reply_to", header("reply_to").strip("<>")),
        ],
    )
