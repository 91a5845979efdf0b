"""The helpers that read dates as they stand in texts: date_of, month_of.

Loaded next to untrusted code: the standard library and modules like this one only. A small model
gets `strptime` wrong for each way to write a date.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

_MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if number}
_NAME = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"\b{_DAY}[\s-]+(?:of\s+)?{_NAME},?[\s-]+(?P<year>\d{{4}})\b",
        rf"\b{_NAME}\s+{_DAY},?\s+(?P<year>\d{{4}})\b",
        rf"\b{_NAME},?\s+(?P<year>\d{{4}})\b",
        r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b",
        r"\b(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\b",
    )
)
_MONTH_ALONE = re.compile(rf"\b{_NAME}\b", re.IGNORECASE)


def date_of(text: Any = "", *_: Any) -> str:
    """date_of(text): the first date in a text as '2031-05-03'; '' if there is none.

    3/5/2031 is taken for the American way to write a date, with the month first, unless the
    first number is above 12.
    """
    return next((found.isoformat() for found in _dates(str(text))), "")


def month_of(text: Any = "", *_: Any) -> str:
    """month_of(text): the month of the first date in a text, as 'May'; '' if there is none."""
    for found in _dates(str(text)):
        return calendar.month_name[found.month]
    alone = _MONTH_ALONE.search(str(text))
    return calendar.month_name[_MONTHS[alone["month"].lower()]] if alone else ""


def _dates(text: str) -> Iterator[dt.date]:
    matches = [found for pattern in _PATTERNS if (found := pattern.search(text))]
    for found in sorted(matches, key=lambda one: one.start()):
        parts = found.groupdict()
        named = parts.get("month")
        month = _MONTHS[named.lower()] if named else int(parts["number"])
        day = int(parts.get("day") or 1)
        if month > 12 >= day:
            month, day = day, month
        try:
            yield dt.date(int(parts["year"]), month, day)
        except ValueError:
            continue
