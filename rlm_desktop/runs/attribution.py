"""Whether it is somebody else who says what an answer tells of a person.

In a talk people speak of themselves: "I keep it in the barn" is told of who says it. A small
model asked where Ann keeps it answers "in the barn" though Ben said so, and finds that stated.
Code can tell: of the 13 questions about chats of two people that were looked at, the sentence of
another one shared more than twice as much with question and answer in the 3 that were made to
mislead, and at most as much in the 10 others.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from rlm_desktop.documents.passages import stem, words_of
from rlm_desktop.documents.talk import TalkForm, talk_in

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_OF_THE_OTHER = re.compile(r"\byou(r|rs|'re|'ve)?\b", re.IGNORECASE)
_OF_SELF = re.compile(r"\b(?:I|me|my|mine|we|us|our)\b")
#: How much more the sentence of another one must share.
_CLEARLY = 1.7


def said_by_another(question: str, answer: str, passages: Sequence[str]) -> str | None:
    """Who says of himself what the question asks of somebody else; None if nobody does.

    None too where the passages are no talk, or the question names not just one of who speaks.
    """
    talk = talk_in((line for passage in passages for line in passage.splitlines()), "text")
    if talk is None:
        return None
    said = [turn for passage in passages for turn in _turns(passage, talk[0])]
    speakers = {speaker for speaker, _ in said}
    asked_of = [name for name in speakers if re.search(rf"\b{re.escape(name)}\b", question)]
    if len(asked_of) != 1:
        return None
    (person,) = asked_of
    sentences = [
        (speaker, sentence)
        for speaker, words in said
        for sentence in _SENTENCE.split(words)
        if not sentence.rstrip().endswith("?")
    ]
    often = Counter(word for _, sentence in sentences for word in _stems(sentence))
    wanted = _stems(f"{question} {answer}") - {stem(name.casefold()) for name in speakers}

    def shared(sentence: str) -> float:
        """Words in common, the rarer the more."""
        return sum(math.log(1 + len(sentences) / often[word]) for word in _stems(sentence) & wanted)

    # "You must love having them" is told of the other one.
    of_himself = (
        text
        for speaker, text in sentences
        if speaker == person and (_OF_SELF.search(text) or not _OF_THE_OTHER.search(text))
    )
    own = max(map(shared, of_himself), default=0.0)
    others = [(shared(text), speaker, text) for speaker, text in sentences if speaker != person]
    most, speaker, text = max(others, default=(0.0, "", ""))
    if most < _CLEARLY * max(own, 1.0) or _OF_THE_OTHER.search(text):
        return None
    return speaker


def _turns(passage: str, form: TalkForm) -> list[tuple[str, str]]:
    """Who says what in a passage; what stands before the first speaker is nobody's."""
    turns: list[tuple[str, str]] = []
    for line in passage.splitlines():
        begun = form.begins(line)
        if begun is not None:
            turns.append((line[slice(*begun.name)], line[begun.words :]))
        elif turns:
            speaker, words = turns[-1]
            turns[-1] = (speaker, f"{words}\n{line}")
    return turns


def _stems(text: str) -> set[str]:
    return {stem(word.casefold()) for word in words_of(text)}
