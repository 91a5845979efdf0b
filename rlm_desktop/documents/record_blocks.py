"""Records written as blocks of "Key: value" lines, with the same keys again and again.

Also loaded next to untrusted code: standard library only.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_FIELD = re.compile(r"[ \t]{0,8}([^\W\d_][\w ./()-]{0,40}?)[ \t]*:(?=\s|$)[ \t]*")
_LEAST_KEYS = 3
_LEAST_BLOCKS = 3
_MOST_KEYS = 20
_OF_TEN = 8

Fields = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RecordBlocks:
    """The keys of the blocks, the one that begins each first."""

    keys: tuple[str, ...]

    def records(self, lines: Iterable[tuple[int, str]]) -> Iterator[Fields]:
        """Where the value of each key stands, record by record.

        A line without a known key goes on with the value before it, up to a blank line.
        """
        fields: Fields = {}
        last = ""
        for start, line in lines:
            end = start + len(line.rstrip())
            found = _FIELD.match(line)
            key = found[1] if found and found[1] in self.keys else ""
            if found and key and (key == self.keys[0] or key not in fields):
                if key == self.keys[0] and fields:
                    yield fields
                    fields = {}
                if fields or key == self.keys[0]:
                    fields[key] = (min(start + found.end(), end), end)
                    last = key
            elif not line.strip() or not any(map(str.isalnum, line)):
                last = ""
            elif last:
                first, before = fields[last]
                fields[last] = (first if first < before else start, end)
        if fields:
            yield fields


def record_blocks_in(lines: Iterable[str]) -> RecordBlocks | None:
    """How these lines, the beginning of a text, are blocks of fields; None if they are not."""
    sample = [line for line in lines if any(map(str.isalnum, line))]
    found = [match[1] for line in sample if (match := _FIELD.match(line))]
    if len(found) * 10 < len(sample) * _OF_TEN:
        return None
    counted = Counter(found)
    keys = tuple(key for key, number in counted.items() if number >= _LEAST_BLOCKS)
    if not _LEAST_KEYS <= len(keys) <= _MOST_KEYS or found.index(keys[0]) > _LEAST_KEYS:
        return None
    blocks = _blocks(found, keys)[:-1]  # the last may be cut off
    if len(blocks) < _LEAST_BLOCKS - 1:
        return None
    alike = Counter(blocks).most_common(1)[0][1]
    in_order = sum(_in_order(block, keys) for block in blocks)
    fits = in_order * 10 >= len(blocks) * _OF_TEN and alike * 2 >= len(blocks)
    return RecordBlocks(keys) if fits else None


def _blocks(found: list[str], keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    blocks: list[list[str]] = []
    for key in found:
        if key == keys[0]:
            blocks.append([])
        if blocks and key in keys:
            blocks[-1].append(key)
    return [tuple(block) for block in blocks]


def _in_order(block: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    """Whether a block has no key twice, and all in their order."""
    places = [keys.index(key) for key in block]
    return len(places) > 1 and places == sorted(set(places))
