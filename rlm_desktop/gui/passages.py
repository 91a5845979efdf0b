"""Where the passage of an answer stands in the text that is open now."""

from dataclasses import dataclass

from rlm_desktop.documents.collection import Collection
from rlm_desktop.runs.events import Evidence

#: Characters shown before and after a passage.
AROUND = 2_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with the text around it."""

    evidence: Evidence
    before: str
    text: str
    after: str


def find_passage(collection: Collection, evidence: Evidence) -> Passage | None:
    """The passage in an open collection; None if its document is not there, or not as it was.

    Raises DocumentError if a document changes under our hands.
    """
    for index, document in enumerate(collection.documents):
        if document.name != evidence.document:
            continue
        first, last = collection.document_span(index)
        start, end = first + evidence.start, first + evidence.end
        if end > last or collection.text(start, end) != evidence.quote:
            return None
        return Passage(
            evidence,
            collection.text(max(first, start - AROUND), start),
            evidence.quote,
            collection.text(end, min(last, end + AROUND)),
        )
    return None
