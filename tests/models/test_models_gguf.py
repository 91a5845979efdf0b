import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_gguf import CHAT, small_gguf

from rlm_desktop.errors import ModelError
from rlm_desktop.models import gguf, verify

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
    assert head.parameter_count == 64
    assert head.expected_size == len(WHOLE)


def test_numbers_of_layers_are_kept_and_long_arrays_skipped(tmp_path: Path) -> None:
    head = _read(tmp_path, small_gguf({"heads": [1, 0, 2], "long": [7] * 5000, "one": 4}))
    assert head.numbers("heads") == (1, 0, 2)
    assert head.numbers("one") == (4,)
    assert head.values["long"] is None
    assert head.array_lengths["long"] == 5000


def test_short_lists_of_texts_are_kept_and_long_ones_skipped(tmp_path: Path) -> None:
    head = _read(tmp_path, small_gguf({"languages": ["en", "de"], "words": ["a"] * 100, "n": 1}))
    assert head.texts("languages") == ("en", "de")
    assert head.values["words"] is None
    assert (head.texts("words"), head.texts("n"), head.numbers("languages")) == ((), (), ())


@pytest.mark.parametrize("length", [0, 1, 13, 5000, 700_001])
def test_a_vocabulary_of_any_size_is_skipped(tmp_path: Path, length: int) -> None:
    """Also where a text, or its length, lies across the pieces in which the file is read."""
    words = ["x" * (length + number % 7) for number in range(max(66, 3_000_000 // (length + 12)))]
    content = small_gguf({"words": words, "after": 7})
    head = _read(tmp_path, content)
    assert head.array_lengths["words"] == len(words)
    assert head.number("after") == 7
    assert head.expected_size == len(content)
    with pytest.raises(ModelError, match="ends within its head"):
        _read(tmp_path, content[: len(content) * 2 // 3])


def test_a_type_that_is_not_stated_is_not_guessed(tmp_path: Path) -> None:
    assert _read(tmp_path, small_gguf({"a": 1})).file_type == "unknown"
    assert _read(tmp_path, small_gguf({"general.file_type": 0})).file_type == "F32"


def test_a_key_that_is_there_as_another_type_is_no_number(tmp_path: Path) -> None:
    head = _read(tmp_path, small_gguf({"a": "4", "b": True, "c": 1.5}))
    assert [head.number(key) for key in "abcd"] == [None] * 4
    assert head.text("b") is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GGML" + WHOLE[4:], "does not begin like a GGUF"),
        (b"", "it is empty"),
        (bytes(4096), "nothing but zeros, so its download was cut short"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00", "Git LFS .*git lfs pull"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><html>", "it is a web page"),
        (b"<html><body>Sign in</body></html>", "it is a web page"),
        (b'{"error": "Repository not found"}', "JSON file, most likely the message of a server"),
        (b"<?xml version='1.0'?><Error>", "XML file, most likely the message of a server"),
        (b"PK\x03\x04 rest", "ZIP archive or a PyTorch model"),
        (b"\x1f\x8b\x08 rest", "compressed \\(gzip\\)"),
        (b"tjgg\x03\0\0\0", "from before GGUF"),
        (b'\x10\x4a\0\0\0\0\0\0{"__metadata__"', "safetensors file"),
        (WHOLE[:4] + struct.pack(">I", 3) + WHOLE[8:], "big-endian"),
        (WHOLE[:4] + struct.pack("<I", 1) + WHOLE[8:], "GGUF version 1"),
        (WHOLE[:8] + struct.pack("<Q", 1 << 60) + WHOLE[16:], "more entries"),
        (WHOLE[:24] + struct.pack("<Q", 1 << 62) + WHOLE[32:], "longer than any"),
        (small_gguf({"general.alignment": 0}), "alignment makes no sense"),
        (small_gguf({"general.alignment": 48}), "no power of two"),
        (small_gguf({"general.alignment": True}), "alignment makes no sense"),
        (small_gguf({"general.alignment": 1024}), "is not where it should be"),
        (WHOLE[:50], "ends within its head"),
        (WHOLE.replace(b"blk.1.weight", b"blk.0.weight"), "'blk.0.weight' is there twice"),
        (
            WHOLE.replace(struct.pack("<QQIQ", 4, 8, 0, 128), struct.pack("<QQIQ", 4, 8, 0, 64)),
            "'blk.1.weight' is not where it should be",
        ),
        (
            WHOLE.replace(struct.pack("<QQIQ", 4, 8, 0, 0), struct.pack("<QQIQ", 4, 1 << 62, 0, 0)),
            "larger than any model",
        ),
        (
            WHOLE.replace(struct.pack("<QQIQ", 4, 8, 0, 0), struct.pack("<QQIQ", 4, 8, 99, 0)),
            "of unknown type 99",
        ),
        (
            WHOLE.replace(struct.pack("<QQIQ", 4, 8, 0, 0), struct.pack("<QQIQ", 4, 8, 12, 0)),
            "does not fill its blocks",
        ),
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


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A file in which some pieces were overwritten, cut out, doubled or put in."""
    content = WHOLE
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(0, 24))
        piece = draw(
            st.one_of(
                st.binary(max_size=24),
                st.integers(0, 2**64 - 1).map(lambda number: struct.pack("<Q", number)),
                st.integers(0, 2**32 - 1).map(lambda number: struct.pack("<I", number)),
                st.just(content[at : at + 64]),
            )
        )
        content = content[:at] + piece + content[at + length :]
    return content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.one_of(_mutated(), st.binary(max_size=600), st.binary().map(b"GGUF".__add__)))
def test_whatever_is_in_a_file_it_is_checked_or_named_as_broken(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "m.gguf"
    file.write_bytes(content)
    match _checked(file):
        case str(complaint):
            assert str(file) in complaint
            assert complaint.isprintable()
        case facts:
            assert facts.weight_bytes <= facts.size == len(content)
            assert facts.name.isprintable()


def _checked(file: Path) -> verify.GgufFacts | str:
    try:
        return verify.check(file)
    except ModelError as error:
        return str(error)
