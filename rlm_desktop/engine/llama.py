"""llama.cpp, through the functions of its C interface; the only file that knows it.

llama.cpp may abort the process, on a file that is broken or when memory runs out. So this is
used in the engine's own process alone (see `child`), never beside a window.
"""

import ctypes
import json
import os
import re
import sys
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
from llama_cpp import _ctypes_extensions, llama_grammar

from rlm_desktop.engine.backend import Interrupted, OutOfCells, Row
from rlm_desktop.engine.base import USUAL_WINDOW, Sampling
from rlm_desktop.engine.frames import Device
from rlm_desktop.engine.grammar import literal
from rlm_desktop.errors import EngineError, ModelError, Stopped

#: Sequences that share the cache: replies in work, and what is kept.
_SEQUENCES = 64
#: The same for a model with a recurrent state, of which each sequence has one of its own.
_STATES = 8
#: Tokens computed in one step. On a CPU more are no faster: with a 1.5B model two cores read 85
#: tokens a second in batches of 16, 109 of 64, 112 of 128 or 256.
_CPU_STEP = 128
#: On a GPU more are faster; but llama.cpp does not ask there whether to abort, so that the time of
#: a step is how long a Stop takes.
_GPU_STEP = 512
#: How far back a repetition is looked for.
_REPEAT_TOKENS = 64
#: So many of the likeliest tokens are held against a grammar before all are: that takes 1 ms
#: instead of 40 (vocabulary of 150,000).
_LIKELIEST = 64
#: Texts are turned into tokens in pieces of so many characters, so that a Stop need not wait.
_TEXT_PIECE = 200_000
_LOG_LINES = 40
_WARNING = 3  # GGML_LOG_LEVEL_WARN; an error is 4, the continuation of a line 5
_CONTINUED = 5
_NO = 0  # a false argument of a C function
_NO_DEVICES = ctypes.c_void_p()  # a list that ends at once
_GPU_TYPES = (1, 2)  # GGML_BACKEND_DEVICE_TYPE_GPU, and IGPU for one that shares our memory


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

    It is the backend of the scheduler. Loading calls `progress` with fractions. `interrupted` is
    asked while it loads, reads text and computes; when it says yes, that is given up. Raises
    ModelError if the file cannot be used, or Stopped.
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
        interrupted: Callable[[], bool],
    ) -> None:
        self._log = log
        self._interrupted = interrupted
        self._model = self._load(path, gpu_layers, progress)
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        trained: int = llama_cpp.llama_model_n_ctx_train(self._model)
        window = min(window or USUAL_WINDOW, trained)
        recurrent = llama_cpp.llama_model_is_recurrent(self._model)
        self.divisible: bool = not (recurrent or llama_cpp.llama_model_is_hybrid(self._model))
        self.sequences = _SEQUENCES if self.divisible else _STATES
        on_gpu = gpu_layers != 0 and llama_cpp.llama_supports_gpu_offload()
        self.step = _GPU_STEP if on_gpu else _CPU_STEP
        self._words: int = llama_cpp.llama_vocab_n_tokens(self._vocabulary)
        self._abort = llama_cpp.ggml_abort_callback(lambda _: interrupted())
        self._context = self._open(path, window, threads)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._batch = llama_cpp.llama_batch_init(self.step, 0, self.sequences)
        self.cells: int = llama_cpp.llama_n_ctx(self._context)
        self.window: int = min(self.cells, trained)

    def _load(self, path: Path, gpu_layers: int, progress: Callable[[float], None]) -> int:
        def went_on(fraction: float, _: object) -> bool:
            progress(min(max(fraction, 0.0), 1.0))
            return not self._interrupted()

        llama_cpp.llama_backend_init()
        parameters = llama_cpp.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers
        if gpu_layers == 0:  # or a card would be used all the same, for large steps
            parameters.devices = ctypes.addressof(_NO_DEVICES)
        parameters.progress_callback = llama_cpp.llama_progress_callback(went_on)
        self._log.take()
        model: int | None = llama_cpp.llama_model_load_from_file(os.fsencode(path), parameters)
        if self._interrupted():
            if model is not None:
                llama_cpp.llama_model_free(model)
            raise Stopped
        if model is None:
            raise ModelError(f"{path.name} cannot be loaded: {_likely_cause(self._log.take())}")
        return model

    def _open(self, path: Path, window: int, threads: int) -> int:
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx = window
        parameters.n_batch = parameters.n_ubatch = self.step
        parameters.n_seq_max = self.sequences
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
    def end_of_turn(self) -> int | None:
        """The token that ends a message of a conversation, or else a text; None without either."""
        for token in (
            llama_cpp.llama_vocab_eot(self._vocabulary),
            llama_cpp.llama_vocab_eos(self._vocabulary),
        ):
            if token != llama_cpp.LLAMA_TOKEN_NULL:
                return int(token)
        return None

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
            if self._interrupted():
                raise Interrupted
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

    def copy(self, source: int, target: int, length: int) -> None:
        """Let the first tokens of a sequence belong to another as well. The cells are shared."""
        llama_cpp.llama_memory_seq_cp(self._memory, source, target, 0, length)

    def cut(self, sequence: int, length: int) -> bool:
        """Cut a sequence after so many tokens; False if this model cannot go back there."""
        return bool(llama_cpp.llama_memory_seq_rm(self._memory, sequence, length or -1, -1))

    def compute(self, rows: Sequence[Row]) -> None:
        """Compute at most `step` tokens.

        Raises OutOfCells, Interrupted or EngineError; then a part of them may be in the cache.
        """
        batch = self._batch
        batch.n_tokens = len(rows)
        for i, row in enumerate(rows):
            batch.token[i] = row.token
            batch.pos[i] = row.position
            batch.n_seq_id[i] = len(row.sequences)
            for j, sequence in enumerate(row.sequences):
                batch.seq_id[i][j] = sequence
            batch.logits[i] = row.wanted
        status = llama_cpp.llama_decode(self._context, batch)
        match status:
            case 0:
                return
            case 1:
                raise OutOfCells
            case 2:
                raise Interrupted
        lines = self._log.take()
        raise EngineError(
            f"the model could not compute (status {status}{': ' + lines[-1] if lines else ''})"
        )

    def logits(self, row: int) -> "np.ndarray[Any, np.dtype[np.float32]]":
        """What the model makes of each token of its vocabulary after a row of the last batch."""
        pointer = llama_cpp.llama_get_logits_ith(self._context, row)
        return np.ctypeslib.as_array(pointer, (self._words,))

    def logprobs(self, row: int, tokens: Sequence[int]) -> list[float]:
        """The natural logarithms of the probabilities of tokens after a row of the last batch."""
        logits = self.logits(row)
        highest = float(logits.max())
        total = highest + float(np.log(np.exp(logits - highest, dtype=np.float64).sum()))
        return [float(logits[token]) - total for token in tokens]

    def sampler(self, sampling: Sampling, grammar: str | None) -> "Sampler":
        """Choose tokens in this way. Raises EngineError for an invalid grammar."""
        grammar_sampler = None
        if grammar is not None:
            grammar_sampler = _grammar(self._vocabulary, grammar, self._log)
        return Sampler(self.logits, _choice(sampling, self._words), sampling, grammar_sampler)


