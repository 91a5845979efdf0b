"""What the model sees of a program's output."""

#: Systems tuned for small windows show 1,800 to 2,000 characters; one turn of the 10,000 to
#: 20,000 that are usual with large models would fill half of a small model's window.
SHOWN_CHARS = 1800


def shown(output: str, limit: int = SHOWN_CHARS) -> str:
    """The head and the tail of an output, with its true length if something is left out."""
    if len(output) <= limit:
        return output
    head, tail = output[: limit * 2 // 3], output[-limit // 3 :]
    left_out = len(output) - len(head) - len(tail)
    return f"{head}\n[... {left_out:,} of {len(output):,} characters left out ...]\n{tail}"
