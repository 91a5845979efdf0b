"""What is done when the model has searched for words, and says that nothing is there.

An answer often stands in other words than its question. So before "not found" is believed, the
passages that hold the most words of the question are read. The loop runs that program itself: a
1.5B model that was shown it, and asked to write it, said "not found" again six times out of six.
"""

from rlm_desktop.documents.passages import words_of
from rlm_desktop.runs import guards
from rlm_desktop.runs.questions import asked_for


def program_for(question: str, answer: str, *, asked_model: bool) -> str | None:
    """What to run before a "not found" is believed; None if passages were read already."""
    asked = asked_for(question)
    if asked_model or not guards.is_not_found(answer) or not words_of(asked):
        return None
    return f"final(look_up({asked!r}))"
