"""How the weights of a model are spread: over its layers, and over the types of numbers.

A graphics card takes whole layers. And the processor keeps a second copy of some types, in the
order in which its instructions want them ("repacked"): the file stays mapped, but those parts of
it are never read again, so the system takes them back when memory is short.
"""

import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rlm_desktop.models.gguf import Tensor

_LAYER = re.compile(r"blk\.([0-9]+)\.")
#: The embedding is looked up row by row, which needs the order of the file.
_LOOKED_UP = "token_embd.weight"
_OUTPUT = "output.weight"

# From ggml_repack_get_optimal_repack_type in ggml-cpu/repack.cpp of llama.cpp; numbers of
# ggml_type. x86-64 with AVX2, as all of the last ten years; Arm with the dot product.
_Q4_0, _Q8_0, _Q4_K, _Q5_K, _Q6_K, _IQ4_NL, _MXFP4 = 2, 8, 12, 13, 14, 20, 39
_REPACKED_X86 = frozenset({_Q4_0, _Q4_K, _IQ4_NL, _MXFP4})
_REPACKED_ARM = _REPACKED_X86 | {_Q8_0, _Q5_K, _Q6_K}
#: It takes this many rows at once, and leaves a tensor alone that is no multiple of it.
_ROWS = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """Bytes of the largest layer, of what scores the words at the end, and of second copies.

    `output` is the embedding where a model uses the same numbers for both; a graphics card then
    gets a copy of its own.
    """

    layer: int = 0
    output: int = 0
    repacked: int = 0


def weigh(tensors: Iterable[Tensor], machine: str = "") -> Weights:
    """Look at the tensors of a model. `machine` is as `platform.machine()` has it."""
    arm = (machine or platform.machine()).lower() in {"aarch64", "arm64"}
    kinds = _REPACKED_ARM if arm else _REPACKED_X86
    layers: dict[str, int] = {}
    looked_up = output = repacked = 0
    for tensor in tensors:
        match = _LAYER.match(tensor.name)
        if match:
            layers[match[1]] = layers.get(match[1], 0) + tensor.size
        if tensor.name == _LOOKED_UP:
            looked_up = tensor.size
            continue
        if tensor.name == _OUTPUT:
            output = tensor.size
        if tensor.kind in kinds and tensor.rows % _ROWS == 0:
            repacked += tensor.size
    return Weights(max(layers.values(), default=0), output or looked_up, repacked)
