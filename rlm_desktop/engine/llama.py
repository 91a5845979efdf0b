"""llama.cpp, through the functions of its C interface; the only file that knows it.

llama.cpp may abort the process, on a file that is broken or when memory runs out. So this is
used in the engine's own process alone (see `child`), never beside a window.
"""

import ctypes
import os
import re
import sys
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import llama_cpp
from llama_cpp import _ctypes_extensions

from rlm_desktop.engine.base import USUAL_WINDOW, Sampling
from rlm_desktop.engine.frames import Device
from rlm_desktop.errors import EngineError, ModelError, Stopped

#: Sequences that share the cache (see `slots`). What they hold slows down all of them a little.
SEQUENCES = 4
#: Tokens computed in one step. Larger is hardly faster on a CPU. On a GPU, where llama.cpp does
#: not ask whether to abort, the time of one step is how long a Stop takes.
_BATCH = 256
#: Texts are turned into tokens in pieces of so many characters, so that a Stop need not wait.
_TEXT_PIECE = 200_000
_LOG_LINES = 40
_WARNING = 3  # GGML_LOG_LEVEL_WARN; an error is 4, the continuation of a line 5
_CONTINUED = 5
_NO = 0  # a false argument of a C function
_GPU_TYPES = (1, 2)  # GGML_BACKEND_DEVICE_TYPE_GPU, and IGPU for one that shares our memory


class OutOfCells(Exception):
    """The cache has no room for these tokens. Nothing was computed; give up something."""


class Log:
    """What llama.cpp warns of, on stderr, and its last errors, for our own messages."""

    def __init__(self) -> None:
        self._errors: deque[str] = deque(maxlen=_LOG_LINES)
        self._level = 0
        self._callback = llama_cpp.llama_log_callback(self._write)  # must outlive llama.cpp
        llama_cpp.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _write(self, level: int, text: bytes | None, _: object) -> None:
        if level != _CONTINUED:
            self._level = level
        if self._level < _WARNING or not text:
            return
        line = text.decode(errors="replace")
        sys.stderr.write(line)
        if self._level > _WARNING:
            self._errors.append(line.strip())

    def take(self) -> list[str]:
        """The errors since the last call."""
        errors = [error for error in self._errors if error]
        self._errors.clear()
        return errors


