"""What is done when the model has searched for words, and says that nothing is there.

An answer often stands in other words than its question. So before "not found" is believed, the
passages that hold the most words of the question are read. The loop runs that program itself: a
1.5B model that was shown it, and asked to write it, said "not found" again six times out of six.
"""

import re

from rlm_desktop.runs import guards, prompts

_MOST_WORDS = 7
_PIECES = 5
#: Where a question turns to the form of its answer.
_FORM = re.compile(r"\b(?:Reply|Answer|Respond|Give only|If the (?:file|text|document))\b")
_WORD = re.compile(r"[^\W\d_][\w'-]{3,}")
_COMMON = {
    "about", "according", "does", "document", "file", "from", "have", "into", "many", "mention",
    "mentioned", "mentions", "much", "name", "named", "only", "said", "says", "text", "than",
    "that", "their", "them", "then", "there", "they", "this", "were", "what", "when", "where",
    "which", "whom", "whose", "will", "with", "would",
}  # fmt: skip


def program_to_read(question: str) -> str | None:
    """A program that asks the question of the passages that fit it best; None without words."""
    asked = _FORM.split(" ".join(question.split()))[0].strip()
    words = telling_words(asked)
    if not words:
        return None
    return (
        f"hits = find({', '.join(map(repr, words))})\n"
        f"pieces = [context[max(0, hit.start - 600):hit.start + 900] for hit in hits[:{_PIECES}]]\n"
        f"answers = ask_all({asked!r}, pieces) if pieces else []\n"
        f"found = [answer for answer in answers if {prompts.NOT_HERE!r} not in answer]\n"
        "print(found)"
    )


def telling_words(question: str) -> list[str]:
    """The words by which a passage may be found, at most seven: names first, then the others."""
    words = dict.fromkeys(_WORD.findall(question))
    telling = [word for word in words if word.casefold() not in _COMMON]
    return sorted(telling, key=lambda word: not word[0].isupper())[:_MOST_WORDS]


def program_for(question: str, answer: str, *, asked_model: bool) -> str | None:
    """What to run before a "not found" is believed; None if passages were read already."""
    if asked_model or not guards.is_not_found(answer):
        return None
    return program_to_read(question)


ADVICE = (
    "A search for words has not found it, so the passages that fit best were read; `found` holds "
    "what they say, as printed above. If the first one answers the question, write "
    'final(found[0]). If there is none, call final("NOT FOUND").'
)
