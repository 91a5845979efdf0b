"""What stands above a passage and tells what it belongs to: a heading, a day, a mail's header,
the file and the function that code is in.

A passage of a chat does not say on which day it was written, nor a passage of a mail by whom.
"""

import re

from rlm_desktop.documents.code_names import is_code, place_below
from rlm_desktop.documents.passages import Readable

_REACH = 12_000
_LINE_CHARS = 120
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6} \S.*|(?:[=*~-]{2,}|<<|\[)\s*[^\W_].*(?:[=*~-]{2,}|>>|\])"
    r"|#{3,} ?\S.*|(?:chapter|part|section|article|act|scene|book|letter|kapitel|chapitre)"
    r" [\divxlc]+\b.{0,80})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL = re.compile(r"^(From|To|Date|Sent|Subject): ?(\S.*)$", re.MULTILINE)
_MAIL_KINDS = 3


def heading_above(text: Readable, position: int) -> str:
    """The nearest heading above a place, the header of the mail or the function it is in.

    Empty if there is none.
    """
    first = max(0, position - _REACH)
    above = text.text(first, position)
    if is_code(above):
        return place_below(above, text.text(position, min(len(text), position + _LINE_CHARS)))
    mail: dict[str, str] = {}
    headers = list(_MAIL.finditer(above))
    for found in headers[-2 * _MAIL_KINDS :]:
        mail[found[1]] = found[0][:_LINE_CHARS]
    if len(mail) >= _MAIL_KINDS and "From" in mail:
        return "; ".join(mail.values())
    headings = [found[0].strip() for found in _HEADING.finditer(above)]
    return headings[-1][:_LINE_CHARS] if headings else ""
