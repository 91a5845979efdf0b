"""Values as other programs take them from the clipboard: rows of values with tabs between them."""

import csv
import io
from collections.abc import Iterable, Sequence

#: Characters that are copied at most, so that the window is not held for long.
_COPIED = 8 * 1024 * 1024


def tab_separated(rows: Iterable[Sequence[str]]) -> str:
    """The rows up to a limit; a value with a tab or the end of a line in it is quoted."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    for row in rows:
        writer.writerow(row)
        if text.tell() > _COPIED:
            break
    return text.getvalue().removesuffix("\n")
