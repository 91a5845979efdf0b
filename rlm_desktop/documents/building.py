"""How a text is built, as far as its beginning tells: mails, records, talk, source code.

The prompt tells it, and programs find it as values; both go by this. Also loaded next to
untrusted code: standard library only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rlm_desktop.documents.code_files import holds_python
from rlm_desktop.documents.mail import is_mail
from rlm_desktop.documents.record_blocks import RecordBlocks, record_blocks_in
from rlm_desktop.documents.record_lines import RecordLines, column_lines_in, record_lines_in
from rlm_desktop.documents.talk import TalkForm, talk_in

#: So much of a text is looked at.
SAMPLE_CHARS = 64 * 1024
_MOST_LINES = 1500
_RECORD_LINES = 400
_PLAIN = ("text", "markdown", "log")


@dataclass(frozen=True, slots=True)
class Built:
    """What applies to a text. `speakers` are those of the beginning, the most frequent first."""

    mail: bool = False
    records: RecordLines | RecordBlocks | None = None
    talk: TalkForm | None = None
    speakers: tuple[str, ...] = ()
    python: bool = False


def sample_lines(beginning: str, *, whole: bool) -> list[str]:
    """The lines to look at; the last is left out where it may be cut off."""
    lines = beginning.split("\n")
    if not whole and len(lines) > 1:
        del lines[-1]
    return [line.removesuffix("\r") for line in lines[:_MOST_LINES]]


def how_built(name: str, kind: str, lines: Sequence[str]) -> Built:
    """How a text is built that begins with these lines."""
    if kind == "code":
        return Built(python=holds_python(name, kind, lines))
    if kind not in (*_PLAIN, "pdf"):
        return Built()
    if kind != "pdf" and is_mail(lines):
        return Built(mail=True)
    if kind in _PLAIN:
        beginning = lines[:_RECORD_LINES]
        form = record_lines_in(beginning) or record_blocks_in(lines) or column_lines_in(beginning)
        if form is not None:
            return Built(records=form)
    if holds_python(name, kind, lines):
        return Built(python=True)
    talk = talk_in(lines, kind)
    return Built(talk=talk[0], speakers=talk[1]) if talk else Built()
