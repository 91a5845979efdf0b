"""Tests for rlm_desktop.runs.pieces_left."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.runs.events import CallEnded, Estimated, Outcome
from rlm_desktop.runs.pieces_left import PiecesLeft


def ended(number: int) -> CallEnded:
    return CallEnded(f"1.{number}", Outcome.ANSWERED, "yes")


def test_the_estimate_holds_until_there_is_a_measurement() -> None:
    left = PiecesLeft()
    assert (left.total, left.seconds_left(0.0)) == (0, None)
    left.add(Estimated("1", 100, 200.0), 10.0)
    assert (left.done, left.total, left.seconds_left(20.0)) == (0, 100, 190.0)
    for number in range(10):
        left.add(ended(number), 20.0 + number)
    assert (left.done, left.seconds_left(30.0)) == (10, 180.0)


def test_without_an_estimate_nothing_is_made_up() -> None:
    left = PiecesLeft()
    left.add(Estimated("1", 100), 0.0)
    assert left.seconds_left(60.0) is None


def test_other_calls_do_not_count_and_the_end_of_the_parent_ends_it() -> None:
    left = PiecesLeft()
    left.add(Estimated("1.3", 10, 5.0), 0.0)
    left.add(ended(1), 1.0)
    assert left.done == 0
    left.add(CallEnded("1.3", Outcome.FORCED), 2.0)
    assert left.total == 0


@given(st.integers(8, 200), st.floats(0.1, 3))
def test_at_an_even_pace_it_is_right(calls: int, each: float) -> None:
    left = PiecesLeft()
    left.add(Estimated("1", calls, 1.0), 0.0)
    for number in range(1, calls):
        now = number * each
        left.add(ended(number), now)
        if number >= 5 and now >= 5:
            assert left.seconds_left(now) == now * (calls - number) / number
            assert abs((left.seconds_left(now) or 0) - (calls - number) * each) < 0.01
    left.add(ended(calls), calls * each)
    assert left.total == 0
