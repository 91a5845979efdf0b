"""The text of a reply, from bytes of tokens."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.engine.reply import ReplyText

LETTERS = st.text(st.sampled_from("ab`\n"), max_size=30)
STOPS = st.lists(st.text(st.sampled_from("ab`\n"), min_size=1, max_size=4), max_size=3)


def written(pieces: list[bytes], *stops: str) -> list[str]:
    reply = ReplyText(stops)
    shown = []
    for piece in pieces:
        shown.append(reply.feed(piece))
        if reply.stopped:
            break
    return [*shown, reply.rest()]


def cut(text: str, stops: list[str]) -> str:
    """The text before the first stop, taken letter by letter: the plain way to say it."""
    for end in range(1, len(text) + 1):
        found = [text.find(stop) for stop in stops if stop in text[:end]]
        if found:
            return text[: min(found)]
    return text


@given(LETTERS, STOPS, st.lists(st.integers(0, 30)))
def test_ends_before_the_first_stop_however_the_tokens_fall(
    text: str, stops: list[str], cuts: list[int]
) -> None:
    places = sorted({0, len(text), *(min(place, len(text)) for place in cuts)})
    pieces = [text[a:b].encode() for a, b in itertools.pairwise(places)]
    assert "".join(written(pieces, *stops)) == cut(text, stops)


@given(st.text(max_size=20), st.integers(1, 3))
def test_pieces_are_whole_characters(text: str, size: int) -> None:
    data = text.encode()
    pieces = written([data[i : i + size] for i in range(0, len(data), size)])
    assert "".join(pieces) == text


def test_holds_back_only_what_may_begin_a_stop() -> None:
    assert written([b"x = 1\n", b"``", b"y", b"\n```", b"more"], "\n```") == [
        "x = 1",
        "",
        "\n``y",
        "",
        "",
    ]


def test_drops_half_a_character_at_the_end() -> None:
    assert written(["né".encode()[:-1]]) == ["n", ""]


def test_shows_bytes_that_are_no_text_as_a_replacement() -> None:
    assert "".join(written([b"a\xffb"])) == "a\ufffdb"
