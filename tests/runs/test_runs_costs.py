"""Tests for rlm_desktop.runs.costs."""

import pytest

from rlm_desktop.engine.base import Expected, Usage
from rlm_desktop.runs.costs import Costs, RunPace
from rlm_desktop.runs.events import CallKind


@pytest.mark.parametrize(
    "kind", [CallKind.ASK, CallKind.CLASSIFY, CallKind.FIELDS, CallKind.PROMPT]
)
def test_before_any_call_something_is_expected(kind: CallKind) -> None:
    short, long = Costs().expected(kind, [10, 500])
    assert short.read > 10
    assert long.read - short.read == 490


def test_what_a_call_costs_is_learned_from_those_of_its_kind() -> None:
    costs = Costs()
    costs.learn(CallKind.ASK, 100, Usage(180, 10, cached_tokens=60))
    costs.learn(CallKind.ASK, 200, Usage(300, 30, cached_tokens=60))
    costs.learn(CallKind.CLASSIFY, 20, Usage(25, 0))
    assert costs.expected(CallKind.ASK, [100, 1000]) == [Expected(130, 20), Expected(1030, 20)]
    assert costs.expected(CallKind.CLASSIFY, [100]) == [Expected(105, 0)]


def test_nothing_costs_less_than_a_token() -> None:
    costs = Costs()
    costs.learn(CallKind.ASK, 100, Usage(100, 0, cached_tokens=100))
    assert costs.expected(CallKind.ASK, [0]) == [Expected(1, 0)]


def test_the_pace_of_a_run_is_that_of_calls_together() -> None:
    pace = RunPace()
    assert pace.seconds_for([Expected(1000, 0)]) is None
    # Each says that it took ten seconds, but they went on at the same time.
    pace.measured([Usage(460, 10, seconds=10), Usage(560, 0, cached_tokens=60, seconds=10)], 10)
    assert pace.seconds_for([Expected(1000, 0)]) == 10
    assert pace.seconds_for([Expected(600, 100)] * 2) == 20
