import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_gguf import CHAT, small_gguf

from rlm_desktop.errors import ModelError
from rlm_desktop.models import gguf

WHOLE = small_gguf()


def _read(folder: Path, content: bytes) -> gguf.GgufHead:
    file = folder / "m.gguf"
    file.write_bytes(content)
    return gguf.read_head(file)


def test_head_has_the_values_and_the_size_of_the_whole_file(tmp_path: Path) -> None:
    head = _read(tmp_path, WHOLE)
    assert head.text("general.architecture") == "qwen2"
    assert head.number("qwen2.block_count") == 4
    assert head.array_lengths == {"tokenizer.ggml.tokens": 3}
    assert head.file_type == "Q4_K_M"
    assert head.tensor_count == 2
    assert head.tensor_bytes == 256
    assert head.expected_size == len(WHOLE)


def test_numbers_of_layers_are_kept_and_long_arrays_skipped(tmp_path: Path) -> None:
    head = _read(tmp_path, small_gguf({"heads": [1, 0, 2], "long": [7] * 5000, "one": 4}))
    assert head.numbers("heads") == (1, 0, 2)
    assert head.numbers("one") == (4,)
    assert head.values["long"] is None
    assert head.array_lengths["long"] == 5000


def test_a_key_that_is_there_as_another_type_is_no_number(tmp_path: Path) -> None:
    head = _read(tmp_path, small_gguf({"a": "4", "b": True, "c": 1.5}))
    assert [head.number(key) for key in "abcd"] == [None] * 4
    assert head.text("b") is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GGML" + WHOLE[4:], "does not begin like a GGUF"),
        (WHOLE[:4] + struct.pack("<I", 1) + WHOLE[8:], "GGUF version 1"),
        (WHOLE[:8] + struct.pack("<Q", 1 << 60) + WHOLE[16:], "more entries"),
        (WHOLE[:24] + struct.pack("<Q", 1 << 62) + WHOLE[32:], "longer than any"),
        (small_gguf({"general.alignment": 0}), "alignment"),
        (WHOLE[:50], "ends within its head"),
    ],
)
def test_a_broken_head_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(ModelError, match=reason) as caught:
        _read(tmp_path, content)
    assert str(tmp_path / "m.gguf") in str(caught.value)


# The folder is the same for each example; the file in it is written anew.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(end=st.integers(0, len(WHOLE)))
def test_a_cut_file_is_a_value_or_an_error(tmp_path: Path, end: int) -> None:
    head_bytes = len(WHOLE) - 256
    if end >= head_bytes:
        assert _read(tmp_path, WHOLE[:end]).expected_size == len(WHOLE)
    elif end < head_bytes - 31:
        with pytest.raises(ModelError):
            _read(tmp_path, WHOLE[:end])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(position=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
@example(position=4, byte=0)
def test_a_changed_byte_is_a_value_or_an_error(tmp_path: Path, position: int, byte: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[position] = byte
    try:
        head = _read(tmp_path, bytes(damaged))
    except ModelError:
        return
    assert head.expected_size >= 0
    assert len(head.values) == len(CHAT)