class LlamaModel:
    """A model and its key-value cache, in which several sequences of tokens have a place.

    Loading calls `progress` with fractions. `cancelled` is asked while it loads and computes;
    when it says yes, Stopped is raised. Raises ModelError if the file cannot be used.
    """

    def __init__(
        self,
        path: Path,
        *,
        threads: int,
        window: int,
        gpu_layers: int,
        log: Log,
        progress: Callable[[float], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._log = log
        self._cancelled = cancelled
        self._model = self._load(path, gpu_layers, progress)
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        trained: int = llama_cpp.llama_model_n_ctx_train(self._model)
        window = min(window or USUAL_WINDOW, trained)
        self._abort = llama_cpp.ggml_abort_callback(lambda _: cancelled())
        self._context = self._open(path, window, threads)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._batch = llama_cpp.llama_batch_init(_BATCH, 0, 1)
        self.window: int = min(int(llama_cpp.llama_n_ctx(self._context)), trained)

    def _load(self, path: Path, gpu_layers: int, progress: Callable[[float], None]) -> int:
        def went_on(fraction: float, _: object) -> bool:
            progress(min(max(fraction, 0.0), 1.0))
            return not self._cancelled()

        llama_cpp.llama_backend_init()
        parameters = llama_cpp.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers
        parameters.progress_callback = llama_cpp.llama_progress_callback(went_on)
        self._log.take()
        model: int | None = llama_cpp.llama_model_load_from_file(os.fsencode(path), parameters)
        if self._cancelled():
            if model is not None:
                llama_cpp.llama_model_free(model)
            raise Stopped
        if model is None:
            raise ModelError(f"{path.name} cannot be loaded: {_likely_cause(self._log.take())}")
        return model

    def _open(self, path: Path, window: int, threads: int) -> int:
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx = window
        parameters.n_batch = parameters.n_ubatch = _BATCH
        parameters.n_seq_max = SEQUENCES
        parameters.kv_unified = True
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.abort_callback = self._abort
        context: int | None = llama_cpp.llama_init_from_model(self._model, parameters)
        if context is None:
            llama_cpp.llama_model_free(self._model)
            raise ModelError(
                f"{path.name} cannot be used with a window of {window:,} tokens: "
                f"{_likely_cause(self._log.take())}; try a smaller window or a smaller model"
            )
        return context

    def close(self) -> None:
        """Give the memory back. Nothing else may be called afterwards."""
        llama_cpp.llama_batch_free(self._batch)
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)

    # -- the vocabulary

    @property
    def chat_template(self) -> str | None:
        """The Jinja text in the file."""
        template = llama_cpp.llama_model_chat_template(self._model, None)
        return None if template is None else template.decode(errors="replace")

    @property
    def bos(self) -> str:
        """How the token is written that begins a text; empty if there is none."""
        return self._written(llama_cpp.llama_vocab_bos(self._vocabulary))

    @property
    def eos(self) -> str:
        """How the token is written that ends a text; empty if there is none."""
        return self._written(llama_cpp.llama_vocab_eos(self._vocabulary))

    def _written(self, token: int) -> str:
        if token == llama_cpp.LLAMA_TOKEN_NULL:
            return ""
        text = llama_cpp.llama_vocab_get_text(self._vocabulary, token)
        return "" if text is None else text.decode(errors="replace")

    @property
    def opening(self) -> list[int]:
        """The tokens that each prompt must begin with: none, or the one that begins a text."""
        if not llama_cpp.llama_vocab_get_add_bos(self._vocabulary):
            return []
        return [llama_cpp.llama_vocab_bos(self._vocabulary)]

    def tokens(self, text: str, *, control: bool) -> list[int]:
        """The tokens of a text. Unless `control`, no text at all becomes a control token."""
        tokens: list[int] = []
        for piece in _pieces(text):
            if self._cancelled():
                raise Stopped
            tokens += self._tokens(piece.encode(errors="replace"), control=control)
        return tokens

    def _tokens(self, text: bytes, *, control: bool) -> list[int]:
        room = len(text) + 8  # a token has at least one byte; some vocabularies add a space
        array = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(
            self._vocabulary, text, len(text), array, room, _NO, control
        )
        if count < 0:
            raise EngineError("the model's vocabulary cannot express a part of the prompt")
        return array[:count]

    def bytes_of(self, token: int) -> bytes:
        """What a token adds to a reply; nothing for a control token."""
        size = 64
        while True:
            buffer = ctypes.create_string_buffer(size)
            count = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, size, 0, _NO)
            if count >= 0:
                return buffer.raw[:count]
            size = -count

    def ends(self, token: int) -> bool:
        """Whether a token ends the reply."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocabulary, token))

    # -- the cache

    def copy(self, source: int, target: int) -> None:
        """Let one sequence hold what another does. The cells are shared."""
        llama_cpp.llama_memory_seq_rm(self._memory, target, -1, -1)
        llama_cpp.llama_memory_seq_cp(self._memory, source, target, -1, -1)

    def cut(self, sequence: int, length: int) -> int:
        """Cut a sequence after `length` tokens, and return how many it has then.

        That is 0 for the models that cannot go back (those with a recurrent state).
        """
        if length and llama_cpp.llama_memory_seq_rm(self._memory, sequence, length, -1):
            return length
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        return 0

    def compute(self, sequence: int, tokens: Sequence[int], position: int) -> None:
        """Compute at most `step` tokens, which come at `position` of a sequence.

        Afterwards the next token can be sampled. Raises OutOfCells, Stopped or EngineError;
        then the sequence is as it was before.
        """
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i] = token
            batch.pos[i] = position + i
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = sequence
            batch.logits[i] = i == len(tokens) - 1
        status = llama_cpp.llama_decode(self._context, batch)
        match status:
            case 0:
                return
            case 1:
                raise OutOfCells
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, position, -1)
        if status == 2 or self._cancelled():
            raise Stopped
        lines = self._log.take()
        raise EngineError(
            f"the model could not compute (status {status}{': ' + lines[-1] if lines else ''})"
        )

    @property
    def step(self) -> int:
        """The most tokens that `compute` takes."""
        return _BATCH

    def sampler(self, sampling: Sampling, grammar: str | None) -> "Sampler":
        """Choose tokens in this way. Raises EngineError for an invalid grammar."""
        return Sampler(self._context, self._vocabulary, sampling, grammar, self._log)


class Sampler:
    """Chooses the next token after `compute`."""

    def __init__(
        self, context: int, vocabulary: int, sampling: Sampling, grammar: str | None, log: Log
    ) -> None:
        self._context = context
        self._grammar = None
        if grammar is not None:
            self._grammar = _grammar(vocabulary, grammar, log)
        self._free = self._choice = _choice(sampling)
        if self._grammar is not None:
            self._free = _chain()
            llama_cpp.llama_sampler_chain_add(self._free, self._grammar)
            llama_cpp.llama_sampler_chain_add(self._free, self._choice)

    def next(self) -> int:
        """The next token.

        To ask a grammar about each token of the vocabulary takes longer than to compute one.
        So it is asked first about the token that would be chosen without it.
        """
        token: int = llama_cpp.llama_sampler_sample(self._choice, self._context, -1)
        if self._grammar is None:
            return token
        if self._allowed(token):
            llama_cpp.llama_sampler_accept(self._grammar, token)
            return token
        allowed: int = llama_cpp.llama_sampler_sample(self._free, self._context, -1)
        return allowed

    def _allowed(self, token: int) -> bool:
        candidate = llama_cpp.llama_token_data(token, 1.0, 0.0)
        array = llama_cpp.llama_token_data_array(ctypes.pointer(candidate), 1, -1, _NO)
        llama_cpp.llama_sampler_apply(self._grammar, ctypes.byref(array))
        return bool(candidate.logit == 1.0)  # what is not allowed gets minus infinity

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        llama_cpp.llama_sampler_free(self._free)  # a chain frees what was added to it


def _chain() -> "llama_cpp.llama_sampler_p":
    parameters = llama_cpp.llama_sampler_chain_default_params()
    chain: llama_cpp.llama_sampler_p = llama_cpp.llama_sampler_chain_init(parameters)
    return chain


def _choice(sampling: Sampling) -> "llama_cpp.llama_sampler_p":
    chain = _chain()
    if sampling.temperature <= 0:
        llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_greedy())
        return chain
    if sampling.top_p < 1:
        top_p = llama_cpp.llama_sampler_init_top_p(sampling.top_p, 1)
        llama_cpp.llama_sampler_chain_add(chain, top_p)
    temperature = llama_cpp.llama_sampler_init_temp(sampling.temperature)
    llama_cpp.llama_sampler_chain_add(chain, temperature)
    seed = sampling.seed % 2**32
    llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_dist(seed))
    return chain


def _grammar(vocabulary: int, grammar: str, log: Log) -> "llama_cpp.llama_sampler_p":
    log.take()
    sampler: llama_cpp.llama_sampler_p | None = llama_cpp.llama_sampler_init_grammar(
        vocabulary, grammar.encode(errors="replace"), b"root"
    )
    if not sampler:
        lines = log.take()
        raise EngineError(f"the grammar is invalid{': ' + lines[-1] if lines else ''}")
    return sampler


def _likely_cause(errors: Sequence[str]) -> str:
    """The first error, from which the others follow, without llama.cpp's names for places."""
    if not errors:
        return "llama.cpp does not say why"
    return re.sub(r"^(\w+: )+", "", errors[0]).replace("error loading model: ", "")


