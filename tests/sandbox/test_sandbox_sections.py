"""Tests for rlm_desktop.sandbox.sections."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from open_sandboxes import part

from rlm_desktop.documents.document import Kind
from rlm_desktop.sandbox.entries import Entry
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.structures import Structures
from rlm_desktop.sandbox.whole import Whole


def whole_of(folder: Path, *texts: str) -> Whole:
    parts = [part(folder, text, f"{at}.txt", Kind.TEXT) for at, text in enumerate(texts)]
    fields = [{name: getattr(one, name) for name in one.__dataclass_fields__} for one in parts]
    return Whole(fields, Ledger())


def sections_of(whole: Whole) -> list[Entry]:
    return Structures(whole, Ledger()).make("sections") or []


@pytest.mark.parametrize(
    ("first", "second", "titles"),
    [
        ("== Voyage 1 ==", "== Voyage 2 ==", ["Voyage 1", "Voyage 2"]),
        ("======== LEASE 1: Olsen ========", "======== LEASE 2: Lie ========",
         ["LEASE 1: Olsen", "LEASE 2: Lie"]),
        ("##### FILE: a/b.py #####", "##### FILE: a/c.py #####", ["FILE: a/b.py", "FILE: a/c.py"]),
        ("# Harbour", "# Market", ["Harbour", "Market"]),
        ("CHAPTER IV. The boat", "CHAPTER V", ["CHAPTER IV. The boat", "CHAPTER V"]),
        ("[Scene one]", "[Scene two]", ["Scene one", "Scene two"]),
    ],
)  # fmt: skip
def test_sections_begin_with_lines_of_one_kind(
    tmp_path: Path, first: str, second: str, titles: list[str]
) -> None:
    text = f"Preface.\n\n{first}\nOne - two.\n- three\n{second}\nThree.\n"
    sections = sections_of(whole_of(tmp_path, text))
    assert [section["title"] for section in sections] == titles
    assert [section["number"] for section in sections] == [1, 2]
    assert sections[0]["text"] == f"{first}\nOne - two.\n- three\n"
    assert sections[1]["text"] == f"{second}\nThree.\n"
    assert sections[1]["text"].start == text.index(second)


def test_marks_within_a_section_do_not_part_it(tmp_path: Path) -> None:
    text = "".join(f"== Day {day} ==\n-- noon --\nSoup.\n-- night --\nFish.\n" for day in range(3))
    assert len(sections_of(whole_of(tmp_path, text))) == 3


def test_sections_of_several_documents_are_counted_on(tmp_path: Path) -> None:
    text = "== A ==\none\n== B ==\ntwo\n"
    sections = sections_of(whole_of(tmp_path, text, "no sections\n", text))
    assert [section["number"] for section in sections] == [1, 2, 3, 4]


def test_a_plain_text_has_none(tmp_path: Path) -> None:
    assert (
        sections_of(whole_of(tmp_path, "== Only one ==\ntext\n----\n[12:02] <ann> hello\n")) == []
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["== a ==", "# b", "text", "", "CHAPTER I", "[c]"]), max_size=30))
def test_sections_follow_each_other_up_to_the_end(tmp_path: Path, lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text:
        return
    sections = sections_of(whole_of(tmp_path, text))
    for one, other in pairwise(sections):
        assert one["text"].start + len(one["text"]) == other["text"].start
    if sections:
        assert sections[-1]["text"].start + len(sections[-1]["text"]) == len(text)
