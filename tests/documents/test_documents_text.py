"""Text does what str does."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_desktop.documents.text import Text, windowed_re
from rlm_desktop.documents.text_pieces import Pieces
from rlm_desktop.documents.text_re import find_all, iter_matches

#: Few letters, so that searches hit; each number of UTF-8 bytes; combining marks; line ends.
LETTERS = st.sampled_from("ab é€\u0301😀\n\r\f\u2028")
WORDS = st.text(LETTERS, max_size=40)
PLACES = st.none() | st.integers(-45, 130)
PARTS = st.lists(st.tuples(st.sampled_from(["", "== é ==\n"]), WORDS), min_size=1, max_size=4)


def joined(parts: Sequence[tuple[str, str]]) -> str:
    """The rule of joining, said once more."""
    return "".join(
        header + text + ("\n" if len(parts) > 1 and not text.endswith("\n") else "")
        for header, text in parts
    )


class Made:
    """A Text of parts in files, closed at the end."""

    def __init__(self, parts: Sequence[tuple[str, str]], mapped_from: int = 8) -> None:
        self._folder = tempfile.TemporaryDirectory()
        described = []
        for number, (header, text) in enumerate(parts):
            path = Path(self._folder.name, str(number))
            path.write_bytes(text.encode())
            described.append({"header": header, "text_path": path})
        self._text = Text.of_parts(described, block=5, mapped_from=mapped_from)

    def __enter__(self) -> Text:
        return self._text

    def __exit__(self, *_: object) -> None:
        self._text.close()
        self._folder.cleanup()


def outcome(do: Any) -> Any:
    try:
        return do()
    except (ValueError, IndexError) as error:
        return type(error)


@given(PARTS, PLACES, PLACES, st.sampled_from([0, 8, 1000]))
def test_cuts_like_str(parts: Any, start: int | None, end: int | None, mapped_from: int) -> None:
    expected = joined(parts)
    with Made(parts, mapped_from) as text:
        assert len(text) == len(expected)
        assert text[start:end] == expected[start:end]
        assert text == expected
        assert bool(text) == bool(expected)
        assert outcome(lambda: text[start or 0]) == outcome(lambda: expected[start or 0])
        for (first, after), (_, part) in zip(text.part_spans, parts, strict=True):
            assert text[first:after] == part


@given(PARTS, st.text(LETTERS, max_size=3), PLACES, PLACES)
def test_searches_like_str(parts: Any, wanted: str, start: int | None, end: int | None) -> None:
    expected = joined(parts)
    with Made(parts) as text:
        for name in ("find", "rfind", "count", "startswith", "endswith", "index"):
            assert outcome(lambda n=name: getattr(text, n)(wanted, start, end)) == outcome(
                lambda n=name: getattr(expected, n)(wanted, start, end)
            ), name
        assert (wanted in text) == (wanted in expected)
        assert text.startswith(("x", wanted)) == expected.startswith(("x", wanted))
        assert text.endswith(("x", wanted)) == expected.endswith(("x", wanted))
        assert text.count(wanted, at_most=2) == min(expected.count(wanted), 2)


@given(PARTS)
def test_counts_bytes_and_code_points(parts: Any) -> None:
    expected = joined(parts)
    with Made(parts) as text:
        for position in range(len(expected) + 1):
            offset = len(expected[:position].encode())
            assert text.byte_offset(position) == offset
            assert text.position_of_byte(offset) == position
        with pytest.raises(IndexError):
            text.byte_offset(len(expected) + 1)
        with pytest.raises(IndexError):
            text.position_of_byte(-1)


@given(PARTS, st.sampled_from(["\n", "a", "ab", "é", "\u2028"]), PLACES, PLACES)
def test_splits_like_str(parts: Any, separator: str, start: int | None, end: int | None) -> None:
    expected = joined(parts).split(separator)
    with Made(parts) as text:
        pieces = text.split(separator)
        assert list(pieces) == expected
        assert len(pieces) == len(expected)
        for step in (None, 2, -1, -3):
            assert pieces[start:end:step] == expected[start:end:step]
        assert outcome(lambda: pieces[start or 0]) == outcome(lambda: expected[start or 0])


@given(WORDS, st.sampled_from(["\n", "a", "aa", "ab", "\u2028", "éa"]), st.integers(1, 9))
def test_goes_through_pieces_by_windows(word: str, separator: str, window: int) -> None:
    plain = (word + separator) * 2 + word
    with Made([("", plain)]) as text:
        pieces = Pieces(text._joined, separator.encode(), window=window)
        assert list(pieces) == plain.split(separator)
        assert pieces[1:] == plain.split(separator)[1:]


def test_indexes_pieces_past_the_marks() -> None:
    expected = "".join(f"{number}\n" for number in range(1000))
    with Made([("", expected)]) as text:
        lines = text.lines()
        assert lines[999] == "999"
        assert lines[-1] == "999"
        assert lines[300:900:7] == expected.splitlines()[300:900:7]
        assert lines.index("700") == 700


@given(PARTS)
def test_lines_end_at_newlines(parts: Any) -> None:
    expected = [line.removesuffix("\r") for line in joined(parts).split("\n")]
    if joined(parts).endswith("\n") or not joined(parts):
        del expected[-1]
    with Made(parts) as text:
        assert list(text.lines()) == list(text.splitlines()) == expected
        assert len(text.lines()) == len(expected)


@given(PARTS, st.integers(1, 9), st.integers(0, 8))
def test_chunks_hold_everything(parts: Any, size: int, overlap: int) -> None:
    expected = joined(parts)
    with Made(parts) as text:
        if overlap >= size:
            with pytest.raises(ValueError, match="overlap"):
                list(text.chunks(size, overlap))
            return
        chunks = list(text.chunks(size, overlap))
    assert all(len(chunk) == size for chunk in chunks[:-1])
    rebuilt = chunks[0] if chunks else ""
    for chunk in chunks[1:]:
        assert rebuilt.endswith(chunk[:overlap])
        rebuilt += chunk[overlap:]
    assert rebuilt == expected


PLAIN = ["a", r"a*", r"\bab?", r"é|😀", r"\s+", r"[^\n]*", r"\n\n?", r"(?s)a.b", r"(a)(b)?"]
AROUND = ["^.", "$", r"\A", r"\Z", "b$", "(?m)^a?", "(?m)b?$", "(?<=a)b", "(?!a)", r"a(?=\s)"]
PATTERNS = st.sampled_from([*PLAIN, *AROUND])


@given(st.text(LETTERS, max_size=120), PATTERNS)
@settings(max_examples=300)
def test_matches_like_re(text: str, pattern: str) -> None:
    compiled = re.compile(pattern)
    expected = [(m.span(), m.groups(), m[0]) for m in compiled.finditer(text)]
    found = iter_matches(text, compiled, window=10, tail=6)
    assert [(m.span(), m.groups(), m[0]) for m in found] == expected


def test_a_match_longer_than_the_window_is_whole() -> None:
    text = "b" + "a" * 5000 + "b"
    assert [m.span() for m in iter_matches(text, re.compile("a+"), 100, 10)] == [(1, 5001)]


@given(PARTS, PATTERNS)
def test_the_stand_in_for_re_takes_both(parts: Any, pattern: str) -> None:
    plain = joined(parts)
    with Made(parts) as text:
        for given_text in (text, plain):
            compiled = windowed_re.compile(pattern)
            found = windowed_re.search(pattern, given_text)
            expected = re.search(pattern, plain)
            assert (found and found.span()) == (expected and expected.span())
            found = windowed_re.match(pattern, given_text)
            expected = re.match(pattern, plain)
            assert (found and found[0]) == (expected and expected[0])
            assert windowed_re.findall(pattern, given_text) == re.findall(pattern, plain)
            assert compiled.findall(given_text) == re.findall(pattern, plain)
            assert windowed_re.split(pattern, given_text) == re.split(pattern, plain)
            assert windowed_re.split(pattern, given_text, 1) == re.split(pattern, plain, maxsplit=1)
            assert [m.start() for m in windowed_re.finditer(pattern, given_text)] == [
                m.start() for m in re.finditer(pattern, plain)
            ]
        assert text.findall(pattern) == re.findall(pattern, plain)
        assert text.findall(compiled) == re.findall(pattern, plain)
        assert windowed_re.sub(pattern, "x", plain) == re.sub(pattern, "x", plain)


def test_the_stand_in_refuses_what_would_copy() -> None:
    with Made([("", "some text")]) as text:
        for do in (
            lambda: windowed_re.sub("a", "b", text),
            lambda: windowed_re.fullmatch("a", text),
            lambda: windowed_re.compile("a").subn("b", string=text),
        ):
            with pytest.raises(TypeError, match="use a slice"):
                do()
        assert windowed_re.escape("a.b") == r"a\.b"
        assert windowed_re.search("TEXT", text, windowed_re.IGNORECASE).group() == "text"
        match = text.search(r"(?P<word>t\w+)(x)?")
        assert match is not None
        assert match.groupdict() == {"word": "text"}
        assert match["word"] == "text"
        assert match.span(2) == (-1, -1)
        assert match.expand(r"<\1>") == "<text>"
        with pytest.raises(AttributeError):
            match.nonsense  # noqa: B018


def test_says_what_to_do_instead() -> None:
    with Made([("", "some text")]) as text:
        for do, error in (
            (lambda: str(text), TypeError),
            (lambda: text + "x", TypeError),
            (lambda: "x" + text, TypeError),
            (lambda: f"{text}", TypeError),
            (lambda: text.lower(), AttributeError),
            (lambda: text[::2], ValueError),
        ):
            with pytest.raises(error, match="slice"):
                do()
        with pytest.raises(TypeError, match="lines"):
            iter(text)
        with pytest.raises(TypeError, match="str"):
            1 in text  # noqa: B015
        with pytest.raises(AttributeError):
            text.nonsense  # noqa: B018
        with pytest.raises(TypeError):
            re.search("some", text)  # type: ignore[call-overload]
        assert "9 characters" in repr(text)
        assert "\ud800" not in text
        assert text != "some tex"


def test_a_file_that_grew_is_read_as_far_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"first\nsecond\n")
    part = {"header": "", "text_path": path, "chars": 6, "text_bytes": 6}
    for mapped_from in (1, 100):
        with Text.of_parts([part], mapped_from=mapped_from) as text:
            assert text == "first\n"
    path.write_bytes(b"x")
    with pytest.raises(ValueError, match="shorter"):
        Text.of_parts([part])


def test_tells_that_a_mapped_file_became_shorter(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"x" * 10_000)
    with Text.of_parts([{"header": "", "text_path": path}], mapped_from=1) as text:
        assert not text.shrunk
        with path.open("r+b") as file:
            file.truncate(10)
        assert text.shrunk


def test_many_files_take_few_descriptors(tmp_path: Path) -> None:
    import psutil

    parts = []
    for number in range(400):
        path = tmp_path / str(number)
        path.write_text(f"file {number}\n" * 3)
        parts.append({"header": f"[{number}]\n", "text_path": path})
    before = psutil.Process().num_fds()
    with Text.of_parts(parts, mapped_from=1) as text:
        assert psutil.Process().num_fds() - before <= 200
        assert text[text.find("[399]") :] == "[399]\n" + "file 399\n" * 3
    assert psutil.Process().num_fds() == before


def test_find_all_gives_groups_like_re() -> None:
    assert find_all("ab a", re.compile("(a)(b)?")) == [("a", "b"), ("a", "")]
