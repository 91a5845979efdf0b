"""The records of the text, each a dict: lines of "Key: value" fields, or JSON lines.

Loaded next to untrusted code: the standard library and modules like this one only.
"""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from rlm_desktop.documents.record_lines import RecordLines, record_lines_in
from rlm_desktop.sandbox.cells import Row
from rlm_desktop.sandbox.slices import Slice
from rlm_desktop.sandbox.whole import Stretch, Whole

_SAMPLE_LINES = 400


def records_of(whole: Whole) -> list[dict[str, Any]]:
    """All records of the parts that have some, in order."""
    found: list[dict[str, Any]] = []
    for stretch in whole.stretches:
        found += _json_records(whole, stretch) if stretch.kind == "jsonl" else []
        form = _form_of(whole, stretch)
        if form is not None:
            found += _line_records(whole, stretch, form)
    return found


def _form_of(whole: Whole, stretch: Stretch) -> RecordLines | None:
    lines = (line for _, line in whole.lines(stretch.start, stretch.end))
    return record_lines_in(itertools.islice(lines, _SAMPLE_LINES))


def _line_records(whole: Whole, stretch: Stretch, form: RecordLines) -> Iterator[Row]:
    for start, line in whole.lines(stretch.start, stretch.end):
        spans = form.fields(line)
        if spans is None:
            continue
        row = Row(
            (key, Slice(line[first:last], start + first)) for key, (first, last) in spans.items()
        )
        row.span = (start, start + len(line))
        yield row


def _json_records(whole: Whole, stretch: Stretch) -> Iterator[dict[str, Any]]:
    for _, line in whole.lines(stretch.start, stretch.end):
        try:
            value: Any = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value
