"""Tries, from inside, what a jailed process must not be able to do.

A jail is not believed because it was applied without an error: it is believed because the
attempt to get out was refused by the kernel.
"""

import _socket
import ctypes
import os
from collections.abc import Callable
from pathlib import Path


def breaches() -> list[str]:
    """What this process could still do, in words; empty if the jail holds."""
    attempts: dict[str, Callable[[], bool]] = {
        "open a file": _opens,
        "ask about a file": _asks,
        "create a network socket": lambda: _makes_socket(_socket.AF_INET),
        "create a local socket": lambda: _makes_socket(_socket.AF_UNIX),
        "start a process": _forks,
        "replace itself by another program": _executes,
        "make memory executable": _maps_code,
    }
    return [words for words, succeeds in attempts.items() if succeeds()]


def _opens() -> bool:
    try:
        os.close(os.open("/", os.O_RDONLY))
    except OSError:
        return False
    return True


def _asks() -> bool:
    try:
        Path("/").stat()
    except OSError:
        return False
    return True


def _makes_socket(family: int) -> bool:
    try:
        _socket.socket(family, _socket.SOCK_STREAM).close()
    except OSError:
        return False
    return True


def _forks() -> bool:
    try:
        child = os.fork()
    except OSError:
        return False
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _executes() -> bool:
    """Tell by the error whether the kernel looked for the program at all."""
    try:
        os.execv("/nonexistent/program", ["program"])  # noqa: S606
    except PermissionError:
        return False
    except OSError:
        return True


def _maps_code() -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    size = ctypes.c_size_t(4096)
    private_anonymous, read_write_execute = 0x22, 7
    address = libc.mmap(
        None, size, read_write_execute, private_anonymous, ctypes.c_int(-1), ctypes.c_long(0)
    )
    if address in (None, ctypes.c_void_p(-1).value):
        return False
    libc.munmap(ctypes.c_void_p(address), size)
    return True
