"""What every jail has in common: how much it leaves a process, and how it says that it failed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JailLimits:
    """What a jailed process may use up.

    `memory_bytes` is address space, mapped files included. `cpu_seconds` of None is no limit.
    `file_bytes` is how long a file that is already open for writing may grow. `open_files` is
    the highest number of descriptors; those open already stay open.
    """

    memory_bytes: int
    cpu_seconds: int | None = None
    file_bytes: int = 0
    open_files: int = 16


@dataclass(frozen=True, slots=True)
class Held:
    """Which of the walls that not every kernel has are up, besides the ones that must be."""

    landlock: bool
    namespaces: bool


class JailError(OSError):
    """The jail cannot be applied. Whoever gets this must not go on to untrusted work."""
