"""What is said when the engine's process keeps ending: the likely cause, and the way out."""

import re

#: Signals of a process that did what the processor cannot, or found its own data broken.
_BROKEN = re.compile(r"SIG(SEGV|ILL|BUS|FPE|ABRT|TRAP)|status -?(6|11|3221225\d+)\b")
_MEMORY = re.compile(
    r"SIGKILL|out of memory|failed to allocate|cannot allocate|bad_alloc|unable to allocate",
    re.IGNORECASE,
)


def way_out(reason: str) -> str:
    """The likely cause of a death and what to change, as the end of a sentence.

    `reason` is how the process ended and the last line that it said.
    """
    if _MEMORY.search(reason):
        return (
            "The likeliest cause is too little memory: make `window` in the settings smaller, "
            "choose a smaller model, or close other programs"
        )
    if _BROKEN.search(reason):
        return (
            "The likeliest cause is a broken model file, or a build of llama.cpp that does not "
            "suit this machine: `rlm-desktop doctor` tells which, and `rlm-desktop models check` "
            "looks at the file"
        )
    return (
        "The cause is not plain from that: `rlm-desktop doctor` tells what works here, and a "
        "smaller model or a smaller `window` in the settings needs less memory"
    )