#: A token with its score, as llama.cpp's samplers take it (llama_token_data).
_CANDIDATE = np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")])


class _Candidates:
    """Tokens to choose from, in memory that llama.cpp's samplers work on."""

    def __init__(
        self, tokens: "np.ndarray[Any, Any]", logits: "np.ndarray[Any, np.dtype[np.float32]]"
    ) -> None:
        self._array = np.zeros(len(tokens), _CANDIDATE)
        self._array["id"] = tokens
        self._array["logit"] = logits
        pointer = self._array.ctypes.data_as(ctypes.POINTER(llama_cpp.llama_token_data))
        self._struct = llama_cpp.llama_token_data_array(pointer, len(tokens), -1, _NO)

    def apply(self, sampler: "llama_cpp.llama_sampler_p") -> None:
        llama_cpp.llama_sampler_apply(sampler, ctypes.byref(self._struct))

    @property
    def first_allowed(self) -> int | None:
        """The first token that a grammar left; what is not allowed got minus infinity."""
        allowed = np.flatnonzero(self._array["logit"] != -np.inf)
        return int(self._array["id"][allowed[0]]) if len(allowed) else None

    @property
    def selected(self) -> int:
        return int(self._struct.data[self._struct.selected].id)


class Sampler:
    """Chooses the tokens of one reply.

    To ask a grammar about each token of the vocabulary takes longer than to compute one. So it is
    asked first about the token that would be chosen without it, and then about the likeliest.
    """

    def __init__(
        self,
        logits: Callable[[int], "np.ndarray[Any, np.dtype[np.float32]]"],
        chain: "llama_cpp.llama_sampler_p",
        sampling: Sampling,
        grammar: "llama_cpp.llama_sampler_p | None",
    ) -> None:
        self._logits = logits
        self._grammar = grammar
        self._chain = chain
        self._likeliest_only = sampling.temperature <= 0 and sampling.repeat_penalty == 1

    def choose(self, row: int) -> int:
        """The token that comes after a row of the last batch.

        Raises EngineError if no token of the vocabulary fits the grammar.
        """
        logits = self._logits(row)
        token = self._free_choice(logits)
        if self._grammar is not None:
            if not _allows(self._grammar, token):
                token = self._bound_choice(logits, self._grammar)
            llama_cpp.llama_sampler_accept(self._grammar, token)
        llama_cpp.llama_sampler_accept(self._chain, token)
        return token

    def _free_choice(self, logits: "np.ndarray[Any, np.dtype[np.float32]]") -> int:
        if self._likeliest_only:
            return int(logits.argmax())
        candidates = _Candidates(np.arange(len(logits)), logits)
        candidates.apply(self._chain)
        return candidates.selected

    def _bound_choice(
        self,
        logits: "np.ndarray[Any, np.dtype[np.float32]]",
        grammar: "llama_cpp.llama_sampler_p",
    ) -> int:
        if self._likeliest_only and len(logits) > _LIKELIEST:
            likeliest = np.argpartition(logits, -_LIKELIEST)[-_LIKELIEST:]
            likeliest = likeliest[np.argsort(-logits[likeliest], kind="stable")]
            few = _Candidates(likeliest, logits[likeliest])
            few.apply(grammar)
            if few.first_allowed is not None:
                return few.first_allowed
        candidates = _Candidates(np.arange(len(logits)), logits)
        candidates.apply(grammar)
        if candidates.first_allowed is None:
            raise EngineError("no word of the model's vocabulary fits the grammar at this place")
        candidates.apply(self._chain)
        return candidates.selected

    def close(self) -> None:
        """Free what llama.cpp keeps of it."""
        llama_cpp.llama_sampler_free(self._chain)
        if self._grammar is not None:
            llama_cpp.llama_sampler_free(self._grammar)


