"""Tests for the scoring of answers in tests/benchmarks."""

from typing import Any

import pytest
from _quality_score import score
from _quality_tasks import rule_from
from _quality_words import answer_in, items_in, number_in


def scored(kind: str, right: Any, reply: str, **more: Any) -> float:
    return score(rule_from({"scorer": kind, "answer": right, **more}), reply).score


def passes(kind: str, right: Any, reply: str, **more: Any) -> bool:
    return score(rule_from({"scorer": kind, "answer": right, **more}), reply).passed


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("Berta", "Berta"),
        ("I looked.\n\n**Answer:** Berta", "** Berta"),
        ("Answer: Clara\nNo.\nFinal answer = Berta", "Berta"),
        ("So it is \\boxed{Clara} or \\boxed{Berta}.", "Berta"),
        ("<think>Answer: Clara</think>\nBerta", "Berta"),
        ("The answer: is Berta", "The answer: is Berta"),
    ],
)
def test_the_answer_is_what_a_reply_announces(reply: str, answer: str) -> None:
    assert answer_in(reply) == answer


@pytest.mark.parametrize(
    ("reply", "number"),
    [
        ("1,234 hens", 1234),
        ("There are twelve.", 12),
        ("12 of 40", 12),
        ("I looked at 40 lines in 3 files, and the total of all of them is 12 hens.", 12),
        ("I looked at 3 files with 40 lines each, and then at the rest, and counted 12", 12),
        ("-2.5", -2.5),
        ("none at all", None),
    ],
)
def test_the_number_of_a_reply(reply: str, number: float | None) -> None:
    assert number_in(reply) == number


def test_numbers_may_be_off_by_their_tolerance() -> None:
    assert passes("number", 200, "201", tol_rel=0.005)
    assert not passes("number", 200, "202", tol_rel=0.005)
    assert passes("number", 200, "202", tol_abs=2)
    assert passes("number", 0.1 + 0.2, "0.3")


def test_near_numbers_count_in_part_where_the_rule_says_so() -> None:
    assert scored("number", 12, "14", partial="oolong") == 0.75**2
    assert not passes("number", 12, "13", partial="oolong")
    assert scored("number", 12, "52", partial="oolong") == 0
    assert scored("number", 12, "14") == 0


def test_exact_takes_an_answer_with_its_article_or_in_a_short_sentence() -> None:
    for reply in ("Hallway", "the hallway.", "It took me long.\nHallway", "She is in the hallway."):
        assert passes("exact", ["hallway"], reply), reply
    assert not passes("exact", ["hallway"], "hallways")
    assert not passes("exact", ["hallway"], "hallway " + "and many more rooms " * 10)


def test_yes_and_no_together_are_neither() -> None:
    assert passes("exact", ["Yes"], "Yes, it does.")
    assert not passes("exact", ["Yes"], "Yes. No.\nYes or no?")


def test_contains_wants_every_group_in_one_of_its_spellings() -> None:
    right = [["12 July", "July 12"], "Berta"]
    assert passes("contains", right, "Berta came on **July 12**.")
    assert not passes("contains", right, "Berta came on July 123.")
    assert not passes("contains", right, "She came on July 12.")
    assert not passes("contains", ["Berta"], "Berta is not mentioned.")
    assert not passes("contains", ["Berta"], "Berta " + "and others " * 200)


@pytest.mark.parametrize(
    "reply",
    [
        "Berta\nClara\nDora",
        "- Dora\n- Clara\n- Berta",
        "1. Berta\n2. Clara\n3. Dora",
        "Berta, Clara, and Dora",
        "```\nBerta\nClara\nDora\n```",
    ],
)
def test_a_list_may_have_any_order_and_form(reply: str) -> None:
    assert passes("set", ["Berta", "Clara", "Dora"], reply)


def test_a_list_counts_what_is_common() -> None:
    assert scored("set", ["Berta", "Clara", "Dora"], "Berta, Clara") == pytest.approx(0.8)
    assert not passes("set", ["Berta", "Clara", "Dora"], "Berta, Clara, Dora, Emma")
    assert passes("set", ["Berta: 3"], "Berta : 3")
    assert scored("set", ["Berta"], "Emma") == 0


def test_a_pattern_finds_the_items() -> None:
    assert items_in("Pairs: (1, 2) and ( 3,4 ).", r"\(\s*(\d+)\s*,\s*(\d+)\s*\)") == [
        "(1, 2)",
        "(3, 4)",
    ]


def test_f1_counts_words_or_characters() -> None:
    assert scored("f1", ["brown hens of Berta"], "the brown hens") == pytest.approx(2 / 3)
    assert scored("f1", ["3"], "three") == 1
    assert scored("f1", ["brown hens"], "As far as I can see they are all brown hens.") == 0.75
    assert scored("f1", ["母鸡"], "母 鸡", char_f1=True) == 1
    assert scored("f1", ["母鸡"], "母 鸡") == 0
    assert not passes("f1", ["brown hens of Berta"], "white cocks")


def test_where_there_is_no_answer_saying_so_is_right() -> None:
    for reply in ("NOT FOUND", "The text does not mention a cock.", "There is no such cock."):
        assert passes("contains", "NOT FOUND", reply, negative=True), reply
    for reply in ("", "Hans", "Not found. " + "But there are hens. " * 40):
        assert not passes("contains", "NOT FOUND", reply, negative=True), reply


@pytest.mark.parametrize("kind", ["number", "exact", "contains", "set", "f1"])
def test_no_answer_is_wrong(kind: str) -> None:
    right = 3 if kind == "number" else ["Berta"]
    for reply in ("", "   ", "Answer:", "<think>Berta 3</think>", "NOT FOUND"):
        assert not passes(kind, right, reply), reply


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="'rouge' cannot be scored"):
        rule_from({"scorer": "rouge", "answer": ["Berta"]})
