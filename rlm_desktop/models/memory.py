"""How much memory the engine's process takes with a model, estimated from its file.

Each formula was checked against what llama.cpp says it allocates, and the sum against the memory
of the real process (see "fit" in tests/benchmarks/README.md).
"""

from bisect import bisect_right
from dataclasses import dataclass

from rlm_desktop.models.verify import GgufFacts

_CACHE_BYTES = 2  # keys and values are kept as 16-bit numbers
_SCORE_BYTES = 4
_MASK_BYTES = 2  # which token may look at which, for each of a step and of the window
#: llama.cpp rounds a window up to a multiple of this.
_WINDOW_STEP = 256
#: The process without a model: Python, our modules, llama.cpp and its libraries. Measured: 50 MB.
_PROCESS_BYTES = 50_000_000
#: What the list of words takes for each, with its merges. Measured: 325 (151,936 words) and
#: 366 (49,152 words).
_WORD_BYTES = 330


@dataclass(frozen=True, slots=True)
class Steps:
    """How the engine computes, as far as it costs memory.

    `tokens` are computed in one step, and the scores of all words are kept for `outputs` of
    them, and for one of each of the `sequences` that share the window.
    """

    tokens: int = 128
    outputs: int = 128
    sequences: int = 64


#: As on a processor. On a graphics card larger steps are much faster.
CPU_STEPS = Steps()
GPU_STEPS = Steps(tokens=512, outputs=512)


@dataclass(frozen=True, slots=True)
class Memory:
    """The parts of the memory a model needs, in bytes.

    `repacked_bytes` are weights that are there twice, in the mapped file and in the order in
    which the processor wants them. The first is never read again: the system drops it when
    memory is short, so it is part of what is in use but not of what is needed.
    """

    weight_bytes: int
    cache_bytes: int
    compute_bytes: int
    process_bytes: int
    repacked_bytes: int

    @property
    def needed_bytes(self) -> int:
        """What must be there, or the machine becomes slow."""
        return self.weight_bytes + self.cache_bytes + self.compute_bytes + self.process_bytes

    @property
    def resident_bytes(self) -> int:
        """What the system shows the process to use as long as there is memory enough."""
        return self.needed_bytes + self.repacked_bytes


def memory(facts: GgufFacts, window: int, steps: Steps = CPU_STEPS) -> Memory:
    """What a model takes in the memory of the machine, with nothing on a graphics card.

    A safe estimate for models of which some layers look back a little way only: their cache is
    counted in full.
    """
    return Memory(
        facts.weight_bytes,
        cache_bytes(facts, window),
        _states_bytes(facts, window, steps) + 2 * _scores_bytes(facts, steps),
        _PROCESS_BYTES + _WORD_BYTES * facts.vocabulary,
        facts.weights.repacked,
    )


def memory_beside(facts: GgufFacts, window: int, layers: int, steps: Steps = GPU_STEPS) -> Memory:
    """The same with so many layers on a graphics card."""
    whole = memory(facts, window, steps)
    if layers <= 0:
        return whole
    blocks = min(layers - 1, facts.block_count)
    share = blocks / facts.block_count if facts.block_count else 0
    moved = min(facts.weights.layer * blocks, facts.weight_bytes - facts.weights.output)
    return Memory(
        # What scores the words is moved too, or else copied; the embedding stays.
        max(facts.weights.output, facts.weight_bytes - moved),
        round(whole.cache_bytes * (1 - share)),
        _states_bytes(facts, window, steps) + _scores_bytes(facts, steps),
        whole.process_bytes,
        round(whole.repacked_bytes * (1 - share)),
    )


def cache_bytes(facts: GgufFacts, window: int) -> int:
    """The keys and values of a whole window."""
    padded = -(-window // _WINDOW_STEP) * _WINDOW_STEP
    return facts.cells_per_token * _CACHE_BYTES * padded


def gpu_bytes(facts: GgufFacts, window: int, steps: Steps = GPU_STEPS) -> tuple[int, ...]:
    """What 0, 1, 2, ... layers take on a graphics card, up to all of them.

    llama.cpp moves what scores the words first, then layer by layer from the end, each with its
    share of the cache.
    """
    first = facts.weights.output + _scores_bytes(facts, steps) + _states_bytes(facts, window, steps)
    blocks = facts.block_count
    each = facts.weights.layer + (cache_bytes(facts, window) // blocks if blocks else 0)
    return (0, *(first + each * count for count in range(blocks + 1)))


def layers_that_fit(needs: tuple[int, ...], free_bytes: int) -> int:
    """The most layers with `needs` (see `gpu_bytes`) in so much free memory of a card."""
    return max(0, bisect_right(needs, free_bytes) - 1)


def largest_window(facts: GgufFacts, available_bytes: int, steps: Steps = CPU_STEPS) -> int:
    """The largest window that fits, in tokens, in steps of 1,024; 0 if not even that does."""
    low, high = 0, (facts.context_length or 1 << 20) // 1024
    while low < high:
        middle = (low + high + 1) // 2
        if memory(facts, middle * 1024, steps).needed_bytes <= available_bytes:
            low = middle
        else:
            high = middle - 1
    return low * 1024


def _states_bytes(facts: GgufFacts, window: int, steps: Steps) -> int:
    """What goes from layer to layer, and the mask: a part of llama.cpp's "compute buffer"."""
    states = 2 * steps.tokens * facts.embedding_length * _SCORE_BYTES
    return states + steps.tokens * window * _MASK_BYTES


def _scores_bytes(facts: GgufFacts, steps: Steps) -> int:
    """The scores of all words in a step.

    They are there twice: in the "compute buffer", and in the "output buffer" where we read them.
    """
    return max(steps.outputs, steps.sequences) * facts.vocabulary * _SCORE_BYTES
