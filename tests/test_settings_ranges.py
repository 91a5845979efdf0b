"""Settings that cannot be are refused, with what can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.errors import UsageError
from rlm_desktop.settings import RANGES, Settings


@pytest.mark.parametrize("name", RANGES)
def test_a_number_out_of_range_is_refused_with_the_range(name: str) -> None:
    kind = type(getattr(Settings(), name))
    least, most = RANGES[name]
    for fits in (least, most):
        assert getattr(Settings(**{name: kind(fits)}), name) == fits
    for wrong in (least - 1, most + 1):
        with pytest.raises(UsageError, match=rf"'{name}' is .*: use .* to "):
            Settings(**{name: kind(wrong)})


@given(st.sampled_from(sorted(RANGES)), st.integers() | st.floats(allow_nan=False))
def test_whatever_number_is_set_it_is_in_range_or_refused(name: str, value: float) -> None:
    least, most = RANGES[name]
    whole = isinstance(getattr(Settings(), name), int)
    if least <= value <= most and (isinstance(value, int) or not whole):
        assert getattr(Settings(**{name: value}), name) == value
    else:
        with pytest.raises(UsageError, match=name):
            Settings(**{name: value})
