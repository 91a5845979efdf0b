"""Which questions are answered directly, from all of a short text in one call."""

import re

from rlm_desktop.documents.collection import Collection
from rlm_desktop.runs.replies import Replies

#: Below this a plain call is as good or better than a loop (the paper's Observation 3 says 2^14
#: tokens for large models); with a small model on a CPU it is also the time of one turn.
_DIRECT_TOKENS = 3000
_COUNTING = re.compile(
    r"\b(how (many|often|much)|count|number of|total|sum|average|mean|median|most|least|"
    r"largest|smallest|highest|lowest|list|every|rank|percentage|share)\b",
    re.IGNORECASE,
)


def is_short(question: str, collection: Collection, replies: Replies) -> bool:
    """Whether the text can be read whole in one call, and the question is not one for code."""
    most = min(_DIRECT_TOKENS, replies.window // 2)
    if _COUNTING.search(question) or len(collection) > most * 6:
        return False
    return replies.tokens_of(collection.text(0, len(collection))) <= most
