"""Whether a model fits into the memory there is, found out before it is loaded."""

from dataclasses import dataclass
from enum import StrEnum

from rlm_desktop.errors import ModelError
from rlm_desktop.models.verify import GgufFacts

#: llama.cpp reads a prompt in pieces of this many tokens, and makes room for the scores of all
#: words at each. With it, Qwen2.5-Coder 0.5B gave 300.25 MiB of "compute buffer", as computed.
_PIECE_TOKENS = 512
_CACHE_BYTES = 2  # keys and values are kept as 16-bit numbers
_SCORE_BYTES = 4
#: Some processors (AMX, ARM) have the weights repacked as they are loaded, while the file stays
#: mapped. With AMX, the worst of the cases, 226 of 463 MiB (0.5B) and 951 of 1,060 MiB (1.5B) were
#: there twice; but what is mapped and repacked is never read again, so the system drops it when
#: memory is short. What cannot be dropped was at most a fifth more than the file.
_REPACKING = 0.2
#: The process itself: Python, llama.cpp and the vocabulary. Measured: 90 MB.
_PROCESS_BYTES = 100_000_000
#: Over this share of the free memory, other programs are pushed out to disk.
_ROOMY = 0.85


class Verdict(StrEnum):
    """How a model fits."""

    FITS = "fits"
    SLOW = "slow"
    WONT_FIT = "won't fit"


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model fits, with the parts of the memory it needs, in bytes; a sentence for the user.

    The parts are an estimate on the safe side; only the cache grows with the window.
    """

    verdict: Verdict
    window: int
    weight_bytes: int
    cache_bytes: int
    compute_bytes: int
    available_bytes: int
    sentence: str

    @property
    def needed_bytes(self) -> int:
        return self.weight_bytes + self.cache_bytes + self.compute_bytes


def fit(facts: GgufFacts, window: int, available_bytes: int) -> Fit:
    """How a model with a context of `window` tokens fits into `available_bytes` of memory."""
    weights = round(facts.weight_bytes * (1 + _REPACKING))
    cache = _cache_bytes(facts, window)
    compute = _compute_bytes(facts)
    needed = weights + cache + compute
    numbers = (
        f"it needs about {_gigabytes(needed)} GB of memory with a window of {window:,} tokens, and"
        f" {_gigabytes(available_bytes)} GB are free"
    )
    if needed > available_bytes:
        verdict = Verdict.WONT_FIT
        way_out = _way_out(facts, window, available_bytes)
        sentence = f"{facts.name} does not fit: {numbers}; {way_out}"
    elif needed > _ROOMY * available_bytes:
        verdict = Verdict.SLOW
        sentence = f"{facts.name} fits with little room, so the machine may become slow: {numbers}"
    else:
        verdict = Verdict.FITS
        sentence = f"{facts.name} fits: {numbers}"
    return Fit(verdict, window, weights, cache, compute, available_bytes, sentence)


def require_fit(facts: GgufFacts, window: int, available_bytes: int) -> Fit:
    """The same, but a model that does not fit raises ModelError."""
    found = fit(facts, window, available_bytes)
    if found.verdict is Verdict.WONT_FIT:
        raise ModelError(found.sentence)
    return found


def largest_window(facts: GgufFacts, available_bytes: int) -> int:
    """The largest window that fits, in tokens, in steps of 1,024; 0 if not even that does."""
    left = available_bytes - round(facts.weight_bytes * (1 + _REPACKING)) - _compute_bytes(facts)
    most = facts.context_length or 1 << 20
    per_token = _cache_bytes(facts, 1)
    tokens = most if per_token == 0 and left >= 0 else left // max(1, per_token)
    return max(0, min(tokens, most) // 1024 * 1024)


def _cache_bytes(facts: GgufFacts, window: int) -> int:
    return facts.cells_per_token * _CACHE_BYTES * window


def _compute_bytes(facts: GgufFacts) -> int:
    scores = _PIECE_TOKENS * (facts.vocabulary + 2 * facts.embedding_length) * _SCORE_BYTES
    return scores + _PROCESS_BYTES


def _way_out(facts: GgufFacts, window: int, available_bytes: int) -> str:
    smaller = largest_window(facts, available_bytes)
    if 0 < smaller < window:
        return f"a window of {smaller:,} tokens would fit, or choose a smaller model"
    return "close other programs, or choose a smaller model"


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:,.1f}"
