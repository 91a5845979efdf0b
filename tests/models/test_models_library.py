import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest
from small_gguf import CHAT, small_gguf

from rlm_desktop import places
from rlm_desktop.errors import ModelError
from rlm_desktop.models import verify
from rlm_desktop.models.checked import CheckedFiles
from rlm_desktop.models.file_lock import FileLock
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
    models = library.models()
    assert [model.name for model in models[:2]] == ["starter", "starter-small"]
    assert not any(model.present for model in models)
    assert all(model.good_for and model.licence for model in models)


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
    assert [f.name for f in library.folder.iterdir() if f.name[0] != "."] == ["models.json"]
    removed = again.remove("own")
    assert (removed.model.path, removed.freed_bytes) == (own, 0)
    assert own.is_file()
    assert "own" not in [model.name for model in again.models()]


def test_adding_twice_changes_nothing(library: Library, own: Path) -> None:
    before = len(library.models())
    assert library.add(own) == library.add(own)
    assert len(library.models()) == before + 1


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


def test_what_is_not_here_cannot_be_removed(library: Library) -> None:
    with pytest.raises(ModelError, match=r"'starter' is not here.* comes with the program"):
        library.remove("starter")
    with pytest.raises(ModelError, match="no model 'x' on the list: there are starter, "):
        library.remove("x")


def test_a_fetched_model_is_deleted_and_can_be_fetched_again(library: Library) -> None:
    entry = library.entry("starter-small")
    file = library.folder / entry.file
    _fetched(library)
    CheckedFiles(library.folder / "checked.json").remember(file, entry.sha256)
    part = file.with_name(f"{entry.file}.part")
    part.write_bytes(bytes(100))
    removed = library.remove("starter-small")
    assert removed.freed_bytes == entry.size + 100
    assert not file.exists()
    assert not part.exists()
    assert not CheckedFiles(library.folder / "checked.json").holds(file, entry.sha256)
    assert not library.models()[1].present
    assert library.models()[1].name == "starter-small"


def test_a_model_that_is_being_fetched_is_not_deleted(library: Library) -> None:
    file = _fetched(library)
    with FileLock(library.folder / f".{file.name}.lock") as other:
        assert other.acquire()
        with pytest.raises(ModelError, match="is being fetched by another program"):
            library.remove("starter-small")
    assert file.is_file()


def test_a_model_without_a_template_says_so_on_the_list(library: Library, tmp_path: Path) -> None:
    base = tmp_path / "base.gguf"
    base.write_bytes(small_gguf({**CHAT, "tokenizer.chat_template": ""}))
    assert "chatml is used" in library.add(base).notice
    assert library.get("base") == library.get(str(base))


def test_a_list_from_before_notices_is_read(library: Library, own: Path) -> None:
    library.add(own)
    kept = library.folder / "models.json"
    content = json.loads(kept.read_text())
    del content["own"]["notice"]
    kept.write_text(json.dumps(content))
    assert library.get("own").notice == ""


def test_two_programs_add_at_once_and_both_are_on_the_list(
    library: Library, tmp_path: Path
) -> None:
    for number in range(8):
        (tmp_path / f"m{number}.gguf").write_bytes(small_gguf())
    program = (
        "import sys; from pathlib import Path; from rlm_desktop.models.library import Library\n"
        "library = Library(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "for name in sys.argv[3:]: library.add(Path(name))"
    )
    start = [sys.executable, "-c", program, str(library.folder)]
    start.append(str(places.resources() / "catalogue.json"))
    running = [
        subprocess.Popen([*start, *(str(tmp_path / f"m{number}.gguf") for number in numbers)])
        for numbers in (range(4), range(4, 8))
    ]
    assert [process.wait(30) for process in running] == [0, 0]
    assert {f"m{number}" for number in range(8)} <= {model.name for model in library.models()}


def test_a_list_that_cannot_be_written_is_said(
    library: Library, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ModelError, match=r"models\.json cannot be changed: No space left"):
        library.add(own)
    assert not [model for model in library.models() if not model.in_catalogue]


def test_two_models_can_be_had_and_weighed_together(
    library: Library, own: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(small_gguf(tensors=5))
    library.add(own)
    library.add(other)
    first, second = (verify.check(library.get(name).path) for name in ("own", "other"))
    assert (first.weight_bytes, second.weight_bytes) == (256, 640)


@pytest.mark.parametrize("content", ["{", "[]", '{"a": {}}', '{"a": {"path": 1}}'])
def test_a_damaged_list_is_named(library: Library, content: str) -> None:
    library.folder.mkdir()
    (library.folder / "models.json").write_text(content)
    with pytest.raises(ModelError, match=r"models\.json"):
        library.models()


def _fetched(library: Library) -> Path:
    """A file that looks like the fetched one; it takes no room on the disk."""
    entry = library.entry("starter-small")
    library.folder.mkdir()
    with (library.folder / entry.file).open("wb") as file:
        file.truncate(entry.size)
    return library.folder / entry.file


def test_a_fetched_file_of_the_right_size_is_present(library: Library) -> None:
    entry = library.entry("starter-small")
    _fetched(library)
    assert library.get("starter-small").licence == "Apache-2.0"
    with (library.folder / entry.file).open("wb") as file:
        file.truncate(entry.size - 1)
    with pytest.raises(ModelError, match="not here yet"):
        library.get("starter-small")
