import os
from pathlib import Path

import pytest
from small_gguf import CHAT, small_gguf

from rlm_desktop.engine import chat_default
from rlm_desktop.engine.base import Message
from rlm_desktop.engine.chat import ChatTemplate
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
        (b"PK\x03\x04 something else", "no usable GGUF model: it is a ZIP archive"),
        (small_gguf()[:-100], "is cut off: it holds .* fetch it again"),
        (small_gguf({**CHAT, "general.architecture": "clip"}), "'clip'.* it knows .*qwen2"),
        (small_gguf({**CHAT, "general.architecture": "bert"}), "embedding model.* cannot write"),
        (small_gguf({**CHAT, "qwen2.pooling_type": 3}), "embedding model.* cannot write"),
        (small_gguf({**CHAT, "qwen2.attention.causal": False}), "embedding model.* cannot write"),
        (small_gguf({**CHAT, "qwen2.pooling_type": 4}), "ranking search results; it cannot write"),
        (small_gguf({**CHAT, "qwen2.block_count": 0}), "does not state the model's layers"),
        (small_gguf({"general.architecture": "llama"}), "layers and context length and width and"),
        (small_gguf({"general.type": "mmproj"}), "without a language model"),
        (small_gguf(tensors=0), "without a language model"),
    ],
)
def test_a_file_that_is_no_usable_model(tmp_path: Path, content: bytes, reason: str) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(ModelError, match=reason) as caught:
        verify.check(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("template", [None, "", "  \n", 7])
def test_a_model_without_a_template_gets_a_named_one_and_says_so(
    tmp_path: Path, template: object
) -> None:
    values = {key: value for key, value in CHAT.items() if key != "tokenizer.chat_template"}
    if template is not None:
        values["tokenizer.chat_template"] = template
    facts = verify.check(_file(tmp_path, small_gguf(values)))
    assert not facts.has_chat_template
    assert facts.template == "chatml, by default"
    assert "Tiny has no chat template in its file, so chatml is used" in facts.notice


def test_a_model_with_a_template_uses_its_own(tmp_path: Path) -> None:
    facts = verify.check(_file(tmp_path, small_gguf({**CHAT, "qwen2.pooling_type": 0})))
    assert (facts.template, facts.notice) == ("its own", "")


def test_the_engine_has_the_default_template_under_that_name() -> None:
    assert chat_default.NAME == verify.DEFAULT_TEMPLATE
    messages = [Message("system", "Be brief."), Message("user", "Why?")]
    rendered = ChatTemplate(chat_default.TEMPLATE, "", "").render(messages)
    assert "".join(part.text for part in rendered.parts) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n"
        "<|im_start|>assistant\n"
    )
    assert chat_default.STOP in chat_default.TEMPLATE


def test_names_from_the_file_cannot_move_the_cursor(tmp_path: Path) -> None:
    values = {**CHAT, "general.name": "\x1b[2JTiny\u202e\r\nX" + "y" * 999, "general.license": "\t"}
    facts = verify.check(_file(tmp_path, small_gguf(values)))
    assert facts.name.startswith("[2JTiny Xyy")
    assert len(facts.name) <= 200
    assert facts.licence == "not stated in the file"


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.gguf"
    os.mkfifo(pipe)
    with pytest.raises(ModelError, match="is no file"):
        verify.check(pipe)
    looping = tmp_path / "loop.gguf"
    looping.symlink_to(looping)
    with pytest.raises(ModelError, match="cannot be read"):
        verify.check(looping)


def test_a_file_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, small_gguf())

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root, as in CI, may read everything
    with pytest.raises(ModelError, match=f"{path} cannot be read: Permission denied"):
        verify.check(path)


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
