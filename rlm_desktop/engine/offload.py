"""How many layers of a model go to a graphics card, and what to do when it refuses them.

How much room a card has is known only roughly: other programs use it, drivers keep a share, and
some kinds of memory cannot be asked about. So the number is estimated, tried, and made smaller as
long as the load fails, down to none. Nothing of this is silent: see `notice`.

llama.cpp counts the layers from the end: the first to move is the one that scores the words, and
a model of 24 blocks has 25 layers in this count.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from rlm_desktop.engine.frames import Device
from rlm_desktop.errors import ModelError

#: What a driver, the screen and llama.cpp's kernels need beside the model. llama.cpp's own tools
#: leave the same: a gigabyte (`--fit-target 1024`), or a tenth of a small card.
_MARGIN_BYTES = 1 << 30
_MARGIN_SHARE = 10
#: A failed load costs seconds to a minute, so few numbers are tried: quarters of the first.
_PARTS = 4


def room(devices: Iterable[Device]) -> int:
    """How many bytes of the largest graphics card a model may use; 0 without one.

    Of several cards llama.cpp uses all; the largest alone is on the safe side.
    """
    free = max((device.memory_free for device in devices if device.is_gpu), default=0)
    return free - min(_MARGIN_BYTES, free // _MARGIN_SHARE)


def has_gpu(devices: Iterable[Device]) -> bool:
    """Whether one of the devices takes layers."""
    return any(device.is_gpu for device in devices)


def estimated(gpu_bytes: Sequence[int], free_bytes: int) -> int:
    """The most layers that fit, of a model that needs `gpu_bytes[n]` for n layers on a card."""
    return max(0, bisect_right(gpu_bytes, free_bytes) - 1)


def first_try(wanted: int, gpu_bytes: Sequence[int], devices: Sequence[Device]) -> int:
    """How many layers to try first. `wanted` is the user's number; -1 means as many as fit.

    A number that the user chose is tried as it is. All are tried on a card that does not say what
    is free, and for a model whose needs are unknown (`gpu_bytes` is empty; then -1 comes back,
    llama.cpp's word for all).
    """
    if not has_gpu(devices):
        return 0
    layers = len(gpu_bytes) - 1
    if wanted >= 0:
        return wanted if layers < 0 else min(wanted, layers)
    free = room(devices)
    return layers if free == 0 or layers < 0 else estimated(gpu_bytes, free)


def tries(first: int, layers: int) -> Iterator[int]:
    """The numbers of layers to try, one after the other as long as loads fail; at last 0.

    `layers` is how many the model has, which is where to go on from if `first` is all (-1).

    >>> list(tries(24, 25))
    [24, 18, 12, 6, 0]
    """
    yield first
    most = layers if first < 0 else first
    last = first
    for part in reversed(range(_PARTS)):
        fewer = most * part // _PARTS
        if fewer != last:
            yield fewer
        last = fewer


def cause_of(error: ModelError) -> str:
    """Why a load failed, without the name of the model and the way out."""
    message = str(error)
    return (message.partition(": ")[2] or message).partition("; ")[0]


def notice(wanted: int, used: int, gpu_bytes: Sequence[int], cause: str, *, gpu: bool) -> str:
    """A sentence for the user when fewer layers are on a card than were wanted, or empty.

    `cause` is why a load failed; empty if none did. `gpu` says whether there is a card at all.
    """
    layers = max(0, len(gpu_bytes) - 1)
    asked = wanted if 0 <= wanted < layers or not layers else layers
    if used < 0 or used >= asked > 0 or wanted == 0 or (wanted < 0 and not gpu):
        return ""
    if not gpu:
        return (
            "this build of llama.cpp finds no graphics card, so the processor computes: see"
            " packaging/build_gpu.py, or set gpu_layers to 0"
        )
    if used:
        where = f"{used} of {layers or wanted} layers are on the graphics card"
    else:
        where = "no layer is on the graphics card, so the processor computes"
    if cause:
        return f"{where}: it refused more ({cause}); the setting is gpu_layers"
    return f"{where}: that is what its free memory has room for; the setting is gpu_layers"
