from pathlib import Path

import pytest
from small_gguf import small_gguf

from rlm_desktop import places
from rlm_desktop.errors import ModelError
from rlm_desktop.models.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "models", places.resources() / "catalogue.json")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere" / "own.gguf"
    path.parent.mkdir()
    path.write_bytes(small_gguf())
    return path


def test_the_catalogue_is_listed_before_anything_is_fetched(library: Library) -> None:
    assert [(model.name, model.present) for model in library.models()] == [
        ("starter", False),
        ("starter-small", False),
    ]


def test_a_model_that_is_not_here_says_how_to_get_it(library: Library) -> None:
    with pytest.raises(ModelError, match=r"not here yet: run rlm-desktop models get starter$"):
        library.get("starter")


def test_an_unknown_name_says_what_there_is(library: Library) -> None:
    with pytest.raises(ModelError, match=r"'big'.*starter, starter-small.*path of a .gguf"):
        library.get("big")


def test_a_file_is_added_in_place_and_found_again(library: Library, own: Path) -> None:
    library.add(own)
    again = Library(library.folder, places.resources() / "catalogue.json")
    model = again.get("own")
    assert (model.path, model.licence, model.title) == (own, "MIT", "Tiny")
    assert model.present
    assert list(library.folder.iterdir()) == [library.folder / "models.json"]
    again.remove("own")
    assert own.is_file()
    assert len(again.models()) == 2


def test_adding_twice_changes_nothing(library: Library, own: Path) -> None:
    assert library.add(own) == library.add(own)
    assert len(library.models()) == 3


def test_two_models_cannot_have_one_name(library: Library, own: Path, tmp_path: Path) -> None:
    library.add(own)
    other = tmp_path / "own.gguf"
    other.write_bytes(small_gguf())
    with pytest.raises(ModelError, match=f"already, at {own}"):
        library.add(other)


def test_a_file_that_went_away_is_said(library: Library, own: Path) -> None:
    library.add(own)
    own.unlink()
    assert not library.models()[-1].present
    with pytest.raises(ModelError, match="is gone from"):
        library.get("own")


def test_what_is_no_model_is_not_added(library: Library, tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"GGUF")
    with pytest.raises(ModelError, match="no usable GGUF"):
        library.add(tmp_path / "x.gguf")
    assert not library.folder.exists()


def test_a_path_needs_no_list(library: Library, own: Path) -> None:
    assert library.get(str(own)).size == own.stat().st_size


def test_a_model_of_the_program_stays_on_the_list(library: Library) -> None:
    with pytest.raises(ModelError, match="comes with the program"):
        library.remove("starter")
    with pytest.raises(ModelError, match="no model 'x' on the list"):
        library.remove("x")


@pytest.mark.parametrize("content", ["{", "[]", '{"a": {}}', '{"a": {"path": 1}}'])
def test_a_damaged_list_is_named(library: Library, content: str) -> None:
    library.folder.mkdir()
    (library.folder / "models.json").write_text(content)
    with pytest.raises(ModelError, match=r"models\.json"):
        library.models()


def test_a_fetched_file_of_the_right_size_is_present(library: Library) -> None:
    entry = library.entry("starter-small")
    library.folder.mkdir()
    with (library.folder / entry.file).open("wb") as file:
        file.truncate(entry.size)
    assert library.get("starter-small").licence == "Apache-2.0"
    with (library.folder / entry.file).open("wb") as file:
        file.truncate(entry.size - 1)
    with pytest.raises(ModelError, match="not here yet"):
        library.get("starter-small")
