"""Taking a value from many lines, after the model has pointed it out in a few of them.

Loaded next to untrusted code: the standard library and modules like this one only. A small model
names the right value in a line that it is shown, but counts words wrongly: it took the word of a
log that stands at a fixed place, where the value's place changes from line to line. So code works
out where the value stands: by its shape, by the words around it, or by its number, in this order.
"""

import re
from collections.abc import Iterator, Sequence

_MOST_SAMPLES = 4
#: The part of the lines that have a value of its shape, or behind its word, if that is the rule.
_MOSTLY = 0.9
_LINES_TRIED = 400
_RUN = re.compile(r"-?\d+|[A-Za-z]+|[^A-Za-z\d]")


def samples_of(lines: Sequence[str]) -> list[str]:
    """A few lines from all over, of as many lengths in words as there are."""
    step = max(1, len(lines) // _LINES_TRIED)
    tried = [line for line in lines[::step] if line.strip()]
    by_words = {len(line.split()): line for line in reversed(tried)}
    some = list(by_words.values())[::-1][:_MOST_SAMPLES]
    spread = tried[:: max(1, len(tried) // _MOST_SAMPLES)]
    return list(dict.fromkeys([*some, *spread]))[:_MOST_SAMPLES]


def learned(examples: Sequence[tuple[str, str]], lines: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern of which group 1 is the value; None if no rule holds for all the examples.

    `examples` are lines with their values, which stand in them to the letter.
    """
    tried = lines[:: max(1, len(lines) // _LINES_TRIED)]
    best: tuple[float, re.Pattern[str] | None] = (0.0, None)
    for pattern in dict.fromkeys(_ordered(examples)):
        rule = re.compile(pattern)
        if not all((found := rule.search(line)) and found[1] == value for line, value in examples):
            continue
        share = sum(rule.search(line) is not None for line in tried) / max(1, len(tried))
        if share >= _MOSTLY:
            return rule
        best = max(best, (share, rule), key=lambda one: one[0])
    return best[1]


def first_of(value: str) -> str:
    """The first of several values that a model gives for a line with several; else the value."""
    several = re.split(r"[\s,;]+", value.strip())
    shapes = {next(_by_shape("", one), one) for one in several}
    return several[0] if len(several) > 1 and len(shapes) == 1 else value


def _ordered(examples: Sequence[tuple[str, str]]) -> Iterator[str]:
    for kind in (_by_shape, _by_word_before, _by_word_after, _by_number):
        for line, value in examples:
            yield from kind(line, value)


def _by_shape(_: str, value: str) -> Iterator[str]:
    """Of values with digits: their letters and marks, and any digits."""
    if not re.search(r"\d", value) or value.isdigit():
        return
    runs = _RUN.findall(value)
    shape = "".join(r"-?\d+" if run.lstrip("-").isdigit() else re.escape(run) for run in runs)
    yield rf"(?<![\w.-])({shape})(?![\w-])"
    # The date of a time such as 2031-04-02-08.00: as many digits, whatever follows.
    digits = re.sub("[0-9]", lambda _: r"\d", re.escape(value))
    yield rf"(?<![\w.-])({digits})"


def _by_word_before(line: str, value: str) -> Iterator[str]:
    for start, end in _places(line, value):
        if before := re.search(r"[^\s]+\s*$", line[:start]):
            for any_gap in (False, True):
                word = _any_digits(before[0], any_gap=any_gap)
                yield rf"(?<!\w){word}({_loose(value, line[end : end + 1])})"


def _by_word_after(line: str, value: str) -> Iterator[str]:
    for start, end in _places(line, value):
        after = re.match(r"\s*[^\s]+", line[end:])
        if after and (start == 0 or line[start - 1].isspace()):
            word = _any_digits(after[0], any_gap=True)
            yield rf"(?<!\S)({_loose(value, line[end : end + 1])}){word}"


def _by_number(line: str, value: str) -> Iterator[str]:
    """The number of the word, from the end or from the beginning of the line."""
    words = line.split()
    for number in (number for number, word in enumerate(words) if word == value):
        yield rf"(?<!\S)(\S+)(?:\s+\S+){{{len(words) - number - 1}}}\s*$"
        yield rf"^\s*(?:\S+\s+){{{number}}}(\S+)"


def _places(line: str, value: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(rf"(?<![^\W_]){re.escape(value)}(?![^\W_])", line):
        yield found.span()


def _any_digits(text: str, *, any_gap: bool) -> str:
    """A pattern of a text with any digits; a wider gap may hold the place of an empty value."""
    gap = r"\\s+" if any_gap else r"\\s"
    gaps = r"(?:\\?\s)+" if any_gap else r"\\?\s"
    return re.sub(r"\d+", r"\\d+", re.sub(gaps, gap, re.escape(text)))


def _loose(value: str, next_character: str) -> str:
    """What may stand in the place of a value: up to white space, or to the mark that ends it."""
    stop = re.escape(next_character) if next_character and not next_character.isspace() else ""
    if any(character.isspace() for character in value):
        return rf"[^{stop}\n]+?" if stop else r"\S+(?: \S+)*?"
    return rf"[^\s{stop}]+"
