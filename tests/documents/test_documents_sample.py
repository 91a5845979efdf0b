"""The questions that come with the sample documents are checked before they are offered."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop import places
from rlm_desktop.documents.sample import QUESTIONS, sample_questions
from rlm_desktop.errors import UsageError

GOOD = {"file": "letter.txt", "question": "Where is the key?", "answer": "here", "kind": "lookup"}


def sample(folder: Path, questions: object) -> Path:
    (folder / "letter.txt").write_text("The key is here.\n")
    text = questions if isinstance(questions, str) else json.dumps(questions)
    (folder / QUESTIONS).write_text(text, encoding="utf-8")
    return folder


def test_the_sample_that_comes_with_the_program_is_listed_in_its_order() -> None:
    folder = places.resources() / "sample"
    kept = json.loads((folder / QUESTIONS).read_text(encoding="utf-8"))
    found = [(each.document, each.question) for each in sample_questions(folder)]
    assert found == [(folder / each["file"], each["question"]) for each in kept]
    assert len(found) == 5


def test_without_a_sample_there_are_no_questions(tmp_path: Path) -> None:
    assert sample_questions(tmp_path) == ()
    assert sample_questions(tmp_path / "missing") == ()


def test_a_question_whose_document_is_not_there_is_left_out(tmp_path: Path) -> None:
    folder = sample(tmp_path, [{**GOOD, "file": "gone.txt"}, GOOD])
    assert [each.document.name for each in sample_questions(folder)] == ["letter.txt"]


@pytest.mark.parametrize(
    ("questions", "says"),
    [
        ("[{", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ({"questions": [GOOD]}, "no list"),
        ([GOOD, "Where?"], "'file' of number 2"),
        ([{"file": "letter.txt"}], "'question' of number 1"),
        ([{**GOOD, "file": "../letter.txt"}], "'file' of number 1"),
        ([{**GOOD, "file": "/etc/passwd"}], "'file' of number 1"),
        ([{**GOOD, "file": 7}], "'file' of number 1"),
        ([{**GOOD, "question": " "}], "'question' of number 1"),
        ([{**GOOD, "question": "Where?\nHere?"}], "'question' of number 1"),
    ],
)
def test_damage_is_said_with_the_name_of_the_file(
    tmp_path: Path, questions: object, says: str
) -> None:
    folder = sample(tmp_path, questions)
    with pytest.raises(UsageError) as refused:
        sample_questions(folder)
    assert says in str(refused.value)
    assert str(folder / QUESTIONS) in str(refused.value)


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / QUESTIONS).write_bytes(b"\xff\xfe[]")
    with pytest.raises(UsageError, match="cannot be read"):
        sample_questions(tmp_path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["file", "question", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(questions=_JSON)
def test_whatever_stands_there_is_read_or_refused(
    questions: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = sample(tmp_path_factory.mktemp("sample"), json.dumps(questions))
    try:
        found = sample_questions(folder)
    except UsageError:
        return
    assert isinstance(questions, list)
    assert all(each.document.parent == folder for each in found)
