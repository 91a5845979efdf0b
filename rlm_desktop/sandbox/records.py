"""The records of the text, each a dict: lines or blocks of "Key: value" fields, or JSON.

Loaded next to untrusted code: the standard library and modules like this one only.
"""

from collections.abc import Iterator

from rlm_desktop.documents.record_blocks import RecordBlocks
from rlm_desktop.documents.record_lines import RecordLines
from rlm_desktop.sandbox.entries import Entry, Value
from rlm_desktop.sandbox.whole import Stretch, Whole


def records_of(whole: Whole, stretch: Stretch, form: RecordLines | RecordBlocks) -> Iterator[Entry]:
    """The records of one part that is written in this form."""
    if isinstance(form, RecordLines):
        yield from _line_records(whole, stretch, form)
        return
    lines = whole.lines(stretch.start, stretch.end)
    for fields in form.records(lines):
        begins = next(iter(fields.values()))[0]
        ends = max(end for _, end in fields.values())
        yield Entry.at(
            (begins, ends),
            ((key, Value(whole.raw(first, end), first)) for key, (first, end) in fields.items()),
        )


def _line_records(whole: Whole, stretch: Stretch, form: RecordLines) -> Iterator[Entry]:
    for start, line in whole.lines(stretch.start, stretch.end):
        spans = form.fields(line)
        if spans is None:
            continue
        yield Entry.at(
            (start, start + len(line)),
            ((key, Value(line[first:last], start + first)) for key, (first, last) in spans.items()),
        )
