"""What the window tells of a label that was chosen."""

import pytest

from rlm_desktop.gui.call_page import call_parts
from rlm_desktop.runs.events import CallKind, Outcome
from rlm_desktop.runs.run import Call


@pytest.mark.parametrize(("margin", "told"), [(0.04, True), (0.9, False), (None, False)])
def test_the_page_of_a_call_says_that_it_was_close(margin: float | None, told: bool) -> None:
    call = Call("1.2", CallKind.CLASSIFY, "Is it a complaint?", "Hm.")
    call.outcome, call.answer, call.margin = Outcome.ANSWERED, "no", margin
    text = "".join(span.text for part in call_parts(call) for span in part.spans)
    assert ("a close call, ahead of the next label by 4 %" in text) is told