def _allows(grammar: "llama_cpp.llama_sampler_p", token: int) -> bool:
    candidate = _Candidates(np.array([token]), np.ones(1, np.float32))
    candidate.apply(grammar)
    return candidate.first_allowed is not None


class _SchemaConverter(llama_grammar.SchemaConverter):
    """llama-cpp-python's, which writes quotes and backslashes in values wrongly (0.3.36)."""

    def _format_literal(self, text: str) -> str:
        return literal(text) if text else '""'


def grammar_of(schema: str) -> str:
    """The grammar of the JSON texts that fit a JSON schema. Raises EngineError."""
    try:
        untrusted = json.loads(schema)
        options = {"prop_order": {}, "allow_fetch": False, "dotall": False, "raw_pattern": False}
        untyped: Any = _SchemaConverter
        converter = untyped(**options)
        converter.visit(converter.resolve_refs(untrusted, "the schema"), "")
        return str(converter.format_grammar())
    except (ArithmeticError, AssertionError, AttributeError, LookupError) as error:
        raise EngineError(f"the JSON schema cannot be used: {error!r}") from error
    except (RecursionError, TypeError, ValueError) as error:
        raise EngineError(f"the JSON schema cannot be used: {error}") from error


def _chain() -> "llama_cpp.llama_sampler_p":
    parameters = llama_cpp.llama_sampler_chain_default_params()
    chain: llama_cpp.llama_sampler_p = llama_cpp.llama_sampler_chain_init(parameters)
    return chain


def _choice(sampling: Sampling, words: int) -> "llama_cpp.llama_sampler_p":
    chain = _chain()
    if sampling.repeat_penalty != 1:
        penalties = llama_cpp.llama_sampler_init_penalties(
            words, _REPEAT_TOKENS, sampling.repeat_penalty, 0.0, 0.0
        )
        llama_cpp.llama_sampler_chain_add(chain, penalties)
    if sampling.temperature <= 0:
        llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_greedy())
        return chain
    if sampling.top_p < 1:
        top_p = llama_cpp.llama_sampler_init_top_p(sampling.top_p, 1)
        llama_cpp.llama_sampler_chain_add(chain, top_p)
    if sampling.min_p > 0:
        min_p = llama_cpp.llama_sampler_init_min_p(sampling.min_p, 1)
        llama_cpp.llama_sampler_chain_add(chain, min_p)
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
