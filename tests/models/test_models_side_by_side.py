"""Tests for rlm_desktop.models.side_by_side."""

from pathlib import Path

import pytest

from rlm_desktop.errors import ModelError
from rlm_desktop.models import fit, verify
from rlm_desktop.models.side_by_side import require_both
from tests.models.small_gguf import CHAT, small_gguf


def facts(folder: Path, name: str, layers: int) -> verify.GgufFacts:
    path = folder / f"{name}.gguf"
    path.write_bytes(small_gguf({**CHAT, "general.name": name, "qwen2.block_count": layers}))
    return verify.check(path)


def test_two_models_need_the_memory_of_both(tmp_path: Path) -> None:
    large, small = facts(tmp_path, "Large", 8), facts(tmp_path, "Small", 4)
    plenty = 10**12
    needed = fit.fit(large, 2048, plenty).needed_bytes + fit.fit(small, 1024, plenty).needed_bytes
    require_both(large, 2048, small, 1024, needed)
    with pytest.raises(ModelError) as refusal:
        require_both(large, 2048, small, 1024, needed - 3 * 10**8)
    said = str(refusal.value)
    assert "Large and Small do not fit into the memory together" in said
    assert "0.3 GB are missing" in said
    assert "--sub-model" in said
