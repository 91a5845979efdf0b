"""What kind of document a file is: by its first bytes, then its name, then its text."""

import json
import re
from pathlib import PurePath

from rlm_desktop.documents.document import Kind
from rlm_desktop.documents.mail import is_mail
from rlm_desktop.documents.record_lines import column_lines_in, record_lines_in

_TO_PDF = "save it as PDF or text"
_PICTURES = "pictures cannot be read"
_MEDIA = "sound and video cannot be read"
_ARCHIVES = "archives cannot be read yet: unpack it first"
_PROGRAMS = "it is a program, not a document"
BINARY = "it is a binary file, not text"

#: First bytes of what we cannot read, and why.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", _PICTURES),
    (b"\xff\xd8\xff", _PICTURES),
    (b"GIF8", _PICTURES),
    (b"II*\x00", _PICTURES),
    (b"MM\x00*", _PICTURES),
    (b"RIFF", _MEDIA),
    (b"OggS", _MEDIA),
    (b"fLaC", _MEDIA),
    (b"ID3", _MEDIA),
    (b"\x1aE\xdf\xa3", _MEDIA),
    (b"\x1f\x8b", _ARCHIVES),
    (b"BZh", _ARCHIVES),
    (b"\xfd7zXZ\x00", _ARCHIVES),
    (b"7z\xbc\xaf'\x1c", _ARCHIVES),
    (b"Rar!\x1a", _ARCHIVES),
    (b"\x28\xb5\x2f\xfd", _ARCHIVES),
    (b"\x7fELF", _PROGRAMS),
    (b"MZ\x90", _PROGRAMS),
    (b"\xcf\xfa\xed\xfe", _PROGRAMS),
    (b"\xca\xfe\xba\xbe", _PROGRAMS),
    (b"\x00asm", _PROGRAMS),
    (b"SQLite format 3\x00", "databases cannot be read: export the table as CSV"),
    (b"GGUF", "it is a language model, not a document: add it with 'rlm-desktop models add'"),
    (b"{\\rtf", f"RTF documents cannot be read yet: {_TO_PDF}"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
#: What hides in a ZIP or OLE container, by the ending of the name.
_OFFICE = {
    **dict.fromkeys((".docx", ".doc", ".docm", ".dotx"), "Word documents"),
    **dict.fromkeys((".xlsx", ".xls", ".xlsm", ".xlsb"), "Excel workbooks"),
    **dict.fromkeys((".pptx", ".ppt", ".pptm"), "PowerPoint presentations"),
    **dict.fromkeys((".odt", ".ods", ".odp"), "OpenDocument files"),
    ".epub": "EPUB books",
    ".msg": "Outlook messages",
}

_ENDINGS = {
    ".log": Kind.LOG,
    **dict.fromkeys((".csv", ".tsv", ".tab"), Kind.CSV),
    **dict.fromkeys((".json", ".geojson", ".ipynb", ".har"), Kind.JSON),
    **dict.fromkeys((".jsonl", ".ndjson"), Kind.JSONL),
    **dict.fromkeys((".md", ".markdown", ".mdx", ".rst"), Kind.MARKDOWN),
}
_CODE_ENDINGS = (
    ".py .pyi .pyx .js .mjs .cjs .jsx .ts .tsx .c .h .cc .cpp .cxx .hpp .hh .m .mm .cs .java .kt"
    " .kts .scala .groovy .go .rs .rb .php .pl .pm .lua .r .jl .swift .dart .ex .exs .erl .hs .ml"
    " .clj .lisp .el .scm .sh .bash .zsh .fish .ps1 .bat .cmd .sql .html .htm .xhtml .css .scss"
    " .less .xml .xsd .xsl .svg .yaml .yml .toml .ini .cfg .conf .properties .gradle .cmake .mk"
    " .vue .svelte .proto .tf .vb .f90 .f95 .pas .asm .s .v .vhd .tex .bib .nix .zig .diff .patch"
    " .dockerfile .graphql"
)
_CODE = frozenset(_CODE_ENDINGS.split())
_CODE_NAMES = frozenset({"makefile", "dockerfile", "gemfile", "rakefile", "jenkinsfile"})

_TWO_BARS = " || "
_TIME = re.compile(
    r"\W{0,2}(\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d|\d\d[-/.]\w{2,3}[-/.]\d{2,4}[ :T]+\d\d:\d\d"
    r"|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d|\d\d:\d\d:\d\d|\d{10,13}[.\s])"
    r"|\S+ \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}:|\W?(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)"
)


def why_not(name: str, head: bytes) -> str | None:
    """Why a file cannot be read, in words that follow its name, or None if it may be.

    `head` is at least its first kilobyte. A binary file of no known type is not told here.
    """
    ending = PurePath(name).suffix.lower()
    if head.startswith((_OLE, *_ZIP)):
        if ending in _OFFICE:
            return f"{_OFFICE[ending]} cannot be read yet: {_TO_PDF}"
        return _ARCHIVES if head.startswith(_ZIP) else f"Office files cannot be read: {_TO_PDF}"
    if head[8:12] == b"WEBP":
        return _PICTURES
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            return reason
    if head[4:8] == b"ftyp":
        return _MEDIA
    if head[257:262] == b"ustar":
        return _ARCHIVES
    return None


def is_pdf(head: bytes) -> bool:
    """Whether this is a PDF: its mark may come after some junk."""
    return b"%PDF-" in head[:1024]


def kind_of_text(name: str, sample: str) -> Kind:
    """The kind of a text, from its name, or if that says nothing from how it begins."""
    path = PurePath(name.lower())
    if path.suffix in _ENDINGS:
        return _ENDINGS[path.suffix]
    if path.suffix in _CODE or path.name in _CODE_NAMES:
        return Kind.CODE
    if ".log." in path.name:  # rotated: messages.log.1
        return Kind.LOG
    # The last line may be cut off.
    lines = [line for line in sample.splitlines()[:50] if line.strip()]
    if len(lines) > 2:
        lines = lines[:-1]
    return _kind_of_lines(lines)


def _kind_of_lines(lines: list[str]) -> Kind:
    if len(lines) >= 2 and all(is_json_object(line) for line in lines):
        return Kind.JSONL
    if is_mail(lines):  # a mailbox: its bodies may hold anything
        return Kind.TEXT
    if len(lines) >= 3 and sum(bool(_TIME.match(line)) for line in lines) * 10 > len(lines) * 6:
        return Kind.LOG
    if record_lines_in(lines):  # "Day: 3 May | Guest: 417": no table, though bars part it
        return Kind.TEXT
    columns = column_lines_in(lines)
    if columns is not None and columns.delimiter == _TWO_BARS:  # every other column would be empty
        return Kind.TEXT
    if delimiter_of(lines):
        return Kind.CSV
    if sum(bool(re.match(r"#{1,6} \S", line)) for line in lines) >= 2:
        return Kind.MARKDOWN
    return Kind.TEXT


def is_json_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def delimiter_of(lines: list[str]) -> str | None:
    """What parts the columns, if every line has the same number of them; from 4 lines on."""
    plain = [re.sub(r'"[^"]*"', '""', line) for line in lines]
    for delimiter in "\t;|,":
        counts = {line.count(delimiter) for line in plain}
        if len(counts) == 1 and (number := counts.pop()) and len(lines) >= (4 if number > 1 else 8):
            return delimiter
    return None
