"""What the model is told, below the output of its program, of the answers that program got."""

from collections.abc import Sequence

from rlm_desktop.runs.flat_calls import Answered
from rlm_desktop.sandbox.base import AskKind


class Remarks:
    """Counts what is worth a remark in one program."""

    def __init__(self) -> None:
        self._labels = 0
        self._close = 0
        self._unread = 0
        self._forms = 0
        self._broken = 0

    def note(self, kind: AskKind, answers: Sequence[Answered]) -> None:
        """Take note of the answers to one request of the program."""
        if kind is AskKind.CLASSIFY:
            self._labels += len(answers)
            self._close += sum(answer.close for answer in answers)
            self._unread += sum(answer.unread for answer in answers)
        if kind is AskKind.FIELDS:
            self._forms += len(answers)
            self._broken += sum(answer.broken for answer in answers)

    @property
    def of_unread(self) -> str:
        """What is to be known of labels that are guesses; empty if none is."""
        if not self._unread:
            return ""
        return (
            f"({self._labels - self._unread:,} of {self._labels:,} pieces were read; there is no "
            "time for more, so the others got the label of those that they are most like)"
        )

    @property
    def sentences(self) -> list[str]:
        """The remarks; none if all went well."""
        told = [self.of_unread] if self._unread else []
        if self._close:
            calls = "was a close call" if self._close == 1 else "were close calls"
            told.append(
                f"({self._close:,} of {self._labels:,} labels {calls}: the list close_calls holds "
                "the items)"
            )
        if self._broken:
            told.append(
                f"({self._broken:,} of {self._forms:,} pieces got no whole reply: their fields are "
                "None; ask for fewer fields or cut the pieces smaller)"
            )
        return told
