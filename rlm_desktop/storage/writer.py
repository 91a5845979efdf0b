"""Which process makes a run, so that others can tell whether it still does.

A process is known by its number and the time it began: numbers are given again, soon after a
restart of the machine even likely so.
"""

import os
from dataclasses import dataclass

import psutil

#: Seconds by which two readings of the beginning of one process may differ: Linux counts it from
#: the start of the machine, and the clock may be set in between.
_TOLERANCE = 10.0


@dataclass(frozen=True, slots=True)
class Writer:
    """A process that makes runs; `started` is in seconds since 1970."""

    pid: int
    started: float


def this_process() -> Writer:
    return Writer(os.getpid(), psutil.Process().create_time())


def is_alive(writer: Writer) -> bool:
    """Whether that very process is still there."""
    try:
        process = psutil.Process(writer.pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return abs(process.create_time() - writer.started) < _TOLERANCE
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
