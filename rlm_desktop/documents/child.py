"""The child process that takes documents apart: it opens one file, locks itself in, and reads.

No library for documents is safe in the process of the user's window: a PDF of 974 bytes makes
PDFium take all memory and abort. Here it has a gigabyte, a minute, and nothing it could reach.
"""

import hashlib
import mmap
from pathlib import Path

# Before the lock, since nothing can be loaded after it.
from rlm_desktop.documents import pdf_pages, pdf_picture
from rlm_desktop.ipc import wire
from rlm_desktop.ipc.child_side import take_channel
from rlm_desktop.jail import linux
from rlm_desktop.jail.base import JailError, JailLimits


def main() -> None:
    """Read the PDF that the parent names, and say its pages, or draw the one it wants."""
    incoming, outgoing = take_channel()
    order = wire.receive(incoming)
    if order is None:
        return
    with Path(order["path"]).open("rb") as file:
        # Private and writable, since ctypes takes no read-only memory.
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    # Said while nothing of the file was looked at, so that the parent can rely on it.
    wire.send(outgoing, {"say": "opened", "sha256": hashlib.sha256(mapped).hexdigest()})
    try:
        memory_bytes = order["memory_bytes"] + len(mapped)
        linux.lock(JailLimits(memory_bytes, order["cpu_seconds"]))
    except JailError as error:
        wire.send(outgoing, {"say": "unjailed", "reason": str(error)})
        return
    page = order.get("page")
    told = (
        pdf_pages.messages(mapped)
        if page is None
        else pdf_picture.messages(mapped, page, order["width"], order["quotes"])
    )
    for message in told:
        wire.send(outgoing, message)
