"""How documents are built, found out by code and told in a few words for the prompt.

A model that knows the columns, keys or line pattern writes its first program right. Only the
beginning of a document is looked at, so this costs the same for every size; what it says comes
from the document and is data, not instruction.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rlm_desktop.documents.building import SAMPLE_CHARS, Built, how_built, sample_lines
from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Document, Kind
from rlm_desktop.documents.kinds import delimiter_of
from rlm_desktop.documents.names import safe_name
from rlm_desktop.documents.probe_values import told_values

MAX_CHARS = 800
MAX_DOCUMENTS = 3

_MAX_COLUMNS = 12
_MAX_VALUE = 30
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_DATE = re.compile(r"(\d{4}[-/.]\d\d[-/.]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})([T ][\d:.+Z]+)?")
_NUMBER = re.compile(r"[-+]?[$€£]?\s?\d[\d.,'\s]*%?")
_CHAPTER = re.compile(
    r"(?i)(chapter|part|section|article|act|book|kapitel|chapitre)\s+[\divxlc]+\b"
)
#: Lines that stand between the parts of a text, set off by the marks people use for that.
_MARKER = re.compile(r"(\[[^\]]{3,70}\]|[=*~-]{2,}\s?\S.{0,60}\S\s?[=*~-]{2,}|<<.{1,60}>>)$")
_SPEAKER = re.compile(r"([A-Z][\w.' -]{0,30}):\s")
_MASKS = (
    ("<time>", re.compile(r"[\[(]?(\d{4}[-/.]\d\d[-/.]\d\d[T_]?)?\d\d:\d\d(:\d\d\S*)?$")),
    ("<date>", re.compile(r"[\[(]?\d{4}[-/.]\d\d[-/.]\d\d[,\])]?$")),
    ("<address>", re.compile(r"\d{1,3}(\.\d{1,3}){3}(:\d+)?$")),
    (
        "<level>",
        re.compile(r"\W?(TRACE|DEBUG|INFO|NOTICE|WARN(ING)?|ERROR|CRITICAL|FATAL)\W{0,2}$"),
    ),
    ("<number>", re.compile(r"[\[(]?[\d.,]+[\]):]?$")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, its type in a word, and two values."""

    name: str
    type: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """How one document is built; what does not apply is empty.

    `pattern` is how most lines of a log begin, `keys` are those of the first JSON record, each
    with the type of its value, and `longest_line` is that of the beginning. `built` tells which
    lists programs find, and `values` is that in words.
    """

    name: str
    kind: Kind
    lines: int
    longest_line: int
    delimiter: str = ""
    columns: tuple[Column, ...] = ()
    keys: tuple[str, ...] = ()
    pattern: str = ""
    headings: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    record_keys: tuple[str, ...] = ()
    built: Built = field(default_factory=Built)
    values: tuple[str, ...] = ()


def describe(collection: Collection) -> str:
    """The structure of the first documents, in at most MAX_CHARS characters."""
    structures = structures_of(collection)
    room = MAX_CHARS // max(len(structures), 1) - 1
    told = [_shortened(_told(each, named=len(structures) > 1), room) for each in structures]
    return "\n".join(told)


def structures_of(collection: Collection) -> tuple[Structure, ...]:
    """The structure of each of the first documents."""
    structures = []
    for index, document in enumerate(collection.documents[:MAX_DOCUMENTS]):
        start, end = collection.document_span(index)
        cut_at = min(end, start + SAMPLE_CHARS)
        text = collection.text(start, cut_at)
        lines = text.splitlines()
        if cut_at < end and len(lines) > 1:
            del lines[-1]  # it is cut off
        beginning = sample_lines(text, whole=cut_at == end)
        built = how_built(document.name, document.kind, beginning)
        values = tuple(told_values(built, beginning, _shown))
        structure = structure_of(document, lines, built)
        structures.append(replace(structure, built=built, values=values))
    return tuple(structures)


def structure_of(document: Document, lines: Sequence[str], built: Built) -> Structure:
    """The structure of a document that begins with `lines`."""
    longest = max(map(len, lines), default=0)
    plain = Structure(document.name, document.kind, document.lines, longest)
    if built.records is not None:
        return replace(plain, record_keys=tuple(map(_shown, built.records.keys)))
    if built.mail or built.python:
        return plain
    match document.kind:
        case Kind.CSV:
            delimiter, columns = _columns(lines)
            return replace(plain, delimiter=delimiter, columns=columns)
        case Kind.JSONL:
            return replace(plain, keys=_keys("\n".join(lines[:1])))
        case Kind.JSON:
            return replace(plain, keys=_keys("\n".join(lines)))
        case Kind.LOG:
            return replace(plain, pattern=_pattern(lines))
        case Kind.TEXT | Kind.MARKDOWN | Kind.PDF:
            return replace(
                plain,
                headings=_headings(lines),
                markers=_markers(lines),
                speakers=() if built.talk else _speakers(lines),
            )
        case Kind.CODE:
            return plain


def _columns(lines: Sequence[str]) -> tuple[str, tuple[Column, ...]]:
    head = [line for line in lines[:200] if line.strip()]
    if not head:
        return "", ()
    delimiter = delimiter_of(head[:20]) or max(_DELIMITERS, key=head[0].count)
    try:
        rows = list(csv.reader(head, delimiter=delimiter))
    except csv.Error:
        return delimiter, ()
    columns = []
    for number, name in enumerate(rows[0]):
        values = [row[number] for row in rows[1:] if len(row) > number and row[number].strip()]
        examples = tuple(_shown(value) for value in dict.fromkeys(values))[:2]
        columns.append(Column(_shown(name), _type_of(values), examples))
    return delimiter, tuple(columns)


def _type_of(values: Sequence[str]) -> str:
    """A type that nine of ten values have."""
    for name, pattern in (("date", _DATE), ("number", _NUMBER)):
        matching = sum(bool(pattern.fullmatch(value.strip())) for value in values)
        if values and matching * 10 >= len(values) * 9:
            return name
    return "text"


def _keys(sample: str) -> tuple[str, ...]:
    """The keys of the first record with the types of their values, also of a cut off text."""
    decoder = json.JSONDecoder()
    # Of a text that is cut off, the first object that is whole.
    for opening in re.finditer(r"\{", sample[:4096]):
        try:
            record, _ = decoder.raw_decode(sample, opening.start())
        except (ValueError, RecursionError):
            continue
        return tuple(f"{_shown(key)}: {_json_type(value)}" for key, value in record.items())
    return ()


def _json_type(value: object) -> str:
    match value:
        case bool():
            return "true/false"
        case None:
            return "null"
        case int() | float():
            return f"number like {value}"[:_MAX_VALUE]
        case str():
            return f"text like {_shown(value)!r}"
        case list():
            return f"list of {len(value)}"
        case _:
            return "object"


def _pattern(lines: Sequence[str]) -> str:
    """How most lines begin, each word masked by what it is."""
    sampled = [line for line in lines[:300] if line.strip()]
    candidates = [[_mask(word) for word in line.split()[:6]] for line in sampled]
    pattern: list[str] = []
    for place in range(6):
        common = Counter(masks[place] for masks in candidates if len(masks) > place)
        if not common:
            break
        mask, number = common.most_common(1)[0]
        if number * 10 < len(sampled) * 6:
            break
        pattern.append(mask)
    while pattern and pattern[-1] == "<word>":
        pattern.pop()
    return " ".join([*pattern, "<message>"]) if pattern else ""


def _mask(word: str) -> str:
    return next((mask for mask, pattern in _MASKS if pattern.match(word)), "<word>")


def _headings(lines: Sequence[str]) -> tuple[str, ...]:
    found = [line.strip() for line in lines if re.match(r"#{1,6}\s+\S", line)]
    if not found:
        found = [line.strip() for line in lines if len(line) < 80 and _CHAPTER.match(line.strip())]
    # Once each: those of a PDF are repeated at the head of each page.
    return tuple(_shown(heading) for heading in list(dict.fromkeys(found))[:6])


def _markers(lines: Sequence[str]) -> tuple[str, ...]:
    """The first lines of a kind that parts the text: alike but for a number or a word."""
    found = [
        line.strip()
        for line in lines
        if _MARKER.match(line.strip()) and any(map(str.isalnum, line))
    ]
    kinds = Counter(re.split(r"[\d:]", marker, maxsplit=1)[0][:12] for marker in found)
    often = {kind for kind, number in kinds.items() if number >= 2} or set(kinds)
    marking = [one for one in found if re.split(r"[\d:]", one, maxsplit=1)[0][:12] in often]
    return tuple(_shown(marker) for marker in dict.fromkeys(marking))[:3]


def _speakers(lines: Sequence[str]) -> tuple[str, ...]:
    """Names with which several lines begin, as in a play, an interview or a chat."""
    names = Counter(
        match[1] for line in lines if (match := _SPEAKER.match(line)) and not _CHAPTER.match(line)
    )
    often = [name for name, number in names.most_common(6) if number >= 3]
    return tuple(_shown(name) for name in often) if len(often) >= 2 else ()


def _told(structure: Structure, *, named: bool) -> str:
    told = [f"{safe_name(structure.name)}:"] if named else []
    if structure.columns:
        told.append(f"Table with {_DELIMITERS.get(structure.delimiter, 'unknown')}s between")
        told.append(f"{len(structure.columns)} columns:")
        told.append("; ".join(map(_told_column, structure.columns[:_MAX_COLUMNS])) + ".")
    if structure.keys:
        told.append(f"Keys of the first record: {', '.join(structure.keys[:_MAX_COLUMNS])}.")
        told.append("`records` is a list of dicts.")
    told += structure.values
    if structure.pattern:
        told.append(f"Most lines look like: {structure.pattern}.")
    if structure.headings:
        told.append("Headings: " + " | ".join(structure.headings) + ".")
    if structure.markers:
        told.append("Parts are set off by lines like: " + " | ".join(structure.markers) + ".")
    if structure.markers or len(structure.headings) > 1:
        told.append("`sections` is a list of dicts with the keys number, title, text, lines.")
    if structure.speakers:
        # A name stands inside of other speakers' lines too: the model copies how it is tested.
        test = f"line.startswith({structure.speakers[0] + ':'!r})"
        told.append(f"Lines begin with speakers, as in {test}: {', '.join(structure.speakers)}.")
    told.append(f"{structure.lines:,} lines, the longest at the beginning has")
    told.append(f"{structure.longest_line:,} characters.")
    return " ".join(told)


def _told_column(column: Column) -> str:
    examples = ", ".join(repr(example) for example in column.examples)
    return f"{column.name} ({column.type}{': ' if examples else ''}{examples})"


def _shown(untrusted: str) -> str:
    return _shortened(safe_name(" ".join(untrusted.split())), _MAX_VALUE)


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 0)] + "…"
