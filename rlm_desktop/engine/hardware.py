"""The machine, as far as it matters to a language model."""

import time
from dataclasses import dataclass

import psutil

from rlm_desktop.engine.frames import Describe, Described, Device, answer_from, to_wire
from rlm_desktop.errors import EngineDied, EngineError
from rlm_desktop.ipc.child_process import ChildProcess

#: Up to so many cores the model gets all of them; above, one is left for the window.
_FEW_CORES = 4
#: Drivers of graphics cards take their time to wake up.
_DESCRIBE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Hardware:
    """Cores, memory in bytes, and what llama.cpp can compute on.

    `threads` is how many the engine uses if it is not told otherwise.
    """

    cores: int
    threads: int
    memory_total: int
    memory_available: int
    devices: tuple[Device, ...]


def physical_cores() -> int:
    """Cores that compute on their own; those that two threads share count once."""
    return psutil.cpu_count(logical=False) or psutil.cpu_count() or 1


def good_threads(cores: int | None = None) -> int:
    """How many threads a model should use: the physical cores, less one when there are many.

    More are slower: the cores wait for each other after each step, and for whatever else runs.
    """
    cores = physical_cores() if cores is None else cores
    return cores if cores <= _FEW_CORES else cores - 1


def describe() -> Hardware:
    """Look at this machine. Takes about a second: it asks a process that has llama.cpp.

    Raises EngineError if that process cannot start.
    """
    memory = psutil.virtual_memory()
    cores = physical_cores()
    return Hardware(cores, good_threads(cores), memory.total, memory.available, _devices())


def _devices() -> tuple[Device, ...]:
    child = ChildProcess("engine", died=EngineDied)
    try:
        child.send(to_wire(Describe(1)))
        answer = answer_from(child.receive(None, time.monotonic() + _DESCRIBE_SECONDS))
    except (EngineDied, TimeoutError, ValueError) as error:
        tail = child.stderr_tail.strip().splitlines()[-1:]
        raise EngineError(f"the engine does not start: {error}. {' '.join(tail)}") from error
    finally:
        child.kill()
    if not isinstance(answer, Described):
        raise EngineError(f"the engine cannot tell its devices: {answer}")
    return answer.devices
