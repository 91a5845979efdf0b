"""Tests for rlm_desktop.runs.limits and output."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.engine.base import Usage
from rlm_desktop.errors import LimitReached
from rlm_desktop.runs.events import Limits
from rlm_desktop.runs.limits import Meter
from rlm_desktop.runs.output import shown
from rlm_desktop.runs.pace import Pace


def test_each_limit_is_named_when_it_is_reached() -> None:
    now = [0.0]
    meter = Meter(Limits(calls=2, tokens=100, seconds=60), Pace(lambda: now[0]))
    meter.count_calls(2)
    with pytest.raises(LimitReached, match=r"calls \(2\)"):
        meter.count_calls()
    now[0] = 61
    with pytest.raises(LimitReached, match=r"time \(1 minutes\)"):
        meter.check()
    meter.count_usage(Usage(200, 1, cached_tokens=50, seconds=1))
    with pytest.raises(LimitReached, match=r"tokens \(100\)"):
        meter.check()


def test_cached_tokens_cost_nothing() -> None:
    meter = Meter(Limits(tokens=100))
    meter.count_usage(Usage(5000, 50, cached_tokens=4960, seconds=1))
    meter.check()


def test_a_long_output_is_shown_with_its_true_length() -> None:
    text = shown("a" * 5000 + "b" * 5000)
    assert text.startswith("aaa")
    assert text.endswith("bbb")
    assert "of 10,000 characters left out" in text


@given(st.text(), st.integers(10, 100))
def test_what_is_shown_is_never_much_longer_than_the_limit(text: str, limit: int) -> None:
    assert len(shown(text, limit)) <= max(limit, len(text) if len(text) <= limit else limit + 60)
