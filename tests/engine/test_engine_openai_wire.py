"""What a server says is untrusted: whatever it is, it is understood or refused."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.engine.base import Finish
from rlm_desktop.engine.grammar import one_of
from rlm_desktop.engine.openai_request import Reading, Request, choices_of
from rlm_desktop.engine.openai_wire import Chunk, Told, chunk_from, error_text, models_from, refusal
from rlm_desktop.errors import EngineError, PromptTooLong, RlmError

NAMES = ["choices", "delta", "content", "text", "finish_reason", "usage", "prompt_tokens"]
NAMES += ["completion_tokens", "prompt_tokens_details", "cached_tokens", "error", "message", "data"]
NAMES += ["id", "owned_by", "max_model_len", "detail", "msg", "n_prompt_tokens", "n_ctx"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_a_piece_or_refused(said: object) -> None:
    try:
        chunk = chunk_from(b"data: " + json.dumps(said).encode())
    except (ValueError, EngineError):
        return
    if chunk is not None:
        chunk.text.encode()
        assert chunk.finish is None or isinstance(chunk.finish, str)


@given(st.binary())
def test_any_bytes_are_a_piece_or_refused(said: bytes) -> None:
    try:
        chunk_from(b"data: " + said)
    except (ValueError, EngineError):
        return
    assert chunk_from(b": " + said) is None


@given(JSON)
def test_any_json_is_a_list_of_models_or_refused(said: object) -> None:
    try:
        models = models_from(said)
    except ValueError:
        return
    assert all(each.name and each.window >= 0 for each in models)


@given(JSON, st.integers(300, 599))
def test_any_refusal_is_an_error_for_the_user(said: object, status: int) -> None:
    error = refusal("host:1", status, said, 100)
    assert isinstance(error, RlmError)
    assert str(error).isprintable()
    assert len(error_text(said)) <= 302


def test_the_tokens_of_a_reply_are_read() -> None:
    usage = {"prompt_tokens": 9, "completion_tokens": 3, "prompt_tokens_details": None}
    said = json.dumps({"choices": [], "usage": usage}).encode()
    assert chunk_from(b"data:" + said) == Chunk("", None, Told(9, 3, 0))
    usage["prompt_tokens_details"] = {"cached_tokens": 99}  # type: ignore[assignment]
    said = json.dumps({"choices": [], "usage": usage}).encode()
    assert chunk_from(b"data:" + said) == Chunk("", None, Told(9, 3, 9))


def test_a_size_that_is_too_large_is_told_as_such() -> None:
    error = refusal("host:1", 413, None, 100)
    assert isinstance(error, PromptTooLong)
    assert error.allowed == 100


LABEL = st.text(min_size=1).filter(lambda text: "\0" not in text)


@given(st.lists(LABEL, min_size=1, max_size=5, unique=True))
def test_the_labels_of_a_choice_are_read_to_the_letter(labels: list[str]) -> None:
    try:
        grammar = one_of(labels)
    except ValueError:  # half a surrogate pair
        return
    assert list(choices_of(grammar)) == labels


@given(st.text("ab`\n", max_size=30), st.integers(1, 5), st.sampled_from(["", "```\n", "ab"]))
def test_a_reply_is_the_same_however_it_comes_in_pieces(text: str, size: int, opening: str) -> None:
    reading = Reading(Request("", {}, ("\n```", "ba"), opening))
    shown = ""
    for piece in re.findall(f"(?s).{{1,{size}}}", text):
        shown += reading.feed(piece)
    shown += reading.end(Finish.STOP)
    begun = text.split(opening, 1)[1] if opening and opening in text else text
    ends = [(at + len(stop), at) for stop in ("\n```", "ba") if (at := begun.find(stop)) >= 0]
    assert shown == (begun[: min(ends)[1]] if ends else begun)


@pytest.mark.parametrize("whole", ["re", "red"])
def test_a_choice_that_was_cut_off_may_be_a_beginning(whole: str) -> None:
    reading = Reading(Request("", {}, (), choices=("red", "blue")))
    assert reading.feed(whole) + reading.end(Finish.LENGTH) == whole
