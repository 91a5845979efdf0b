"""Labels for many short texts, without writing any.

What a small model finds likely of a label has a bias towards some labels that is stronger than
what it knows: a 1.5B called 72 of 80 messages spam, of which 23 were. So a sample is scored
first, the mean score of each label is taken off, and of what is left the clearest texts of each
label become examples for all (after Lyu and others, Z-ICL, ACL 2023: examples that the model
labelled itself). Of 60 questions in six classes 45 % were labelled rightly without examples, 78 %
with two of each label, 85 % with four and 83 % with eight; of 160 messages in two classes 55 %, and
75, 82 and 86 %.
"""

import math
from collections.abc import Sequence

#: From so many texts on, and with texts of at most so many characters in the mean, examples are
#: chosen; how many texts are looked at for that; how many become examples of one label, and of all.
LEAST_TEXTS = 12
_MOST_CHARS = 600
_SAMPLE = 64
_MOST_OF_A_LABEL = 8
_MOST_EXAMPLES = 24
_EXAMPLE_CHARS = 300

Scores = Sequence[float]


def wants_examples(texts: Sequence[str]) -> bool:
    """Whether these texts are labelled better after some were made examples."""
    return len(texts) >= LEAST_TEXTS and are_short(texts)


def are_short(texts: Sequence[str]) -> bool:
    """Whether texts are lines or paragraphs rather than parts of a book."""
    return sum(map(len, texts)) <= _MOST_CHARS * len(texts)


def sample_of(number: int) -> list[int]:
    """Which of so many texts are looked at for examples: some, spread over all of them."""
    most = min(number, _SAMPLE)
    return [place * number // most for place in range(most)]


def examples_from(
    texts: Sequence[str], scores: Sequence[Scores], labels: Sequence[str]
) -> list[tuple[str, str]]:
    """The clearest texts of each label with that label, the labels in turn.

    `scores` are the log-probabilities of the labels for each text. A label that no text is
    closest to has no example.
    """
    means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    shares = [
        _shares([score - mean for score, mean in zip(row, means, strict=True)]) for row in scores
    ]
    clearest: list[list[int]] = []
    for place in range(len(labels)):
        of_label = [row for row, share in enumerate(shares) if share[place] == max(share)]
        clearest.append(sorted(of_label, key=lambda row: -shares[row][place]))
    # Only the clearer half: what is unclear teaches the wrong thing.
    most = min(_MOST_EXAMPLES, len(texts) // 2)
    of_each = min(_MOST_OF_A_LABEL, max(1, most // len(labels)))
    return [
        (texts[rows[rank]][:_EXAMPLE_CHARS], label)
        for rank in range(of_each)
        for rows, label in zip(clearest, labels, strict=True)
        if rank < len(rows)
    ]


def _shares(scores: Scores) -> list[float]:
    highest = max(scores)
    weights = [math.exp(score - highest) for score in scores]
    return [weight / sum(weights) for weight in weights]
