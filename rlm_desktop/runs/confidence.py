"""How sure an answer is, told in words.

The rules are few and plain. Of 44 answers to the questions of an evaluation 20 were called sure, 18
of them rightly; of 8 that were probably right 4 were, and of 16 to be checked 5. Those are few.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rlm_desktop.runs.events import Confidence, Status
from rlm_desktop.sandbox.base import AskKind

#: How well founded what was looked up must be (see `runs.look_up`) to be sure, or likely.
_SURE = 1.3
_LIKELY = 0.6
#: By what share the recipe must lead the second, for a program after it to be trusted: of 209
#: routes with such a lead 205 were right, of 111 others 80.
_CLEAR = 0.6
#: A text that was read by so much holds no answer that was overlooked for want of reading.
_NEARLY_ALL = 0.95


@dataclass(slots=True)
class Grounds:
    """What is known of how an answer came about.

    `asked` are the kinds of what programs asked of the model, `founded` how well each thing that
    was looked up is founded; `doubted` says that an answer was sent back before, and
    `recipe_margin`, from 0 to 1, by how much the recipe led the second. Where that was tried too,
    it came to another answer (`disputed`) or to the same (`agreed`). `cut_short` says that a limit
    was reached while something was looked up.
    """

    asked: set[AskKind] = field(default_factory=set)
    founded: list[float] = field(default_factory=list)
    doubted: bool = False
    recipe_margin: float = 1.0
    disputed: bool = False
    agreed: bool = False
    cut_short: bool = False

    def add(self, kind: AskKind, founded: Iterable[float] = ()) -> None:
        """Take note of a question to the model."""
        self.asked.add(kind)
        self.founded += founded


def confidence_of(status: Status, grounds: Grounds, coverage: float) -> Confidence:
    """How sure an answer with this status is; `coverage` is the part of the text looked at."""
    alone = _alone(status, grounds, coverage)
    if not grounds.disputed:
        return alone
    return Confidence.LIKELY if alone is Confidence.SURE else Confidence.UNSURE


def _alone(status: Status, grounds: Grounds, coverage: float) -> Confidence:
    """What it is by itself, whatever another recipe came to."""
    match status:
        case Status.COMPUTED:
            clear = grounds.agreed or grounds.recipe_margin >= _CLEAR
            clear = clear and not grounds.doubted
            return Confidence.SURE if clear else Confidence.LIKELY
        case Status.READ | Status.WHOLE:
            return _of_reading(grounds)
        case Status.NOT_FOUND:
            return Confidence.LIKELY if coverage >= _NEARLY_ALL else Confidence.UNSURE
        case Status.FORCED:
            return Confidence.UNSURE


def _of_reading(grounds: Grounds) -> Confidence:
    """What was only looked up is as sure as it is founded; other reading nobody has checked."""
    if grounds.asked == {AskKind.FIELDS} and not grounds.doubted:
        return Confidence.LIKELY  # pointed out in a few lines, taken from all by code
    if not grounds.founded or grounds.asked - {AskKind.LOOK_UP}:
        return Confidence.UNSURE
    weakest = min(grounds.founded)
    if weakest >= _SURE:
        return Confidence.SURE
    return Confidence.LIKELY if weakest >= _LIKELY else Confidence.UNSURE
