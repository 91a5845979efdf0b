"""Tests for rlm_desktop.sandbox.dates."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.sandbox.dates import date_of, month_of


@pytest.mark.parametrize(
    ("text", "date", "month"),
    [
        ("Sep 15, 2023", "2023-09-15", "September"),
        ("On 3 May 2031 we met", "2031-05-03", "May"),
        ("the 3rd of June, 1999", "1999-06-03", "June"),
        ("2031-05-03T10:00 INFO", "2031-05-03", "May"),
        ("Fri, 3 Dec 2004 10:00:00 +0100", "2004-12-03", "December"),
        ("13/5/2031", "2031-05-13", "May"),
        ("5/13/2031", "2031-05-13", "May"),
        ("31.12.1999", "1999-12-31", "December"),
        ("May 2020", "2020-05-01", "May"),
        ("some day in July", "", "July"),
        ("Feb 30, 2020", "", "February"),
        ("no date", "", ""),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, date: str, month: str) -> None:
    assert (date_of(text), month_of(text)) == (date, month)


@given(st.dates())
def test_a_date_in_any_of_the_usual_forms_comes_back(date: dt.date) -> None:
    year = f"{date.year:04}"
    for text in (
        date.isoformat(),
        f"{date.day} {date:%B} {year}",
        f"{date:%b} {date.day}, {year}",
        f"{date.day}.{date.month}.{year}",
    ):
        assert date_of(f"on {text}: rain") == date.isoformat()


@given(st.text() | st.integers() | st.none())
def test_whatever_is_given_is_read_or_is_no_date(value: object) -> None:
    assert date_of(value) == "" or dt.date.fromisoformat(date_of(value))
