"""Labels by likeness: what there is no time to read gets the label of the texts it is most like.

A naive Bayes classifier over words and pairs of words with add-one smoothing (Manning, Raghavan,
Schuetze, Introduction to Information Retrieval, 2008, section 13.2), learned from the labels that
the model gave to a part of the texts.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\w+|[^\w\s]")


def labels_by_likeness(labelled: Sequence[tuple[str, str]], texts: Sequence[str]) -> list[str]:
    """A label for each of the texts; `labelled` are others with theirs, at least one."""
    often = Counter(label for _, label in labelled)
    words: dict[str, Counter[str]] = {label: Counter() for label in often}
    for text, label in labelled:
        words[label].update(_features_of(text))
    known = len({word for counts in words.values() for word in counts}) + 1  # and one unknown
    sums = {label: counts.total() + known for label, counts in words.items()}

    def score(label: str, text: str) -> float:
        counts, total = words[label], sums[label]
        told = sum(math.log((counts[word] + 1) / total) for word in _features_of(text))
        return math.log(often[label]) + told

    return [max(often, key=lambda label: score(label, text)) for text in texts]


def _features_of(text: str) -> Iterator[str]:
    """Each word once, and each two that follow each other."""
    found = [word.casefold() for word in _WORD.findall(text)]
    yield from dict.fromkeys(found)
    yield from dict.fromkeys(map(" ".join, itertools.pairwise(found)))
