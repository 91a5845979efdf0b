"""Tests for rlm_desktop.runs.confidence."""

import pytest

from rlm_desktop.runs.confidence import Grounds, confidence_of
from rlm_desktop.runs.events import Confidence, Status
from rlm_desktop.sandbox.base import AskKind

SURE, LIKELY, UNSURE = Confidence.SURE, Confidence.LIKELY, Confidence.UNSURE


@pytest.mark.parametrize(
    ("status", "grounds", "wanted"),
    [
        (Status.COMPUTED, Grounds(), SURE),
        (Status.COMPUTED, Grounds(doubted=True), LIKELY),
        (Status.COMPUTED, Grounds(recipe_margin=0.1), LIKELY),
        (Status.READ, Grounds({AskKind.LOOK_UP}, [2.0]), SURE),
        (Status.READ, Grounds({AskKind.LOOK_UP}, [2.0, 0.7]), LIKELY),
        (Status.READ, Grounds({AskKind.LOOK_UP}, [2.0, 0.1]), UNSURE),
        (Status.READ, Grounds({AskKind.LOOK_UP, AskKind.ASK}, [2.0]), UNSURE),
        (Status.READ, Grounds({AskKind.CLASSIFY}), UNSURE),
        (Status.READ, Grounds({AskKind.FIELDS}), LIKELY),
        (Status.WHOLE, Grounds({AskKind.LOOK_UP}, [2.0]), SURE),
        (Status.FORCED, Grounds(), UNSURE),
    ],
)
def test_how_sure_an_answer_is(status: Status, grounds: Grounds, wanted: Confidence) -> None:
    assert confidence_of(status, grounds, 0.5) is wanted


def test_not_found_is_surer_when_all_was_read() -> None:
    assert confidence_of(Status.NOT_FOUND, Grounds(), 0.99) is LIKELY
    assert confidence_of(Status.NOT_FOUND, Grounds(), 0.5) is UNSURE
