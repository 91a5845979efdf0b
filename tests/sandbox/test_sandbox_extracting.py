"""Tests for rlm_desktop.sandbox.extracting."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.sandbox.extracting import fault_of, filled_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=20,
)


@given(JSON)
def test_whatever_a_model_says_becomes_texts(said: object) -> None:
    found = filled_in(json.dumps(said), ["a", "b"])
    assert (found is None) is not isinstance(said, dict)
    if found is not None:
        assert list(found) == ["a", "b"]
        assert all(value is None or (value and len(value) <= 2000) for value in found.values())


@given(st.text())
def test_what_is_no_json_is_none(reply: str) -> None:
    found = filled_in(reply, ["a"])
    assert found is None or isinstance(json.loads(reply), dict)


@pytest.mark.parametrize("reply", ['{"a": ' + "[" * 19_000, '{"a": "' + "x" * 30_000 + '"}', "[]"])
def test_replies_that_are_too_deep_too_long_or_no_object_are_none(reply: str) -> None:
    assert filled_in(reply, ["a"]) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('" Anna "', "Anna"),
        ('""', None),
        ("null", None),
        ("4.5", "4.5"),
        ("true", "true"),
        ('["Anna", null, 3]', "Anna, 3"),
        ("{}", None),
    ],
)
def test_values_in_words(value: str, text: str | None) -> None:
    assert filled_in(f'{{"a": {value}}}', ["a", "b"]) == {"a": text, "b": None}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ([], "from 1 to 20 fields"),
        (["x"] * 21, "from 1 to 20 fields"),
        (["a", " "], "field number 2"),
        (["a" * 61], "field number 1"),
        (["a", "a"], "'a' is there twice"),
    ],
)
def test_fields_that_cannot_be_filled_in(fields: list[str], fault: str) -> None:
    assert fault in (fault_of(fields) or "")


def test_fields_that_can() -> None:
    assert fault_of(["name", "date"]) is None
