"""Texts in other encodings are read right, and the guess is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents import encoding
from tests.documents.read import read

GERMAN = (
    "Die Prüfung der Verträge für das Jahr 2024 ergab, dass die Bürgschaft über 3.000 € gilt.\n"
)
FRENCH = (
    "Le contrat a été signé à Paris ; la société s’engage à régler les intérêts dès réception.\n"
)
SPANISH = "El año pasado la compañía firmó un contrato en España. ¿Cuándo terminará la obra?\n"
SWEDISH = "Företaget är beläget på en ö i Östersjön, dit många åker på sommaren.\n"
POLISH = "Umowa została podpisana w Łodzi. Wszystkie należności będą płacone w ciągu miesiąca.\n"
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy. Smlouva je platná od příštího měsíce.\n"
HUNGARIAN = "Árvíztűrő tükörfúrógép. A következő hónaptól érvényes, és időben kell fizetni.\n"
RUSSIAN = "Договор был подписан в Москве. Стороны обязуются соблюдать все условия соглашения.\n"
GREEK = "Η σύμβαση υπογράφηκε στην Αθήνα. Όλες οι πληρωμές θα γίνουν εντός τριάντα ημερών.\n"
JAPANESE = "契約書は東京で署名されました。すべての支払いは三十日以内に行われます。\n"
CHINESE = "本合同在北京签署。所有款项应在三十天内支付。这是一个中文文本，用于测试编码检测。\n"

LEGACY = [
    ("cp1252", GERMAN),
    ("cp1252", FRENCH),
    ("cp1252", SWEDISH),
    ("cp1252", "Müller, Köln\n"),
    ("cp1252", "café\n"),
    ("cp1252", "a “quote” – and a dash\n"),
    ("latin-1", SPANISH),
    ("cp1250", POLISH),
    ("cp1250", CZECH),
    ("cp1250", HUNGARIAN),
    ("cp1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("cp1253", GREEK),
    ("shift_jis", JAPANESE),
    ("gb18030", CHINESE),
]
MARKED = ["utf-8-sig", "utf-16", "utf-32"]
UNMARKED = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize(("codec", "text"), LEGACY)
@pytest.mark.parametrize("times", [1, 30])
def test_guesses_legacy_encodings(tmp_path: Path, codec: str, text: str, times: int) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(text.encode(codec) * times)
    with read(path) as collection:
        assert collection.text(0, len(collection)) == text * times
        (document,) = collection.documents
        assert document.note == f"encoding guessed: {document.encoding}"


@pytest.mark.parametrize("codec", [*MARKED, *UNMARKED])
@pytest.mark.parametrize("text", [GERMAN, "plain\r\nlines\r\n", "one", RUSSIAN + "😀"])
def test_reads_unicode_encodings(tmp_path: Path, codec: str, text: str) -> None:
    if text == RUSSIAN + "😀" and codec.startswith(("utf-16-", "utf-32-")):
        text = "field,value\n" * 20 + text  # without a mark, mostly ASCII
    path = tmp_path / "wide.txt"
    path.write_bytes(text.encode(codec))
    with read(path) as collection:
        assert collection.text(0, len(collection)) == text
        assert collection.documents[0].note == ""


def test_finds_the_encoding_far_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"only ASCII here\n" * 100_000 + GERMAN.encode("cp1252") + b"and here\n" * 9)
    with read(path) as collection:
        assert GERMAN in collection.text(1_600_000, len(collection))
        assert collection.documents[0].encoding == "cp1252"


def test_utf8_with_some_damage_stays_utf8(tmp_path: Path) -> None:
    path = tmp_path / "mixed.log"
    path.write_bytes((RUSSIAN * 20).encode() + b"\xff\xfe broken\n" + RUSSIAN.encode()[:-2])
    with read(path) as collection:
        (document,) = collection.documents
        assert document.encoding == "utf-8"
        assert document.note == "2 characters are damaged and shown as \ufffd"
        assert RUSSIAN * 20 in collection.text(0, len(collection))


@pytest.mark.parametrize(
    ("content", "lines"),
    [("a\r\nb\r\n", 2), ("a\nb", 2), ("a\rb\rc", 3), ("a\rb\r", 2), ("\n", 1), ("a", 1)],
)
def test_line_ends_are_kept_and_counted(tmp_path: Path, content: str, lines: int) -> None:
    for codec in ("utf-8", "utf-16"):
        path = tmp_path / f"{codec}.txt"
        path.write_bytes(content.encode(codec))
        with read(path) as collection:
            assert collection.text(0, 99) == content
            assert collection.documents[0].lines == lines


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_not(content: bytes) -> None:
    try:
        known = encoding.of_head(content)
        codec = (known or encoding.guess(content)).codec
    except encoding.NotText:
        return
    content.decode(codec, "replace")
