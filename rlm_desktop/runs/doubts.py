"""What is doubted about the answer of a conversation, before it is believed."""

from collections import Counter

from rlm_desktop.documents.collection import Collection
from rlm_desktop.runs import conditions, filters, guards, questions
from rlm_desktop.runs.evidence import Ledger

#: How often a program is sent back for the same word of the question.
_ASKED_FOR = 2
#: Lines that are looked at to see what stands in all of them.
_SAMPLES = 40


class Doubts:
    """Puts the guards to an answer, each once: what the model insists on is accepted.

    `programs` grows with those that were run, the latest last.
    """

    def __init__(self, question: str, collection: Collection, ledger: Ledger) -> None:
        self.programs: list[str] = []
        self._question = question
        self._collection = collection
        self._ledger = ledger
        self._failed = 0
        self._doubted: set[str] = set()
        self._asked_for: Counter[str] = Counter()

    def note(self, *, failed: bool) -> None:
        """Take note of how the last program ended."""
        self._failed = self._failed + 1 if failed else 0

    def about(self, answer: str, outputs: str, *, asked_model: bool) -> str | None:
        """What the model is told instead of ending, or None if the answer stands.

        `outputs` is all that programs printed, `asked_model` whether one asked the model.
        """
        hits = bool(self._ledger.hits)
        doubts = {
            "placeholder": guards.placeholder(answer),
            "echo": guards.echo(self._question, answer),
            "unread": guards.before_reading(read=self._ledger.coverage > 0 or asked_model),
            f"failed {self._failed}": guards.after_error(failed=self._failed > 0),
            "nothing": guards.nothing_matched(answer, hits=hits and not self._filtered_to(answer)),
            "everywhere": guards.in_every_line(answer, self._samples(), self._line_asked_for),
            "number": guards.no_number(
                lacking=questions.lacks_number(self._question, answer)
                and not guards.is_not_found(answer)
            ),
            "form": guards.not_in_form(self._question, answer),
            "choice": guards.not_one_of(self._question, answer),
            "parts": guards.parts_missing(self._question, answer),
            "found": guards.not_found_after_all(answer, hits=hits),
            "typed in": guards.typed_in(self.programs[-1], outputs),
            "invented": guards.invented(
                self.programs[-1], answer, outputs, lambda text: self._collection.find(text) >= 0
            ),
        }
        for name, doubt in doubts.items():
            # A placeholder never becomes the answer; the others are the model's to insist on.
            if doubt and (name not in self._doubted or name == "placeholder"):
                self._doubted.add(name)
                return doubt
        return self._about_conditions()

    @property
    def any_raised(self) -> bool:
        """Whether an answer was sent back."""
        return bool(self._doubted or self._asked_for)

    @property
    def conditions_alone(self) -> str | None:
        """A program that tries each condition of the last two programs alone, if they have any."""
        return filters.program_for("\n".join(self.programs[-2:]))

    def _filtered_to(self, answer: str) -> bool:
        """Whether an answer is a zero that may come from a condition that is too narrow."""
        zero = guards.says_nothing(answer) and not guards.is_not_found(answer)
        return zero and self.conditions_alone is not None

    def _about_conditions(self) -> str | None:
        """A condition of the question that the last two programs did not use."""
        left_out = conditions.condition_left_out(self._question, self.programs, self._line_with)
        for word, doubt in left_out:
            if self._asked_for[word] < _ASKED_FOR:
                self._asked_for[word] += 1
                return doubt
        return None

    def _samples(self) -> list[str]:
        """Lines from all over the text; without those that are blank."""
        step = max(1, len(self._collection) // _SAMPLES)
        places = range(0, len(self._collection), step)
        lines = (self._collection.text(*self._collection.line_around(at, at)) for at in places)
        return [line for line in lines if line.strip()]

    def _line_asked_for(self) -> str | None:
        """The first line with one of the names or quoted words of the question."""
        lines = map(self._line_with, conditions.telling_words(self._question))
        return next((line for line in lines if line is not None), None)

    def _line_with(self, word: str) -> str | None:
        """The first line that holds a word to the letter; a long one is cut around it."""
        at = self._collection.find(word)
        if at < 0:
            return None
        return self._collection.text(*self._collection.line_around(at, at + len(word)))
