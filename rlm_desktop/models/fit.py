"""Whether a model fits into the memory there is, found out before it is loaded."""

from dataclasses import dataclass
from enum import StrEnum

from rlm_desktop.errors import ModelError
from rlm_desktop.models.memory import (
    CPU_STEPS,
    GPU_STEPS,
    Memory,
    Steps,
    gpu_bytes,
    largest_window,
    layers_that_fit,
    memory,
    memory_beside,
)
from rlm_desktop.models.verify import GgufFacts

#: Over this share of the free memory, other programs are pushed out to disk.
_ROOMY = 0.85


class Verdict(StrEnum):
    """How a model fits."""

    FITS = "fits"
    SLOW = "slow"
    WONT_FIT = "won't fit"


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model fits, with the memory it needs, in bytes, and a sentence for the user.

    `gpu_layers` of `layers` go to a graphics card, where they take `gpu_bytes`. `way_out` says
    with which settings it would fit, where it does not; it is in the sentence, too.
    """

    verdict: Verdict
    window: int
    memory: Memory
    available_bytes: int
    layers: int
    gpu_layers: int
    gpu_bytes: int
    sentence: str
    way_out: str = ""

    @property
    def needed_bytes(self) -> int:
        return self.memory.needed_bytes


def fit(
    facts: GgufFacts,
    window: int,
    available_bytes: int,
    gpu_free_bytes: int = 0,
    steps: Steps | None = None,
) -> Fit:
    """How a model with a context of `window` tokens fits into `available_bytes` of memory.

    As many layers as fit go to a graphics card with `gpu_free_bytes`. `steps` is how the engine
    computes, if not as it usually does.
    """
    needs = gpu_bytes(facts, window, steps or GPU_STEPS)
    moved = layers_that_fit(needs, gpu_free_bytes) if gpu_free_bytes else 0
    if moved:
        parts = memory_beside(facts, window, moved, steps or GPU_STEPS)
    else:
        parts = memory(facts, window, steps or CPU_STEPS)
    verdict = _verdict(parts.needed_bytes, available_bytes)
    way_out = ""
    if verdict is Verdict.WONT_FIT:
        way_out = _way_out(facts, window, available_bytes, steps or CPU_STEPS)
    return Fit(
        verdict,
        window,
        parts,
        available_bytes,
        len(needs) - 1,
        moved,
        needs[moved],
        _sentence(facts, verdict, window, parts, available_bytes)
        + _on_the_card(moved, needs)
        + (f"; {way_out}" if way_out else ""),
        way_out,
    )


def require_fit(
    facts: GgufFacts,
    window: int,
    available_bytes: int,
    gpu_free_bytes: int = 0,
    steps: Steps | None = None,
) -> Fit:
    """The same, but a model that does not fit raises ModelError."""
    found = fit(facts, window, available_bytes, gpu_free_bytes, steps)
    if found.verdict is Verdict.WONT_FIT:
        raise ModelError(found.sentence)
    return found


def _verdict(needed: int, available: int) -> Verdict:
    if needed > available:
        return Verdict.WONT_FIT
    return Verdict.SLOW if needed > _ROOMY * available else Verdict.FITS


def _sentence(
    facts: GgufFacts, verdict: Verdict, window: int, parts: Memory, available: int
) -> str:
    begin = {
        Verdict.FITS: "fits",
        Verdict.SLOW: "fits with little room, so the machine may become slow",
        Verdict.WONT_FIT: "does not fit",
    }[verdict]
    return (
        f"{facts.name} {begin}: it needs about {_gigabytes(parts.needed_bytes)} GB of memory with a"
        f" window of {window:,} tokens, and {_gigabytes(available)} GB are free"
    )


def _on_the_card(moved: int, needs: tuple[int, ...]) -> str:
    if not moved:
        return ""
    return (
        f"; beside that, {moved} of {len(needs) - 1} layers take {_gigabytes(needs[moved])} GB on"
        " the graphics card"
    )


def _way_out(facts: GgufFacts, window: int, available: int, steps: Steps) -> str:
    smaller = largest_window(facts, available, steps)
    if 0 < smaller < window:
        return f"a window of {smaller:,} tokens would fit, or choose a smaller model"
    return "close other programs, or choose a smaller model"


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:,.1f}"
