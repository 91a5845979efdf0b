"""Tests for rlm_desktop.documents.passages and headings."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents.headings import heading_above
from rlm_desktop.documents.passages import (
    PASSAGE_CHARS,
    best_passages,
    cut_all,
    missing_from,
    words_of,
)


class Whole:
    """A text in memory, as passages want it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __len__(self) -> int:
        return len(self._text)

    def text(self, start: int, end: int) -> str:
        return self._text[start:end]


FILLER = "".join(
    f"The ferry of the day {day} left the harbour in fair weather.\n" for day in range(200)
)
TEXT = Whole(f"{FILLER}The cook sells his boats to the miller.\n{FILLER}")


def test_the_passage_that_shares_the_most_words_comes_first() -> None:
    best = best_passages(TEXT, words_of("To whom did the cook sell the boat?"), 3)
    assert "sells his boats" in best[0].text
    for passage in best:
        assert TEXT.text(passage.start, passage.end) == passage.text


def test_only_the_spans_that_are_wanted_are_looked_at() -> None:
    words = words_of("To whom did the cook sell the boat?")
    assert best_passages(TEXT, words, 3, within=[(0, len(FILLER) - 200)]) == []
    start = len(FILLER)
    (best,) = best_passages(TEXT, words, 3, within=[(start, start + 41)])
    assert best.text.startswith("The cook sells")


def test_words_in_a_row_count_more_than_words_apart() -> None:
    apart = "The total of the ship. Some assets. " + "Words without end. " * 50
    together = "The ship has total assets. " + "Words without end. " * 50
    best = best_passages(Whole(apart + together), ["ship", "total", "assets"], 1)
    assert "total assets" in best[0].text


def test_texts_without_spaces_between_words_are_found() -> None:
    filler = "天气很好，船在港口。\n" * 200
    text = Whole(f"{filler}厨师把船卖给了磨坊主。\n{filler}")
    assert "磨坊主" in best_passages(text, words_of("厨师把船卖给谁？"), 1)[0].text


def test_nothing_is_found_without_words() -> None:
    assert words_of("What is it, and who are you?") == []
    assert best_passages(TEXT, [], 3) == []


def test_a_question_is_no_query_language() -> None:
    for question in ('"cook" OR NEAR(', "cook AND* -boat", "ship's ''\"", "cook:boat^2 {x}"):
        best_passages(TEXT, words_of(question), 3)


@given(st.text(alphabet="ab .\n!船", max_size=6_000), st.integers(0, 50))
def test_passages_cover_the_text_in_order(some: str, start: int) -> None:
    text = Whole(some)
    span = (min(start, len(some)), len(some))
    passages = list(cut_all(text, [span]))
    at = span[0]
    for passage in passages:
        assert passage.start <= at < passage.end
        assert len(passage.text) <= 1.5 * PASSAGE_CHARS
        assert text.text(passage.start, passage.end) == passage.text
        at = passage.end
    assert at == span[1]


def test_the_heading_above_a_place_is_told() -> None:
    chat = "== 3 May 2031 ==\nANN: Good morning.\nBEN: Hello.\n== 4 May 2031 ==\nANN: Well?\n"
    assert heading_above(Whole(chat), chat.index("BEN")) == "== 3 May 2031 =="
    assert heading_above(Whole(chat), chat.index("Well")) == "== 4 May 2031 =="
    book = "No heading here.\nCHAPTER IV\nThe harbour lay still.\n"
    assert heading_above(Whole(book), book.index("still")) == "CHAPTER IV"
    assert heading_above(Whole(book), 5) == ""


def test_a_mail_is_told_by_its_header() -> None:
    mail = (
        "From: ann@a.example\nTo: ben@b.example\nDate: 3 May 2031\nSubject: Crane\n\nIt is blue.\n"
    )
    heading = heading_above(Whole(mail), mail.index("blue"))
    assert "ann@a.example" in heading
    assert "Subject: Crane" in heading


def test_the_words_that_stand_nowhere_are_told() -> None:
    assert missing_from(TEXT, ["COOK", "sea", "Boats", "widow"]) == ["sea", "widow"]
    assert missing_from(TEXT, []) == []
    long = Whole("x" * (1024 * 1024 - 3) + "harbour" + "y" * 50)
    assert missing_from(long, ["harbour", "herring"]) == ["herring"]
