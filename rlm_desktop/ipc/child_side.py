"""The channel to the parent, seen from the child."""

import os
from typing import BinaryIO


def take_channel() -> tuple[BinaryIO, BinaryIO]:
    """Take stdin and stdout for the wire: what comes in, what goes out.

    Afterwards descriptor 0 is empty and 1 is stderr, so that nothing that prints, not even C
    code, can land in the protocol.
    """
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing
