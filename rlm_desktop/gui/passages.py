"""Where the passage of an answer stands in the text that is open now."""

from dataclasses import dataclass

from rlm_desktop.documents.collection import Collection
from rlm_desktop.runs.events import Evidence

#: Characters shown before and after a passage, and of the passage itself.
AROUND = 2_000
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with the text around it."""

    evidence: Evidence
    before: str
    text: str
    after: str


def find_passage(collection: Collection, evidence: Evidence) -> Passage | None:
    """The passage in an open collection; None if its document is not there, or not as it was."""
    position = 0
    for part, document in zip(collection.parts, collection.documents, strict=True):
        position += len(part.header)
        if document.name == evidence.document:
            start = position + evidence.start
            end = min(position + evidence.end, start + _LONGEST)
            text = collection.text(start, end)
            if not text.startswith(evidence.quote[:_LONGEST]) and evidence.quote != text:
                return None
            last = position + part.chars
            return Passage(
                evidence,
                collection.text(max(position, start - AROUND), start),
                text,
                collection.text(end, min(last, end + AROUND)),
            )
        position += part.chars
    return None
