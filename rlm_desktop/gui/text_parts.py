"""What is written into a text view: parts of it, made of spans of text with a tone.

Pages build parts from events, without Qt; `PartsView` draws them. Colours are chosen when
drawing, so that a change of theme needs no event again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rlm_desktop.gui.style import Tone
from rlm_desktop.runs.events import Event
from rlm_desktop.runs.run import Run

_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)?")
#: Controls, and turns of the writing direction.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Look(StrEnum):
    """How a part is laid out."""

    QUESTION = "question"
    HEADING = "heading"
    LINE = "line"
    INDENTED = "indented"
    CODE = "code"
    OUTPUT = "output"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one tone; untrusted, since models and documents wrote it."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class TextPart:
    """One block of a text view."""

    look: Look
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class Page(Protocol):
    """A text that is built from the events of a run, part by part."""

    @property
    def parts(self) -> Sequence[TextPart]: ...

    def add(self, event: Event, run: Run) -> set[int]:
        """Take in an event that `run` has already; returns the numbers of the parts that changed.

        Parts are only ever changed or added at the end.
        """
        ...


def part(look: Look, *spans: Span | str) -> TextPart:
    """A part of spans; a plain text is a span in the plain tone."""
    return TextPart(look, tuple(Span(each) if isinstance(each, str) else each for each in spans))


def clean(untrusted_text: str) -> str:
    """A text without what is not seen but acts: escapes of terminals, controls, turns of the
    writing direction."""
    text = untrusted_text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return UNSEEN.sub("", _ESCAPE.sub("", text).replace("\r", "\n"))
