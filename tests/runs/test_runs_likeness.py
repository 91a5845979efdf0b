"""Tests for rlm_desktop.runs.likeness."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.runs.likeness import labels_by_likeness

LABELLED = [
    ("the soup was cold and the bread was old", "food"),
    ("cold soup again", "food"),
    ("a room with a view of the sea", "room"),
    ("the room was small, the bed was large", "room"),
]


def test_a_text_gets_the_label_of_those_it_is_like() -> None:
    assert labels_by_likeness(LABELLED, ["The soup!", "My room, my bed"]) == ["food", "room"]


def test_what_is_like_none_gets_the_commonest_label() -> None:
    more = [*LABELLED, ("the bed", "room")]
    assert labels_by_likeness(more, [""]) == ["room"]


@given(
    st.lists(st.tuples(st.text(max_size=20), st.sampled_from("abc")), min_size=1, max_size=8),
    st.lists(st.text(max_size=20), max_size=8),
)
def test_each_text_gets_a_label_that_was_given(
    labelled: list[tuple[str, str]], texts: list[str]
) -> None:
    labels = labels_by_likeness(labelled, texts)
    assert len(labels) == len(texts)
    assert set(labels) <= {label for _, label in labelled}
