"""Models in several files."""

import struct
from pathlib import Path

import pytest
from gguf_splitter import split_gguf
from small_gguf import CHAT, small_gguf

from rlm_desktop import places
from rlm_desktop.errors import ModelError
from rlm_desktop.models import split, verify
from rlm_desktop.models.library import Library


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "whole.gguf"
    path.write_bytes(small_gguf(tensors=7))
    return path


@pytest.fixture
def files(whole: Path, tmp_path: Path) -> list[Path]:
    folder = tmp_path / "models"
    folder.mkdir()
    return split_gguf(whole, folder, "tiny", 3)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_any_part_stands_for_the_model(whole: Path, files: list[Path], part: int) -> None:
    facts = verify.check(files[part])
    one = verify.check(whole)
    assert facts.path == files[0]
    assert facts.files == tuple(files)
    assert (facts.weight_bytes, facts.parameters) == (one.weight_bytes, one.parameters)
    assert facts.size == sum(file.stat().st_size for file in files)
    assert (facts.name, facts.architecture, facts.vocabulary) == ("Tiny", "qwen2", 3)


def test_a_name_that_says_nothing_of_parts() -> None:
    for name in ("a.gguf", "a-00001-of-00000.gguf", "a-00004-of-00003.gguf", "a-1-of-2.gguf"):
        assert split.parts(Path(name)) == (Path(name),)
    assert split.parts(Path("a-00001-of-99999.gguf")) == (Path("a-00001-of-99999.gguf"),)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_missing_part_is_named(files: list[Path], gone: int) -> None:
    files[gone].unlink()
    with pytest.raises(ModelError, match="is in 3 files, and 1 of them are not here") as caught:
        verify.check(files[(gone + 1) % 3])
    assert files[gone].name in str(caught.value)


def test_all_parts_missing_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no model file"):
        verify.check(tmp_path / "a-00001-of-00002.gguf")


def test_a_part_that_is_cut_off_is_named(files: list[Path]) -> None:
    content = files[2].read_bytes()
    files[2].write_bytes(content[:-8])
    with pytest.raises(ModelError, match=f"{files[2]} is cut off"):
        verify.check(files[0])


def test_a_part_of_another_model_is_named(files: list[Path], tmp_path: Path, whole: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = split_gguf(whole, folder, "tiny", 2)
    other[1].replace(files[1])
    with pytest.raises(ModelError, match=f"{files[1]} does not belong .*part 2 of 2"):
        verify.check(files[0])


def test_parts_in_the_wrong_order_are_named(files: list[Path]) -> None:
    content = files[1].read_bytes()
    files[1].write_bytes(files[2].read_bytes())
    files[2].write_bytes(content)
    with pytest.raises(ModelError, match="by its own account, and its name says part 2 of 3"):
        verify.check(files[0])


def test_a_whole_model_under_the_name_of_a_part(whole: Path, files: list[Path]) -> None:
    whole.replace(files[1])
    with pytest.raises(ModelError, match="it is a whole model by its own account"):
        verify.check(files[0])


def test_parts_with_another_number_of_tensors_are_named(files: list[Path]) -> None:
    content = files[0].read_bytes()
    mark = b"split.tensors.count" + struct.pack("<I", 5)
    assert mark in content
    files[0].write_bytes(content.replace(mark + struct.pack("<i", 7), mark + struct.pack("<i", 9)))
    with pytest.raises(ModelError, match="they hold 7 of 9 tensors"):
        verify.check(files[0])


def test_a_part_that_lost_its_name_says_which_it_was(files: list[Path], tmp_path: Path) -> None:
    renamed = files[0].rename(tmp_path / "tiny.gguf")
    with pytest.raises(ModelError, match=r"part 1 of 3 .*NAME-00001-of-00003\.gguf"):
        verify.check(renamed)


def test_a_split_of_one_part_is_a_whole_model(whole: Path, tmp_path: Path) -> None:
    (alone,) = split_gguf(whole, tmp_path, "alone", 1)
    assert verify.check(alone).files == (alone,)
    renamed = alone.rename(tmp_path / "renamed.gguf")
    assert verify.check(renamed).path == renamed


def test_a_first_part_without_weights(tmp_path: Path) -> None:
    keys = {"split.no": 0, "split.count": 2, "split.tensors.count": 2}
    first = tmp_path / "a-00001-of-00002.gguf"
    first.write_bytes(small_gguf({**CHAT, **keys}, tensors=0))
    (tmp_path / "a-00002-of-00002.gguf").write_bytes(small_gguf({**keys, "split.no": 1}))
    assert verify.check(first).weight_bytes == 256


def test_the_library_has_it_under_one_name(files: list[Path], tmp_path: Path) -> None:
    library = Library(tmp_path / "data", places.resources() / "catalogue.json")
    added = library.add(files[1])
    assert (added.name, added.path) == ("tiny", files[0])
    assert library.add(files[2]) == library.get("tiny") == library.get(str(files[0]))
    files[2].unlink()
    assert not library.models()[-1].present
    with pytest.raises(ModelError, match=r"is gone from .*tiny-00003-of-00003"):
        library.get("tiny")
