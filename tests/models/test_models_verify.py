from pathlib import Path

import pytest
from small_gguf import CHAT, small_gguf

from rlm_desktop.errors import ModelError
from rlm_desktop.models import verify


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "tiny.gguf"
    path.write_bytes(content)
    return path


def test_facts_of_a_good_file(tmp_path: Path) -> None:
    facts = verify.check(_file(tmp_path, small_gguf()))
    assert (facts.name, facts.licence, facts.architecture) == ("Tiny", "MIT", "qwen2")
    assert (facts.file_type, facts.context_length, facts.vocabulary) == ("Q4_K_M", 2048, 3)
    assert facts.cells_per_token == 4 * 2 * (8 + 8)
    assert facts.weight_bytes == 256


def test_layers_with_heads_of_their_own_are_summed(tmp_path: Path) -> None:
    values = {**CHAT, "qwen2.attention.head_count_kv": [2, 0, 4, 0]}
    values |= {"qwen2.attention.key_length": 10, "qwen2.attention.value_length": 6}
    assert verify.check(_file(tmp_path, small_gguf(values))).cells_per_token == 6 * 16


def test_an_unstated_licence_is_said(tmp_path: Path) -> None:
    values = {key: value for key, value in CHAT.items() if key != "general.license"}
    assert verify.check(_file(tmp_path, small_gguf(values))).licence == "not stated in the file"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 something else", "does not begin like a GGUF"),
        (small_gguf()[:-100], "is cut off: it holds .* fetch it again"),
        (small_gguf({**CHAT, "general.architecture": "bert"}), "'bert'.* it knows .*qwen2"),
        (small_gguf({**CHAT, "tokenizer.chat_template": ""}), "no chat template.*instruct"),
        (small_gguf({"general.type": "mmproj"}), "without a language model"),
        (small_gguf(tensors=0), "without a language model"),
    ],
)
def test_a_file_that_is_no_usable_model(tmp_path: Path, content: bytes, reason: str) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(ModelError, match=reason) as caught:
        verify.check(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no model file"):
        verify.check(tmp_path / "no.gguf")
    with pytest.raises(ModelError, match="is a folder"):
        verify.check(tmp_path)


def test_a_real_model(small_model: Path) -> None:
    facts = verify.check(small_model)
    assert facts.architecture == "qwen2"
    assert facts.file_type == "Q4_K_M"
    assert facts.context_length == 32_768
    assert facts.vocabulary == 151_936
    # 24 layers of 2 heads, keys and values of 64 numbers each
    assert facts.cells_per_token == 24 * 2 * (64 + 64)
