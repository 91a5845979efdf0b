import pytest
from hypothesis import given
from hypothesis import strategies as st
from starter_facts import STARTER

from rlm_desktop.errors import ModelError
from rlm_desktop.models.fit import Verdict, fit, require_fit
from rlm_desktop.models.memory import largest_window


def test_verdicts() -> None:
    needed = fit(STARTER, 8192, 8_000_000_000).needed_bytes
    assert fit(STARTER, 8192, needed).verdict is Verdict.SLOW
    assert fit(STARTER, 8192, needed - 1).verdict is Verdict.WONT_FIT
    assert fit(STARTER, 8192, needed * 2).verdict is Verdict.FITS


def test_a_window_that_would_fit_is_named() -> None:
    with pytest.raises(ModelError, match=r"2\.0 GB are free; a window of \d+,\d+ tokens would fit"):
        require_fit(STARTER, 32_768, 2_000_000_000)


def test_no_window_helps_when_the_weights_do_not_fit() -> None:
    with pytest.raises(ModelError, match=r"0.5 GB are free; close other programs, or choose a"):
        require_fit(STARTER, 4096, 500_000_000)


@given(st.integers(0, 10**10))
def test_the_largest_window_fits_and_the_next_does_not(available: int) -> None:
    window = largest_window(STARTER, available)
    assert window <= STARTER.context_length
    if window:
        assert fit(STARTER, window, available).verdict is not Verdict.WONT_FIT
    if window < STARTER.context_length:
        assert fit(STARTER, window + 1024, available).verdict is Verdict.WONT_FIT


def test_layers_that_go_to_a_graphics_card_are_not_needed_beside_it() -> None:
    alone = fit(STARTER, 8192, 8_000_000_000)
    half = fit(STARTER, 8192, 8_000_000_000, gpu_free_bytes=1_200_000_000)
    whole = fit(STARTER, 8192, 8_000_000_000, gpu_free_bytes=8_000_000_000)
    assert (alone.gpu_layers, alone.gpu_bytes) == (0, 0)
    assert 0 < half.gpu_layers < half.layers == 29
    assert half.gpu_bytes <= 1_200_000_000
    assert whole.gpu_layers == 29
    assert whole.memory.weight_bytes < half.memory.weight_bytes < alone.memory.weight_bytes
    assert whole.memory.cache_bytes == 0
    assert f"{half.gpu_layers} of 29 layers take" in half.sentence
    assert "layers" not in alone.sentence


def test_a_card_helps_a_model_that_does_not_fit_beside_the_other_programs() -> None:
    assert fit(STARTER, 8192, 1_000_000_000).verdict is Verdict.WONT_FIT
    assert fit(STARTER, 8192, 1_000_000_000, 8_000_000_000).verdict is Verdict.FITS


def test_the_way_out_of_what_fits_is_empty() -> None:
    assert fit(STARTER, 8192, 8_000_000_000).way_out == ""
    assert "window of" in fit(STARTER, 32_768, 2_000_000_000).way_out
