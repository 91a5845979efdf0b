"""What programs find of a document as lists of dicts, told for the prompt with an example.

A small model that is shown the keys and one value writes the one line that is needed.
"""

from collections.abc import Callable, Sequence

from rlm_desktop.documents.building import Built
from rlm_desktop.documents.mail import mails_in
from rlm_desktop.documents.mail_headers import address_of, date_of_mail, decoded
from rlm_desktop.documents.record_blocks import RecordBlocks
from rlm_desktop.documents.talk import TalkForm

_MOST_KEYS = 12
_MOST_SPEAKERS = 6

Shown = Callable[[str], str]


def told_values(built: Built, lines: Sequence[str], shown: Shown) -> list[str]:
    """Sentences about the lists; `shown` makes text of the document short and harmless."""
    told: list[str] = []
    if built.mail:
        told.append(
            "Mails: `messages` is a list of dicts with the keys from (address), sender (name), to,"
            f" cc, date, subject, body; the first: {_first_mail(lines, shown)}."
        )
    if built.records is not None:
        keys = ", ".join(repr(shown(key)) for key in built.records.keys[:_MOST_KEYS])
        what = "Blocks of lines" if isinstance(built.records, RecordBlocks) else "Lines"
        told.append(f"{what} are records: `records` is a list of dicts with the keys {keys}.")
    if built.talk is not None:
        timed = ", time" if built.talk.form == "timed" else ""
        speakers = ", ".join(shown(name) for name in built.speakers[:_MOST_SPEAKERS])
        told.append(
            f"Talk: `turns` is a list of dicts with the keys speaker, text, part, line{timed}; the"
            f" first: {_first_turn(built.talk, lines, shown)}. Speakers: {speakers}."
        )
    if built.python:
        told.append(
            "Python source: `functions` is a list of dicts with the keys name, file, class,"
            " parameters, decorators, docstring, line, text; `classes` is one with the keys name,"
            " file, bases, methods, decorators, docstring, line, text."
        )
    return told


def _first_mail(lines: Sequence[str], shown: Shown) -> str:
    text = "\n".join(lines)
    mail = next(mails_in(text))
    headers = {name: decoded(text[a:b]) for name, (a, b) in mail.headers.items()}
    first = {
        "from": shown(address_of(headers.get("from", ""))),
        "date": date_of_mail(headers.get("date", "")),
        "subject": shown(headers.get("subject", "")),
    }
    return repr(first)


def _first_turn(form: TalkForm, lines: Sequence[str], shown: Shown) -> str:
    for line in lines:
        begun = form.begins(line)
        if begun is not None:
            words = shown(line[begun.words :])
            return repr({"speaker": shown(line[slice(*begun.name)]), "text": words})
    return "{}"
