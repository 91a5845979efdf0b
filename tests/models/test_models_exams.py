"""Tests for rlm_desktop.models.exams."""

from pathlib import Path

import pytest

from rlm_desktop.errors import ModelError
from rlm_desktop.models.exams import Exams, Kept

KEPT = Kept("Good for: long replies.", "quick", 98, "2031-05-03")


def test_what_is_kept_is_known_for_the_same_file_only(tmp_path: Path) -> None:
    exams = Exams(tmp_path / "kept" / "exams.json")
    assert exams.of("tiny", 98) is None
    exams.keep("tiny", KEPT)
    exams.keep("other", KEPT)
    assert Exams(tmp_path / "kept" / "exams.json").of("tiny", 98) == KEPT
    assert exams.of("tiny", 99) is None


@pytest.mark.parametrize(
    "damage", ["{", "[]", '{"tiny": 3}', '{"tiny": {"sentence": "x"}}', '{"tiny": {"size": "y"}}']
)
def test_a_damaged_file_is_named_with_the_way_out(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "exams.json"
    path.write_text(damage)
    with pytest.raises(ModelError, match=r"exams\.json .*delete the file"):
        Exams(path).of("tiny", 98)
