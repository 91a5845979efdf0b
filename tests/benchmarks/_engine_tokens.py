"""The vocabulary and the chat template of a GGUF, and how many tokens must be read at least.

The file is opened for its vocabulary alone, which takes a third of a second and no memory to
speak of; nothing is computed here.
"""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp

from rlm_desktop.engine.base import Message
from rlm_desktop.engine.chat import ChatTemplate

_NO = 0


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _say_nothing(_level: int, _text: bytes, _data: object) -> None:
    pass


def silence() -> None:
    """Keep llama.cpp from writing its log to stderr."""
    llama_cpp.llama_log_set(_say_nothing, ctypes.c_void_p(0))


class Vocabulary:
    """Turns texts and messages into tokens, as a model in a file does."""

    def __init__(self, path: Path) -> None:
        silence()
        llama_cpp.llama_backend_init()
        parameters = llama_cpp.llama_model_default_params()
        parameters.vocab_only = True
        self._model: Any = llama_cpp.llama_model_load_from_file(str(path).encode(), parameters)
        if not self._model:
            raise SystemExit(f"{path} cannot be opened by llama.cpp")
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        template = llama_cpp.llama_model_chat_template(self._model, None)
        if template is None:
            raise SystemExit(f"{path} has no chat template; choose a model that has one")
        bos = self._written(llama_cpp.llama_vocab_bos(self._vocabulary))
        eos = self._written(llama_cpp.llama_vocab_eos(self._vocabulary))
        self._template = ChatTemplate(template.decode(), bos, eos)
        adds_bos = llama_cpp.llama_vocab_get_add_bos(self._vocabulary)
        self._opening = [llama_cpp.llama_vocab_bos(self._vocabulary)] if adds_bos else []

    def _written(self, token: int) -> str:
        if token == llama_cpp.LLAMA_TOKEN_NULL:
            return ""
        text = llama_cpp.llama_vocab_get_text(self._vocabulary, token)
        return "" if text is None else text.decode()

    def tokens(self, text: str, *, control: bool = False) -> list[int]:
        raw = text.encode()
        room = len(raw) + 8
        array = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._vocabulary, raw, len(raw), array, room, _NO, control)
        return list(array[:count])

    def cut(self, text: str, tokens: int) -> str:
        """The first so many tokens of a text, as a text."""
        return b"".join(self._bytes(token) for token in self.tokens(text)[:tokens]).decode(
            errors="ignore"
        )

    def _bytes(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(256)
        count = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, 256, 0, _NO)
        return buffer.raw[:count]

    def chat(self, messages: Sequence[tuple[str, str]]) -> list[int]:
        """The tokens of a conversation, up to where the assistant's turn begins."""
        rendered = self._template.render([Message(role, text) for role, text in messages])  # type: ignore[arg-type]
        tokens = list(self._opening)
        for part in rendered.parts:
            tokens += self.tokens(part.text, control=part.control)
        return tokens


class Read:
    """Counts the tokens that a reader must read who forgets nothing and reads nothing twice."""

    def __init__(self) -> None:
        self._tree: dict[int, Any] = {}

    def add(self, tokens: Sequence[int]) -> int:
        """How many of these tokens follow on nothing that was read before."""
        new = 0
        place = self._tree
        for token in tokens:
            if token not in place:
                place[token] = {}
                new += 1
            place = place[token]
        return new
