"""The labels that a text can be given."""

from collections.abc import Sequence


def checked_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels, if a model can choose among them.

    Raises ValueError if there is none, or one is empty or there twice; the message says which.
    """
    if not labels:
        raise ValueError("there are no labels to choose from: give at least one")
    for number, label in enumerate(labels):
        if not label.strip():
            raise ValueError(f"label number {number + 1} is empty")
        if label in labels[:number]:
            raise ValueError(f"the label {label!r} is there twice")
    return tuple(labels)
