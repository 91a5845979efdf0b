"""Landlock with no rules: every path on the disk and every TCP port is refused.

The second wall, behind seccomp. Kernels have it from 5.13 on, if it is switched on; with
everything refused, the oldest version does as well as the newest.
"""

import ctypes

_CREATE_RULESET = 444  # the same numbers on every processor
_RESTRICT_SELF = 446
_ASK_VERSION = 1

#: The highest right on files that each version of the interface knows (<linux/landlock.h>).
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NET_RIGHTS = 0b11  # bind and connect of TCP, from version 4
_SCOPES = 0b11  # abstract UNIX sockets and signals, from version 6


class _Attributes(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def refuse_everything() -> bool:
    """Refuse this thread all files and ports; say whether the kernel did it."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(ctypes.c_long(_CREATE_RULESET), None, ctypes.c_size_t(0), _ASK_VERSION)
    if version < 1:
        return False
    attributes = _Attributes((1 << _FILE_RIGHTS.get(version, 16)) - 1, 0, 0)
    size = 8
    if version >= 4:
        attributes.handled_access_net = _NET_RIGHTS
        size = 16
    if version >= 6:
        attributes.scoped = _SCOPES
        size = 24
    ruleset = libc.syscall(
        ctypes.c_long(_CREATE_RULESET), ctypes.byref(attributes), ctypes.c_size_t(size), 0
    )
    if ruleset < 0:
        return False
    status = libc.syscall(ctypes.c_long(_RESTRICT_SELF), ctypes.c_int(ruleset), 0)
    libc.close(ruleset)
    return bool(status == 0)
