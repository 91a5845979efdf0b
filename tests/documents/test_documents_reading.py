"""Which files are read, under which names, and what is said of the others."""

import os
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from rlm_desktop import places
from rlm_desktop.documents import folders, reading
from rlm_desktop.documents.document import Kind
from rlm_desktop.documents.folders import natural_key
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.errors import DocumentError
from tests.documents.pdf_maker import pdf
from tests.documents.read import finished, read, watched


def names(paths: list[Path]) -> list[str]:
    with read(*paths) as collection:
        return [document.name for document in collection.documents]


def left_out(paths: list[Path]) -> dict[str, str]:
    with read(*paths) as collection:
        return {each.name: each.reason for each in collection.left_out}


def fill(folder: Path, **files: bytes | str) -> Path:
    """Files by name; `__` parts folders and `_` stands for a dot."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


# Names and order


def test_a_single_file_has_its_name(tmp_path: Path) -> None:
    path = fill(tmp_path, a__b__one_txt="text") / "a/b/one.txt"
    assert names([path]) == ["one.txt"]


def test_a_folder_is_read_in_natural_order(tmp_path: Path) -> None:
    fill(tmp_path, p10_txt="10", p2_txt="2", P1_txt="1", b__x_txt="x", a_txt="a")
    assert names([tmp_path]) == ["a.txt", "b/x.txt", "P1.txt", "p2.txt", "p10.txt"]


def test_several_paths_have_names_from_their_common_folder(tmp_path: Path) -> None:
    fill(tmp_path, x__one__a_txt="a", x__two__b_txt="b", x__c_txt="c")
    x = tmp_path / "x"
    assert names([x / "two", x / "one/a.txt"]) == ["one/a.txt", "two/b.txt"]
    assert names([x / "one/a.txt", x / "c.txt"]) == ["c.txt", "one/a.txt"]
    # A file that is chosen itself and with its folder is one file.
    assert names([x, x / "c.txt", x / "c.txt"]) == ["x/c.txt", "x/one/a.txt", "x/two/b.txt"]


def test_natural_key_sorts_odd_numbers_too() -> None:
    odd = ["²", "x²", "9" * 200, "01", "1", "a/2", "a/10", ""]
    assert sorted(odd, key=natural_key)[-4:] == ["a/2", "a/10", "x²", "²"]


# What is left out


def test_hidden_and_built_things_are_left_out(tmp_path: Path) -> None:
    fill(tmp_path, read_txt="me", dist__c_js="c", own__pyvenv_cfg="", own__l_py="")
    for name in ("node_modules/m", "__pycache__", ".git"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "inside.txt").write_text("no")
    (tmp_path / ".env").write_text("secret")
    (tmp_path / "link.txt").symlink_to(tmp_path / "read.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert names([tmp_path]) == ["read.txt"]
    built = "build output or installed packages"
    assert left_out([tmp_path]) == {
        **dict.fromkeys(("dist", "own", "node_modules", "__pycache__"), built),
        **dict.fromkeys((".git", ".env"), "hidden"),
        **dict.fromkeys(("link.txt", "loop"), "a link"),
        "pipe": "a pipe, socket or device",
    }


def test_what_cannot_be_read_is_left_out_with_the_reason(tmp_path: Path) -> None:
    fill(
        tmp_path,
        a_txt="text",
        same_txt="text",
        empty_txt="",
        letter_docx=b"PK\x03\x04word",
        old_doc=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        all_zip=b"PK\x03\x04",
        picture_png=b"\x89PNG\r\n\x1a\n",
        photo_webp=b"RIFF1234WEBP",
        film_mp4=b"\0\0\0\x18ftypmp42",
        model_gguf=b"GGUF\x03\0\0\0",
        program=b"\x7fELF\x02\x01",
        base_db=b"SQLite format 3\0",
        tape_tar=bytes(257) + b"ustar",
        odd_bin=bytes(range(256)) * 10,
        broken_pdf=b"%PDF-1.4 broken",
    )
    assert names([tmp_path]) == ["a.txt"]
    reasons = left_out([tmp_path])
    for name, words in {
        "same.txt": "same content as a.txt",
        "empty.txt": "it is empty",
        "letter.docx": "Word documents cannot be read yet: save it as PDF or text",
        "old.doc": "Word documents cannot be read yet: save it as PDF or text",
        "all.zip": "archives cannot be read yet: unpack it first",
        "picture.png": "pictures cannot be read",
        "photo.webp": "pictures cannot be read",
        "film.mp4": "sound and video cannot be read",
        "program": "it is a program, not a document",
        "tape.tar": "archives cannot be read yet: unpack it first",
        "odd.bin": "it is a binary file, not text",
        "broken.pdf": "it is damaged, or no PDF",
    }.items():
        assert reasons[name] == words
    assert "rlm-desktop models add" in reasons["model.gguf"]
    assert "CSV" in reasons["base.db"]
    assert len(reasons) == 14


def test_a_file_is_chosen_even_if_it_is_hidden_or_a_link(tmp_path: Path) -> None:
    (tmp_path / ".notes").write_text("text")
    (tmp_path / "link").symlink_to(tmp_path / ".notes")
    assert names([tmp_path / ".notes"]) == [".notes"]
    assert names([tmp_path / "link"]) == ["link"]


# Errors name the file


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (bytes(range(256)) * 40, "it is a binary file"),
        (b"\x01\x02\x03\x04" * 100, "it is a binary file"),
        (b"PK\x03\x04", "archives cannot be read yet"),
    ],
)
def test_a_file_alone_that_cannot_be_read_is_an_error(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "alone.bin"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=f"^alone.bin cannot be read: {words}"):
        read(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_text("text")
    with pytest.raises(DocumentError, match=r"gone.txt is not there"):
        read(tmp_path / "there.txt", tmp_path / "gone.txt")


def test_no_path_is_an_error() -> None:
    with pytest.raises(DocumentError, match="no document was chosen"):
        read()


def test_a_folder_with_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"there is nothing to read in .* it is empty"):
        read(tmp_path)
    fill(tmp_path, picture_png=b"\x89PNG")
    with pytest.raises(DocumentError, match=r"nothing to read in .*picture.png: pictures"):
        read(tmp_path)


def test_a_name_that_is_no_name_is_an_error() -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read(Path("a\0b"))
    with pytest.raises(DocumentError, match="cannot be read"):
        read(Path("x" * 5000))


def test_pipes_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(DocumentError, match="is not a file but a pipe, socket or device"):
            read(path)


@pytest.fixture
def as_nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder everyone may look into; root, who may read all, is somebody else meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "documents")
        home = Path(name, "home")
        monkeypatch.setenv("RLM_DESKTOP_HOME", str(home))
        for each in (folder.parent, folder, home):
            each.mkdir(exist_ok=True)
            each.chmod(0o777)
        was = os.geteuid()
        yield folder
        if was == 0:
            os.seteuid(0)


def drop_rights() -> None:
    if os.geteuid() == 0:
        os.seteuid(65534)


def test_a_file_without_permission_is_an_error(as_nobody: Path) -> None:
    fill(as_nobody, closed_txt="text", inside__a_txt="a")
    (as_nobody / "closed.txt").chmod(0)
    drop_rights()
    with pytest.raises(DocumentError, match=r"closed.txt may not be read: you have no permission"):
        read(as_nobody / "closed.txt")
    reason = "may not be read: you have no permission"
    assert left_out([as_nobody]) == {"closed.txt": reason}


def test_a_folder_without_permission_is_left_out_or_an_error(as_nobody: Path) -> None:
    fill(as_nobody, a_txt="a", inside__b_txt="b")
    (as_nobody / "inside").chmod(0)
    drop_rights()
    assert "the folder cannot be read" in left_out([as_nobody])["inside"]
    with pytest.raises(DocumentError, match="inside cannot be read"):
        read(as_nobody / "inside")
    with pytest.raises(DocumentError, match=r"b.txt may not be read"):
        read(as_nobody / "inside/b.txt")


def test_a_file_that_changes_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "live.log"
    path.write_bytes(b"line\n" * 500_000)
    going = read_documents([path], places.texts(), threading.Event())
    while next(going).fraction == 0:
        pass
    with path.open("ab") as file:
        file.write(b"more\n")
    with pytest.raises(DocumentError, match=r"live.log changed while it was read"):
        list(going)


def test_a_file_that_vanishes_from_a_folder_is_left_out(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a", b_txt="b")
    going = read_documents([tmp_path], places.texts(), threading.Event())
    next(going)
    (tmp_path / "b.txt").unlink()
    with finished(going) as collection:
        assert [each.reason for each in collection.left_out] == ["is not there"]


def test_too_many_files_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, a_txt="a", b_txt="b", c_txt="c")
    with pytest.raises(DocumentError, match="more than 2 files: choose a smaller folder"):
        folders.choose([tmp_path], threading.Event(), most=2)


def test_too_much_in_too_many_files_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, a_txt="a" * 90, b_txt="b" * 50, c_txt="c" * 60)
    monkeypatch.setattr(reading, "MAPPED_FILES", 1)
    monkeypatch.setattr(reading, "_MAX_IN_MEMORY", 110)
    assert names([tmp_path]) == ["a.txt", "b.txt", "c.txt"]
    monkeypatch.setattr(reading, "_MAX_IN_MEMORY", 109)
    with pytest.raises(DocumentError, match="these 3 files are too many and too large"):
        read(tmp_path)


def test_a_full_store_is_named(tmp_path: Path) -> None:
    places.data()
    places.texts().write_text("a file where the folder should be")
    fill(tmp_path, docs__a_txt="fine", docs__b_txt="für".encode("cp1252"))
    with pytest.raises(DocumentError, match=f"cannot be kept in {places.texts()}.*make room"):
        read(tmp_path / "docs")


def test_a_large_log_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.log"
    line = "2024-01-02 03:04:05 ERROR für 10.0.0.1: it failed again\n"
    with path.open("w") as file:
        for _ in range(80):
            file.write(line * 10_000)  # 46 MB in all
        file.write("the end")
    before = psutil.Process().memory_full_info().uss
    with read(path) as collection:
        assert collection.find("the end") == len(line) * 800_000
        assert collection.where(len(collection) - 1).line == 800_001
        assert collection.text(len(line) * 400_000, len(line) * 400_000 + 10) == line[:10]
        # Pages of the mapped file belong to the system; ours are those that nobody shares.
        own = psutil.Process().memory_full_info()
        assert own.uss - before - mapped_bytes(path) < 15_000_000


def mapped_bytes(path: Path) -> int:
    """How much of a file is in memory because we mapped it; nobody else did."""
    maps = psutil.Process().memory_maps()
    return sum(each.rss for each in maps if each.path == str(path))


# Kinds and progress


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.log", "anything", Kind.LOG),
        ("messages.log.1", "anything", Kind.LOG),
        ("a.csv", "anything", Kind.CSV),
        ("a.TSV", "anything", Kind.CSV),
        ("a.json", "{}", Kind.JSON),
        ("a.jsonl", "{}", Kind.JSONL),
        ("a.ndjson", "{}", Kind.JSONL),
        ("README.md", "text", Kind.MARKDOWN),
        ("a.py", "x = 1", Kind.CODE),
        ("Makefile", "all:", Kind.CODE),
        ("a.txt", "Some prose, with commas.\nAnd more, of it.\nOr so.\n", Kind.TEXT),
        ("a.txt", '{"a": 1}\n{"a": 2}\n', Kind.JSONL),
        ("a.txt", "2024-01-02 03:04:05 started\n" * 5, Kind.LOG),
        ("syslog", "Jan  2 03:04:05 host app[1]: started\n" * 5, Kind.LOG),
        ("a", "name;price;date\n" + "x;1;2\n" * 5, Kind.CSV),
        ("a.txt", "# One\ntext\n# Two\ntext\n", Kind.MARKDOWN),
        ("a.txt", '{"a": ' * 100_000, Kind.TEXT),
    ],
)
def test_knows_the_kind(tmp_path: Path, name: str, content: str, kind: Kind) -> None:
    (tmp_path / name).write_text(content)
    with read(tmp_path / name) as collection:
        assert collection.documents[0].kind == kind


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(b"junk\n" + pdf(["A page"]))
    with read(tmp_path / "report.txt") as collection:
        assert collection.documents[0].kind == Kind.PDF


def test_progress_names_every_file(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a" * 3_000_000, b_txt="ü".encode("cp1252") * 2_000_000, c_png=b"\x89PNG")
    collection, progress = watched([tmp_path])
    collection.close()
    assert {each.name for each in progress} == {"a.txt", "b.txt", "c.png"}
    assert len([each for each in progress if each.name == "a.txt"]) >= 3
    assert [each.fraction for each in progress] == sorted(each.fraction for each in progress)
    assert progress[-1] == reading.ReadingProgress(3, 3, "c.png", 1.0)


def test_a_plain_file_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    with read(tmp_path / "a.txt") as collection:
        assert collection.parts[0].text_path == tmp_path / "a.txt"
    assert not places.texts().exists()


def test_what_is_kept_is_private_to_the_store(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("für".encode("utf-16"))
    with read(tmp_path / "a.txt") as collection:
        assert collection.parts[0].text_path.parent == places.texts()
        assert stat.S_ISREG(collection.parts[0].text_path.stat().st_mode)
    assert {path.suffix for path in places.texts().iterdir()} == {".txt", ".json"}


@pytest.mark.parametrize("damage", ["", "{}", '{"chars": 1}', "[" * 100_000, None])
def test_damage_in_the_store_is_made_good(tmp_path: Path, damage: str | None) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("für".encode("utf-16"))
    with read(path) as first:
        facts = first.parts[0].text_path.with_suffix(".json")
    if damage is None:
        facts.with_suffix(".txt").write_text("")
    else:
        facts.write_text(damage)
    with read(path) as second:
        assert second.text(0, 9) == "für"
