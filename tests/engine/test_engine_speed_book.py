"""Tests for rlm_desktop.engine.speed: what its book keeps from one start to the next."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rlm_desktop.engine.speed import Pace, SpeedBook, machine_key, model_key


def pace_of(seconds: float) -> Pace:
    pace = Pace()
    pace.measured(1, seconds)
    return pace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "speed.json"


def test_a_pace_is_kept_by_model_and_machine(path: Path) -> None:
    book = SpeedBook(path)
    assert book.pace("small", "here").step_seconds(1) is None
    book.keep("small", "here", pace_of(0.1))
    book.keep("large", "here", pace_of(0.2))
    book.keep("small", "there", pace_of(0.3))
    book.keep("small", "here", pace_of(0.4))
    again = SpeedBook(path)
    assert again.pace("small", "here").step_seconds(1) == 0.4
    assert again.pace("large", "here").step_seconds(1) == 0.2
    assert again.pace("small", "there").step_seconds(1) == 0.3
    assert again.pace("large", "there").step_seconds(1) is None
    assert again.notice == ""
    assert [file.name for file in path.parent.iterdir()] == ["speed.json"]


def test_many_models_do_not_make_it_grow_for_ever(path: Path) -> None:
    book = SpeedBook(path)
    for number in range(210):
        book.keep(f"model {number}", "here", pace_of(0.1))
    assert book.pace("model 0", "here").step_seconds(1) is None
    assert book.pace("model 209", "here").step_seconds(1) == 0.1


def test_a_damaged_file_is_put_aside_and_said(path: Path) -> None:
    path.parent.mkdir()
    for damage in ("{", '{"version": 2}', "[" * 100_000):
        path.write_text(damage)
        book = SpeedBook(path)
        assert book.pace("small", "here").step_seconds(1) is None
        assert str(path) in book.notice
        assert "damaged" in book.notice
        book.keep("small", "here", pace_of(0.1))
        assert SpeedBook(path).pace("small", "here").step_seconds(1) == 0.1
    aside = [file for file in path.parent.iterdir() if file != path]
    assert sorted(len(file.read_text()) for file in aside) == [1, 14, 100_000]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    book = SpeedBook(tmp_path / "file" / "speed.json")
    book.keep("small", "here", pace_of(0.1))
    assert "cannot be kept" in book.notice


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_whatever_stands_in_the_file_a_new_one_can_be_begun(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    book = SpeedBook(path)
    book.keep("small", "here", pace_of(0.1))
    assert book.pace("small", "here").step_seconds(1) == 0.1


def test_keys_tell_apart_what_changes_the_pace(tmp_path: Path) -> None:
    assert machine_key(2, 0) == machine_key(2, 0)
    assert len({machine_key(2, 0), machine_key(4, 0), machine_key(2, 8)}) == 3
    small, large = tmp_path / "a" / "m.gguf", tmp_path / "b" / "m.gguf"
    for file, size in ((small, 5), (large, 6)):
        file.parent.mkdir()
        file.write_bytes(b"x" * size)
    assert model_key(small) != model_key(large)
