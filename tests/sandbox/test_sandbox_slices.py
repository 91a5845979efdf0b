"""Slices: strings that know where they stand, compared with `str`."""

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.sandbox.slices import Slice, span_of

SHIFT = 1000

texts = st.text(alphabet="ab \n\r\t\u2028é😀,;", max_size=40)
bounds = st.none() | st.integers(-50, 50)


def assert_placed(piece: str, text: str) -> None:
    """A piece says where it stands, and stands there."""
    span = span_of(piece)
    assert span is not None
    assert text[span[0] - SHIFT : span[1] - SHIFT] == piece


@given(texts, bounds, bounds)
def test_cutting(text: str, start: int | None, end: int | None) -> None:
    piece = Slice(text, SHIFT)[start:end]
    assert piece == text[start:end]
    assert_placed(piece, text)


@given(texts, bounds, bounds, st.sampled_from([-3, -1, 2, 3]))
def test_cutting_with_a_step_gives_a_plain_string(
    text: str, start: int | None, end: int | None, step: int
) -> None:
    piece = Slice(text, SHIFT)[start:end:step]
    assert piece == text[start:end:step]
    assert type(piece) is str


@given(texts, st.none() | st.sampled_from(["a", " ", "ab", ", "]))
def test_stripping(text: str, chars: str | None) -> None:
    for name in ("strip", "lstrip", "rstrip"):
        piece = getattr(Slice(text, SHIFT), name)(chars)
        assert piece == getattr(text, name)(chars)
        assert_placed(piece, text)


@given(texts, st.none() | st.sampled_from(["a", ",", "\n", "ab"]), st.integers(-1, 3))
def test_splitting(text: str, separator: str | None, most: int) -> None:
    pieces = Slice(text, SHIFT).split(separator, most)
    assert pieces == text.split(separator, most)
    for piece in pieces:
        assert_placed(piece, text)


@given(texts, st.booleans())
def test_splitting_into_lines(text: str, keep: bool) -> None:
    pieces = Slice(text, SHIFT).splitlines(keep)
    assert pieces == text.splitlines(keep)
    for piece in pieces:
        assert_placed(piece, text)


@given(texts, st.sampled_from(["a", ",", "ab", "zz"]))
def test_parting(text: str, separator: str) -> None:
    for name in ("partition", "rpartition"):
        pieces = getattr(Slice(text, SHIFT), name)(separator)
        assert pieces == getattr(text, name)(separator)
        for piece in pieces:
            assert_placed(piece, text)


@given(texts, st.sampled_from(["a", "", "ab", "zz"]))
def test_removing_an_end(text: str, end: str) -> None:
    for name in ("removeprefix", "removesuffix"):
        piece = getattr(Slice(text, SHIFT), name)(end)
        assert piece == getattr(text, name)(end)
        assert_placed(piece, text)


@pytest.mark.parametrize(
    "changed",
    [Slice("ab", 5) + "c", Slice("ab", 5).upper(), Slice("ab", 5)[0], f"{Slice('ab', 5)}"],
)
def test_what_changes_it_gives_a_plain_string(changed: str) -> None:
    assert type(changed) is str
    assert span_of(changed) is None


@pytest.mark.parametrize("wrong", [0, "a", 1.5, None])
def test_it_fails_as_a_string_does(wrong: Any) -> None:
    piece = Slice("ab", 5)
    with pytest.raises((TypeError, IndexError)):
        piece[9]
    with pytest.raises(TypeError):
        piece.strip(wrong if isinstance(wrong, float) else 3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="empty separator"):
        piece.split("")


def test_it_is_a_string_to_everything_else() -> None:
    piece = Slice("ab", 5)
    assert {"ab": 1}[piece] == 1
    assert re.findall("b", piece) == ["b"]
    assert span_of(copy.deepcopy([piece])[0]) == (5, 7)
