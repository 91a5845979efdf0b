"""Filters of system calls, written as BPF by hand.

`ctypes` and the standard library only: this is loaded next to untrusted code, and the packages
for it are stale. A filter holds for all threads of the process and can never be taken off.
Numbers are from the kernel's asm/unistd_64.h (x86-64) and asm-generic/unistd.h (aarch64).
"""

import ctypes
import errno
from dataclasses import dataclass

from rlm_desktop.jail.base import JailError

# <linux/bpf_common.h>, <linux/seccomp.h>
_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_IF_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_IF_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_IF_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

_KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000
_ALLOW = 0x7FFF0000

_SET_MODE_FILTER = 1
_FLAG_TSYNC = 1

# Offsets into struct seccomp_data; the arguments are 64 bit, and both processors little-endian.
_NUMBER = 0
_ARCHITECTURE = 4
_ARGUMENTS = 16

_X32_BIT = 0x40000000
_PROT_EXEC = 4
_AF_UNIX = 1

_Instruction = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Processor:
    """The numbers that differ from one processor to the next."""

    audit_architecture: int
    calls: dict[str, int]


_SHARED_CALLS = {"io_uring_setup": 425, "clone3": 435, "landlock_create_ruleset": 444}

_X86_64 = Processor(
    0xC000003E,
    _SHARED_CALLS
    | {
        "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "mmap": 9,
        "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigprocmask": 14, "rt_sigreturn": 15,
        "pread64": 17, "readv": 19, "writev": 20, "select": 23, "sched_yield": 24, "mremap": 25,
        "madvise": 28, "nanosleep": 35, "getpid": 39, "socket": 41, "socketpair": 53, "exit": 60,
        "uname": 63, "gettimeofday": 96, "getrusage": 98, "sysinfo": 99, "times": 100,
        "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108, "getppid": 110,
        "sigaltstack": 131, "gettid": 186, "time": 201, "futex": 202, "sched_getaffinity": 204,
        "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230,
        "exit_group": 231, "pselect6": 270, "ppoll": 271, "seccomp": 317, "getrandom": 318,
        "membarrier": 324, "rseq": 334,
    },
)  # fmt: skip

_AARCH64 = Processor(
    0xC00000B7,
    _SHARED_CALLS
    | {
        "lseek": 62, "close": 57, "read": 63, "write": 64, "readv": 65, "writev": 66,
        "pread64": 67, "pselect6": 72, "ppoll": 73, "fstat": 80, "exit": 93, "exit_group": 94,
        "futex": 98, "nanosleep": 101, "clock_gettime": 113, "clock_getres": 114,
        "clock_nanosleep": 115, "sched_getaffinity": 123, "sched_yield": 124,
        "restart_syscall": 128, "sigaltstack": 132, "rt_sigprocmask": 135, "rt_sigreturn": 139,
        "times": 153, "uname": 160, "getrusage": 165, "gettimeofday": 169, "getpid": 172,
        "getppid": 173, "getuid": 174, "geteuid": 175, "getgid": 176, "getegid": 177,
        "gettid": 178, "sysinfo": 179, "socket": 198, "socketpair": 199, "brk": 214,
        "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233,
        "seccomp": 277, "getrandom": 278, "membarrier": 283, "rseq": 293,
    },
)  # fmt: skip

PROCESSORS = {"x86_64": _X86_64, "aarch64": _AARCH64}

#: Calls that the allow-list treats in a way of their own, and those only the other filter names.
_NOT_SIMPLY_ALLOWED = {
    "mmap", "mprotect", "clone3", "socket", "socketpair", "io_uring_setup", "seccomp",
    "landlock_create_ruleset",
}  # fmt: skip


def allow_only_computing(processor: Processor) -> list[_Instruction]:
    """A filter that leaves what an interpreter needs to compute, and refuses the rest.

    Refused calls fail with EPERM, which Python shows as a readable PermissionError. `clone3`
    says ENOSYS, so that libc falls back to `clone`, and its error is "can't start new thread".
    """
    calls = processor.calls
    program = _prologue(processor)
    program += _answer(calls["clone3"], _ERRNO | errno.ENOSYS)
    for name in ("mmap", "mprotect"):  # no page may become code
        program += [
            (_IF_EQUAL, 0, 4, calls[name]),
            (_LOAD, 0, 0, _ARGUMENTS + 8 * 2),
            (_IF_ANY_BIT, 0, 1, _PROT_EXEC),
            (_RETURN, 0, 0, _ERRNO | errno.EPERM),
            (_RETURN, 0, 0, _ALLOW),
        ]
    for name, number in calls.items():
        if name not in _NOT_SIMPLY_ALLOWED:
            program += _answer(number, _ALLOW)
    program.append((_RETURN, 0, 0, _ERRNO | errno.EPERM))
    return program


def refuse_sockets(processor: Processor) -> list[_Instruction]:
    """A filter that refuses every socket but those of AF_UNIX, and allows the rest.

    Without a socket there is nothing to connect, bind or send through. io_uring makes sockets
    past any filter, so it is refused too.
    """
    calls = processor.calls
    program = _prologue(processor)
    program += _answer(calls["io_uring_setup"], _ERRNO | errno.EPERM)
    for name in ("socket", "socketpair"):
        program += [
            (_IF_EQUAL, 0, 4, calls[name]),
            (_LOAD, 0, 0, _ARGUMENTS),
            (_IF_EQUAL, 1, 0, _AF_UNIX),
            (_RETURN, 0, 0, _ERRNO | errno.EPERM),
            (_RETURN, 0, 0, _ALLOW),
        ]
    program.append((_RETURN, 0, 0, _ALLOW))
    return program


def _prologue(processor: Processor) -> list[_Instruction]:
    """Kill what calls by the numbers of another architecture; leave the number loaded."""
    program: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, processor.audit_architecture),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if processor is _X86_64:
        program += [(_IF_AT_LEAST, 0, 1, _X32_BIT), (_RETURN, 0, 0, _KILL_PROCESS)]
    return program


def _answer(number: int, action: int) -> list[_Instruction]:
    return [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, action)]


class _SockFilter(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jt", ctypes.c_uint8),
        ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _SockProgram(ctypes.Structure):
    _fields_ = (("len", ctypes.c_uint16), ("filter", ctypes.POINTER(_SockFilter)))


def install(processor: Processor, program: list[_Instruction]) -> None:
    """Put a filter on all threads of this process. Needs no_new_privs. Raises JailError."""
    filters = (_SockFilter * len(program))(*(_SockFilter(*step) for step in program))
    packed = _SockProgram(len(program), filters)
    libc = ctypes.CDLL(None, use_errno=True)
    number = ctypes.c_long(processor.calls["seccomp"])
    status = libc.syscall(
        number, ctypes.c_long(_SET_MODE_FILTER), ctypes.c_long(_FLAG_TSYNC), ctypes.byref(packed)
    )
    if status > 0:
        raise JailError(f"seccomp cannot hold thread {status}")
    if status < 0:
        raise JailError(ctypes.get_errno(), "this kernel refuses a seccomp filter")
