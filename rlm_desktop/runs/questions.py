"""What a question says besides what it asks: the form of its answer, and what if there is none."""

import re
from collections.abc import Sequence

#: Where a question turns to the form of its answer.
_FORM = re.compile(
    r"\b(?:Reply|Answer|Respond|Give (?:only|the answer|a response)|Please (?:state|answer|reply)"
    r"|If the (?:file|text|document))\b"
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
#: What only says how the text is made: "The file is a source tree joined into one text".
_ABOUT_THE_TEXT = re.compile(
    r"(?:The|This|These) (?:file|text|document|log|mailbox|archive|book|folder)s?"
    r" (?:is|are|holds?|contains?|has|have|consists?)\b"
    r"|(?:Each|Every) (?:line|record|file|row|paragraph|message|entry|page)\b"
)
_WAY_OUT = re.compile(
    r"\bIf (?:the|it|there|this|that)\b[^.:?!]*[.:,]?[^.?!]*\bNOT[ _]FOUND\b\W*", re.IGNORECASE
)
_NUMBER_ONLY = re.compile(r"\b(?:number only|(?:only|just) (?:the|a) number)\b", re.IGNORECASE)
_NAME_ONLY = re.compile(
    r"\b(?:name|path|nick|title)s? only\b|\bonly (?:the|a) (?:\w+ )?name\b", re.IGNORECASE
)
_MARKED = re.compile(r"`([^`\n]{1,200})`")
#: A word with a capital that begins no sentence and no quotation, or one of letters and digits.
_NAME = re.compile(
    r"(?<![.?!:] )(?<!^)(?<![\w'\"\u201c])"
    r"(?:[A-Z][\w'\u2019-]{2,}|(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{3,})(?<!['\u2019])"
)
_NUMBER = re.compile(r"(?<![\w.,])[-\u2212]?\d+(?:[.,]\d+)*(?![\w])")


def asked_for(question: str) -> str:
    """A question without what it says of the form of the answer; all of it if nothing is left."""
    plain = " ".join(question.split())
    return _FORM.split(plain)[0].rstrip(" (") or plain


def without_way_out(question: str) -> str:
    """A question without what to reply where the text does not hold the answer.

    Whether it does is scored apart (see `look_up`).
    """
    return _WAY_OUT.sub("", question).strip() or question


def without_description(question: str) -> str:
    """A question without the sentences before it that only say how the text is made.

    Their words stand all over the text, or nowhere in it.
    """
    sentences = _SENTENCE.split(question.strip())
    kept = [each for each in sentences[:-1] if not _ABOUT_THE_TEXT.match(each)]
    return " ".join([*kept, sentences[-1]])


def names_in(question: str) -> list[str]:
    """The names and codes that a question asks about, but not the word that it begins with.

    Of a language in which all nouns have capitals these are the nouns.
    """
    found = _NAME.findall(asked_for(question))
    return list(dict.fromkeys(name.removesuffix("'s").removesuffix("\u2019s") for name in found))


def may_be_absent(question: str) -> bool:
    """Whether a question reckons with an answer that the text does not hold."""
    return without_way_out(question) != question.strip()


def in_form(question: str, answer: str) -> str:
    """The number of an answer, or the name that it marks as code, where the question wants only
    that, and the answer has but one."""
    found: list[str] = []
    if _NUMBER_ONLY.search(question):
        found = _NUMBER.findall(answer)
    elif _NAME_ONLY.search(question):
        found = list(dict.fromkeys(_MARKED.findall(answer)))
    return found[0] if len(found) == 1 else answer


def lacks_number(question: str, answer: str) -> bool:
    """Whether a question wants only a number, and an answer has none."""
    return bool(_NUMBER_ONLY.search(question)) and not any(map(str.isdigit, answer))


def about_labels(question: str, labels: Sequence[str]) -> str:
    """What a question says up to the sentence that has all of these labels; empty if none has."""
    sentences = _SENTENCE.split(" ".join(question.split()))
    for number, sentence in enumerate(sentences, start=1):
        plain = sentence.casefold()
        if len(labels) > 1 and all(label.casefold() in plain for label in labels):
            return " ".join(sentences[:number])
    return ""
