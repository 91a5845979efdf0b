"""What a reply says, made comparable: the answer in it, its words, its number, its items.

The rules are lenient where models differ in form (Markdown, "Answer:", thousands' commas, number
words, bullets) and strict in what is said, so that the same rules can score any program.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
)
_DIGITS = {word: str(value) for value, word in enumerate(_NUMBERS.split())}
_ARTICLES = {"a", "an", "the"}

_THOUGHTS = re.compile("<think>.*?</think>", re.DOTALL)
_BOXED = re.compile(r"\\boxed\{([^{}]*)\}")
_ANNOUNCED = re.compile(r"^\W*(?:final )?answer\W*[:=]\s*", re.IGNORECASE | re.MULTILINE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_QUOTES = re.compile('[*`"“”]')
_STRANGE = re.compile(r"[^\w\s./:@#%&'+-]")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_DIGITS)})\b")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
#: The number that a sentence ends with, where it is said to be the result.
_RESULT = re.compile(r"(?:is|are|total(?: of)?|answer)\s*:?\s*(-?\d+(?:\.\d+)?)\D*$")
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:and\s+)?")
_BULLET = re.compile(r"^\s*(?:[-*•]\s+|\d+[.)]\s+)")
_FENCE = re.compile(r"\s*```")

_DENIALS = re.compile(
    r"""
      \bnot[ _]found\b
    | \b(?:do|does|did|can|could|is|are|was|were)(?:n't|[ ]not)[ ]
      (?: contain | mention | say | state | include | specify | specified | appear | provide
        | give | find | found | present | list | exist | available )
    | \bcannot[ ](?:find|be[ ]found|determine)
    | \bno[ ](?: mention | information | such | record | entry | evidence | reference | answer
        | match )\b
    | \bnot[ ](?:in|part[ ]of)[ ]the[ ](?:file|document|text|log|mailbox|table)
    | \bnothing[ ](?:about|in[ ]the)
    | \bunanswerable\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def answer_in(reply: str) -> str:
    """The part of a reply that is its answer.

    That is what stands in the last \\boxed{}, or else after the last line that begins with
    "Answer:"; without either it is all but thoughts in <think>.
    """
    text = _THOUGHTS.sub("", reply.strip()).strip()
    if boxed := _BOXED.findall(text):
        return str(boxed[-1]).strip()
    announced = list(_ANNOUNCED.finditer(text))
    return text[announced[-1].end() :].strip() if announced else text


def denies(answer: str) -> bool:
    """Whether it says that the text has no answer; of a long one the beginning counts."""
    return _DENIALS.search(answer if len(answer) < 600 else answer[:300]) is not None


def plain(text: str) -> str:
    """A text in small letters, without marks that change nothing in what it says."""
    text = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    text = _QUOTES.sub("", _THOUSANDS.sub("", text))
    return re.sub(r"\s+", " ", _STRANGE.sub(" ", text)).strip(" .'")


def words(text: str) -> list[str]:
    """Its words without articles, number words as digits."""
    found = (_DIGITS.get(word, word) for word in re.findall(r"\w+", plain(text)))
    return [word for word in found if word not in _ARTICLES]


def characters(text: str) -> list[str]:
    """Its characters but spaces, for languages that put none between words."""
    return list(re.sub(r"\s", "", plain(text)))


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """F1 of two lists of words: 1 where they are the same, whatever their order."""
    common = sum((Counter(one) & Counter(other)).values())
    if not common:
        return 0.0
    precision, recall = common / len(one), common / len(other)
    return 2 * precision * recall / (precision + recall)


def stands_in(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text, not as a part of a longer word or number."""
    pattern = rf"(?<![^\W_]){re.escape(plain(phrase))}(?![^\W_])"
    return re.search(pattern, f" {plain(text)} ") is not None


def number_in(reply: str) -> float | None:
    """The number that a reply gives: its only one, or the one that it says is the result.

    Of several in a short reply it is the first, as in "12 (of 40)"; in a long one the last.
    """
    text = _NUMBER_WORD.sub(lambda word: _DIGITS[word[0]], plain(answer_in(reply)))
    found = _NUMBER.findall(text)
    if not found:
        return None
    if len(found) > 1 and (result := _RESULT.search(text)):
        return float(result[1])
    return float(found[0] if len(found) == 1 or len(text) < 40 else found[-1])


def items_in(reply: str, pattern: str | None) -> list[str]:
    """The items that a reply lists: one a line, or one line parted by commas or semicolons.

    With a `pattern` they are what its groups match, as "(first, second)".
    """
    answer = answer_in(reply)
    if pattern:
        return [f"({', '.join(found.groups())})" for found in re.finditer(pattern, answer)]
    lines = [line for line in answer.splitlines() if line.strip() and not _FENCE.match(line)]
    if len(lines) <= 1:
        lines = _SEPARATOR.split("".join(lines))
    return [_BULLET.sub("", line).strip().rstrip(",") for line in lines]


def item(text: str) -> str:
    """An item of a list, made comparable: "name : 3" is "name:3"."""
    return re.sub(r"\s*:\s*", ":", plain(text))
