from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.errors import ModelError
from rlm_desktop.models.fit import Verdict, fit, largest_window, require_fit
from rlm_desktop.models.verify import GgufFacts

#: The facts of Qwen2.5-Coder 1.5B, Q4_K_M.
STARTER = GgufFacts(
    path=Path("starter.gguf"),
    size=1_117_320_768,
    name="Qwen",
    licence="Apache-2.0",
    architecture="qwen2",
    file_type="Q4_K_M",
    context_length=32_768,
    block_count=28,
    embedding_length=1536,
    head_count=12,
    head_count_kv=2,
    cells_per_token=14_336,
    vocabulary=151_936,
    weight_bytes=1_111_370_240,
    has_chat_template=True,
)


def test_parts_agree_with_what_llama_cpp_reports() -> None:
    found = fit(STARTER, 8192, 8_000_000_000)
    # llama.cpp: 224.00 MiB of keys and values, 302.75 MiB to compute in, beside the process
    assert found.cache_bytes == 224 * 2**20
    assert found.compute_bytes == int(302.75 * 2**20) + 100_000_000
    assert found.verdict is Verdict.FITS
    assert "8,192 tokens" in found.sentence


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


def test_a_model_without_keys_takes_any_window() -> None:
    recurrent = replace(STARTER, cells_per_token=0, context_length=0)
    assert largest_window(recurrent, 8_000_000_000) == 1 << 20
    assert fit(recurrent, 1 << 20, 8_000_000_000).cache_bytes == 0