def _pieces(text: str) -> list[str]:
    """Cut a long text at ends of lines, where a token hardly ever crosses."""
    pieces = []
    start = 0
    while len(text) - start > _TEXT_PIECE:
        end = text.rfind("\n", start, start + _TEXT_PIECE) + 1 or start + _TEXT_PIECE
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]] if start < len(text) else pieces


def devices() -> tuple[Device, ...]:
    """The devices that this build of llama.cpp can compute on."""
    folder = Path(llama_cpp.__file__).parent / "lib"
    registry = _ctypes_extensions.load_shared_library("ggml", folder)
    base = _ctypes_extensions.load_shared_library("ggml-base", folder)
    registry.ggml_backend_dev_count.restype = ctypes.c_size_t
    registry.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    registry.ggml_backend_dev_get.restype = ctypes.c_void_p
    for function in (base.ggml_backend_dev_name, base.ggml_backend_dev_description):
        function.argtypes = [ctypes.c_void_p]
        function.restype = ctypes.c_char_p
    base.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    base.ggml_backend_dev_type.restype = ctypes.c_int
    size = ctypes.POINTER(ctypes.c_size_t)
    base.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p, size, size]
    base.ggml_backend_dev_memory.restype = None
    found = []
    for number in range(registry.ggml_backend_dev_count()):
        device = registry.ggml_backend_dev_get(number)
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        base.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
        name = base.ggml_backend_dev_name(device).decode(errors="replace")
        description = base.ggml_backend_dev_description(device).decode(errors="replace")
        is_gpu = base.ggml_backend_dev_type(device) in _GPU_TYPES
        found.append(Device(name, description, is_gpu, total.value, free.value))
    return tuple(found)
