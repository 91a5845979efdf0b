"""The turns of the talk in the text: who speaks, what is said, and under which heading.

Loaded next to untrusted code: the standard library and modules like this one only.
"""

from collections import Counter
from collections.abc import Iterator

from rlm_desktop.documents.heading_lines import headings_in, kind_of_heading
from rlm_desktop.documents.talk import Begun, TalkForm
from rlm_desktop.sandbox.entries import Entry, Heading
from rlm_desktop.sandbox.slices import Slice
from rlm_desktop.sandbox.whole import Stretch, Whole

_BRACKETS = ("[", "(", "*", "=", "#", "~", "---", "<<")
_QUOTES = (('"', '"'), ("\u201c", "\u201d"))


def turns_of(whole: Whole, stretch: Stretch, form: TalkForm) -> Iterator[Entry]:
    """The turns of one part: speaker, text, part, line, and time where the lines begin with it.

    A turn goes on over the lines below it, up to a blank line, a heading or a line in brackets.
    """
    lines = list(whole.lines(stretch.start, stretch.end))
    begun = _begun(lines, form)
    parting = _parting(lines, begun)
    part: str = ""
    number = 0
    while number < len(lines):
        start, line = lines[number]
        one = begun[number]
        number += 1
        if one is None:
            if kind_of_heading(line) in parting:
                part = _heading(line, start)
            continue
        at, ends = number, start + len(line.rstrip())
        words = start + one.words
        while number < len(lines) and begun[number] is None:
            below, more = lines[number]
            said = words < ends
            if more.lstrip().startswith(_BRACKETS) or kind_of_heading(more) in parting:
                break
            if not more.strip() and said:
                break
            if more.strip():
                words = words if said else below + len(more) - len(more.lstrip())
                ends = below + len(more.rstrip())
            number += 1
        yield _turn(whole, form, start, line, one, (words, max(words, ends)), part, at)


def _begun(lines: list[tuple[int, str]], form: TalkForm) -> list[Begun | None]:
    """The turns that lines begin; of a form that is not sure, those of names that come again."""
    begun = [form.begins(line) for _, line in lines]
    names = [
        line[slice(*one.name)] if one else "" for (_, line), one in zip(lines, begun, strict=True)
    ]
    counted = Counter(names)
    return [
        one if form.sure or counted[name] > 1 else None
        for one, name in zip(begun, names, strict=True)
    ]


def _parting(lines: list[tuple[int, str]], begun: list[Begun | None]) -> set[str]:
    """The kinds of lines that part the text; directions in brackets are not among them."""
    others = [line for line, one in zip(lines, begun, strict=True) if one is None]
    kinds = headings_in(others)
    first = next(iter(kinds), "")
    return {
        kind
        for kind, found in kinds.items()
        if (kind != "[" or kind == first) and len({line for line, _ in found}) * 2 > len(found)
    }


def _heading(line: str, start: int) -> Heading:
    left = line.lstrip()
    return Heading(left.rstrip(), start + len(line) - len(left))


def _turn(
    whole: Whole,
    form: TalkForm,
    start: int,
    line: str,
    begun: Begun,
    words: tuple[int, int],
    part: str,
    number: int,
) -> Entry:
    text = whole.cut(*words)
    for opening, closing in _QUOTES:
        if len(text) > 1 and text.startswith(opening) and text.endswith(closing):
            text = Slice(str(text)[1:-1], text.start + 1)
    first, end = begun.name
    fields = [
        ("speaker", Slice(line[first:end], start + first)),
        ("text", text),
        ("part", part),
        ("line", number),
    ]
    if form.form == "timed":
        first, end = begun.time
        fields.append(("time", Slice(line[first:end], start + first).strip("[]()")))
    return Entry.at((start, words[1]), fields)
