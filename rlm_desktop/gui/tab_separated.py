"""Values as other programs take them from the clipboard: rows of values with tabs between them."""

import csv
import io
from collections.abc import Iterable, Sequence


def tab_separated(rows: Iterable[Sequence[str]]) -> str:
    """The rows; a value with a tab or the end of a line in it is quoted."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    return text.getvalue().removesuffix("\n")
