"""Tests for rlm_desktop.runs.guards."""

import pytest

from rlm_desktop.runs import guards, questions


@pytest.mark.parametrize("answer", ["", " ", "None", "unknown", "[]", "'N/A'", "..."])
def test_a_placeholder_is_no_answer(answer: str) -> None:
    assert "says nothing" in (guards.placeholder(answer) or "")


@pytest.mark.parametrize("answer", ["0", "no", "nothing", "NOT FOUND", "Nan Goldin"])
def test_short_answers_are_answers(answer: str) -> None:
    assert guards.placeholder(answer) is None


@pytest.mark.parametrize(
    "answer", ["NOT FOUND", "not found.", "NOT IN THIS PIECE", "No answer found"]
)
def test_not_found_is_recognised(answer: str) -> None:
    assert guards.is_not_found(answer)


def test_a_sentence_about_finding_is_an_answer() -> None:
    assert not guards.is_not_found("The key was not found in the drawer but under the mat.")


def test_a_zero_without_a_hit_is_questioned() -> None:
    assert "print(lines[:5])" in (guards.nothing_matched("0", hits=False) or "")
    assert guards.nothing_matched("0", hits=True) is None
    assert guards.nothing_matched("12", hits=False) is None


def test_a_word_of_every_line_is_questioned() -> None:
    lines = [f"08:{n:02} tower sshd[{n}]: open for {n} s" for n in range(30)]
    advice = guards.in_every_line("tower", lines, lambda: lines[3])
    assert advice is not None
    assert "08:03 tower" in advice
    assert "values_of(" in advice
    assert guards.in_every_line("17", lines, lambda: lines[3]) is None
    assert guards.in_every_line("tower", lines[:5], lambda: None) is None, "too few to tell"


def invented(code: str, answer: str, seen: str = "", text: str = "") -> str | None:
    return guards.invented(code, answer, seen, lambda wanted: wanted in text)


def test_a_number_that_was_typed_in_is_questioned() -> None:
    assert "printed by no program" in (guards.typed_in("final(number('1,000') / 10)", "") or "")
    assert guards.typed_in("final(number('1,000') / 10)", "Total 1,000 900") is None
    assert guards.typed_in("final(number(hits[0]))", "") is None


def test_a_literal_that_was_never_seen_is_questioned() -> None:
    assert "neither printed" in (invented('final("Paris")', "Paris") or "")


@pytest.mark.parametrize(
    ("code", "answer", "seen", "text"),
    [
        ('final("Paris")', "Paris", "It is Paris.", ""),
        ('final("Paris")', "Paris", "", "Flights to Paris"),
        ("final(city)", "Paris", "", ""),
        ('final("NOT FOUND")', "NOT FOUND", "", ""),
    ],
)
def test_what_was_seen_or_computed_is_not_questioned(
    code: str, answer: str, seen: str, text: str
) -> None:
    assert invented(code, answer, seen, text) is None


def test_a_number_in_the_text_does_not_back_a_literal() -> None:
    """Some 7 stands in every text."""
    assert invented("final(7)", "7", "", "Room 7") is not None


def test_nearly_the_whole_text_is_not_handed_down() -> None:
    assert "70%" in (guards.handed_down(70, 100) or "")
    assert guards.handed_down(50, 100) is None


def test_a_reading_that_takes_longer_than_is_left_is_refused_in_minutes() -> None:
    assert "about 10 minutes, and it may take 2:" in (guards.too_slow(600, 120) or "")
    assert guards.too_slow(100, 120) is None
    assert guards.too_slow(None, 120) is None


def test_a_word_of_the_question_is_no_answer() -> None:
    question = "Which service wrote the most WARN lines?"
    assert "is a word of the question" in (guards.echo(question, "service") or "")
    assert guards.echo(question, "inventory") is None
    assert guards.echo("Is the report red or blue?", "blue") is None


@pytest.mark.parametrize(
    ("answer", "stands"),
    [
        ("The pump waits 17 seconds.", True),
        ("The pump waits 18 seconds.", False),
        ("file mill/pump.py", True),
        ("file mill/valve.py", False),
        ("PumpStalled", True),
        ("StalledPump", False),
        ("17 or 18", True),
        ("in the blue jar, e.g.", True),
        ("$1,204.50", True),
    ],
)
def test_one_of_the_codes_of_an_answer_stands_in_what_was_read(answer: str, stands: bool) -> None:
    read = ["mill/pump.py: class PumpStalled waits 17 s", "It cost $1,204.50."]
    assert guards.stands_in(answer, read) is stands


@pytest.mark.parametrize(
    ("question", "lines", "told"),
    [
        ("This file holds 12 leases. For every lease give its city.", 11, "but the answer has 11"),
        ("This file holds 12 leases. For every lease give its city.", 12, None),
        ("Reply with one line per note, for all 1,200 notes.", 3, "1,200 things"),
        ("This file holds 12 leases. Which ones end in May?", 2, None),
        ("Give one line per gate.", 2, None),
        ("For each of the 12 boats and the 30 nets, say who owns it.", 2, None),
    ],
)
def test_a_line_for_each_of_so_many_things(question: str, lines: int, told: str | None) -> None:
    found = guards.parts_missing(question, "\n".join(["x"] * lines))
    assert found is None if told is None else told in (found or "")


def test_words_are_no_number() -> None:
    asked = "How many gates are there? Reply with the number only."
    assert questions.lacks_number(asked, "Three gates")
    assert not questions.lacks_number(asked, "3 gates")
    assert not questions.lacks_number("How many gates are there?", "Three gates")
    assert "wants a number" in (guards.no_number(lacking=True) or "")
    assert guards.no_number(lacking=False) is None


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        ("N1: red\nN2: blue", True),
        ("red\nblue", False),
        ("N1: red\nblue\nred", False),
        ("NOT FOUND", True),
    ],
)
def test_lines_look_like_the_form_that_is_shown(answer: str, fits: bool) -> None:
    asked = "Label every note, one line per note in the form 'N1: red' or 'N1: blue'."
    assert (guards.not_in_form(asked, answer) is None) is fits
    assert guards.not_in_form("Label every note.", answer) is None


CHOICE = "Are there more lamps than doors? Reply with one of: more, fewer, or as many. Be brief."


@pytest.mark.parametrize("answer", ["more", "Fewer.", "as many", "NOT FOUND"])
def test_one_of_the_choices_is_an_answer(answer: str) -> None:
    assert guards.not_one_of(CHOICE, answer) is None


@pytest.mark.parametrize("answer", ["True", "12", "many"])
def test_what_is_none_of_the_choices_is_questioned(answer: str) -> None:
    told = guards.not_one_of(CHOICE, answer)
    assert told is not None
    assert "['more', 'fewer', 'as many']" in told
    assert guards.not_one_of("Are there more? Reply with the number only.", answer) is None
