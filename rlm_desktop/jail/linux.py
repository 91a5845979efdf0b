"""The jail on Linux: a process locks itself in, for good.

Nothing here needs rights, a setuid helper or an AppArmor profile. Seccomp is the wall that must
hold; the rest stands behind it and is put up where the kernel allows. `trial` proves that it
holds, from inside.
"""

import ctypes
import os
import platform
import signal
import sys

from rlm_desktop.jail import landlock, seccomp
from rlm_desktop.jail.base import Held, JailError, JailLimits

# <linux/prctl.h>, <linux/sched.h>
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWNS = 0x00020000
_CLONE_NEWIPC = 0x08000000
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000

_SYSTEMS = {"darwin": "macOS", "win32": "Windows"}


def unsupported() -> str | None:
    """Why there is no jail for this system or processor, in words, or None if there is one."""
    if sys.platform != "linux":
        system = _SYSTEMS.get(sys.platform, sys.platform)
        return f"the sandbox works on Linux only so far (this is {system})"
    machine = platform.machine()
    if machine not in seccomp.PROCESSORS or sys.maxsize < 2**32:
        known = " and ".join(seccomp.PROCESSORS)
        return f"the sandbox works on {known} only so far (this is {machine})"
    return None


def lock(limits: JailLimits) -> Held:
    """Lock this process in: from here on it can compute, and use what it has open.

    Import, open and map everything first. The process ends with the thread of the parent that
    started it. Raises JailError if seccomp cannot be applied; whoever called must end then.
    """
    processor = _processor()
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getppid()
    _prctl(libc, _PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise JailError("the parent process is gone")
    _prctl(libc, _PR_SET_DUMPABLE, 0)
    _prctl(libc, _PR_SET_NO_NEW_PRIVS, 1)
    namespaces = _CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWNS
    unshared = libc.unshare(ctypes.c_int(namespaces)) == 0
    _set_limits(limits)
    landlocked = landlock.refuse_everything()
    seccomp.install(processor, seccomp.allow_only_computing(processor))
    return Held(landlock=landlocked, namespaces=unshared)


def deny_network() -> bool:
    """Refuse this process, its threads and its children every socket but AF_UNIX, for good.

    A weaker filter, for a process that needs files, devices and threads but no network. Says
    whether it holds, by trying; False where there is no seccomp.
    """
    if unsupported() is not None:
        return False
    import socket  # here, so that no jailed child has it loaded

    processor = _processor()
    try:
        _prctl(ctypes.CDLL(None, use_errno=True), _PR_SET_NO_NEW_PRIVS, 1)
        seccomp.install(processor, seccomp.refuse_sockets(processor))
    except JailError:
        return False
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
    except PermissionError:
        return True
    return False


def _processor() -> seccomp.Processor:
    reason = unsupported()
    if reason is not None:
        raise JailError(reason)
    return seccomp.PROCESSORS[platform.machine()]


def _prctl(libc: ctypes.CDLL, option: int, value: int) -> None:
    arguments = [ctypes.c_ulong(number) for number in (value, 0, 0, 0)]
    if libc.prctl(ctypes.c_int(option), *arguments) != 0:
        raise JailError(ctypes.get_errno(), f"prctl {option} was refused")


def _set_limits(limits: JailLimits) -> None:
    import resource  # here: the module is not on every system

    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_NPROC: 0,
    }
    if limits.cpu_seconds is not None:
        wanted[resource.RLIMIT_CPU] = limits.cpu_seconds
    for which, value in wanted.items():
        _, hard = resource.getrlimit(which)
        # A lower limit that somebody else set stays.
        highest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (highest, highest))
