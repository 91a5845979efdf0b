"""The translations are complete, fit their texts, and are compiled."""

import sys
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import translations  # noqa: E402

FILES = sorted(translations.FOLDER.glob("*.ts"))


def places_in(text: str) -> list[tuple[str, str | None]]:
    """What is filled in, in any order."""
    return sorted((name, spec) for _, name, spec, _ in Formatter().parse(text) if name is not None)


def test_each_language_has_a_file() -> None:
    assert [path.stem.partition("_")[2] for path in FILES] == list(translations.LANGUAGES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_of_the_window_is_translated_and_no_other(path: Path) -> None:
    wanted = translations.messages()
    assert len(wanted) > 500
    known = translations.read(path)
    assert [message for message in wanted if message not in known] == []
    assert set(known) == set(wanted), "python packaging/translations.py update"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_fits_where_its_text_stands(path: Path) -> None:
    for (context, text), made in translations.read(path).items():
        assert places_in(made) == places_in(text), f"{context}: {text}"
        for end in ("\n", " "):
            assert made.startswith(end) == text.startswith(end), f"{context}: {text}"
        assert made.endswith("\n") == text.endswith("\n"), f"{context}: {text}"
        assert ("&" in made) <= ("&" in text), f"{context}: {text}"


@pytest.mark.gui
def test_the_compiled_files_are_those_of_the_sources(tmp_path: Path) -> None:
    translations.release(tmp_path)
    for path in FILES:
        made = path.with_suffix(".qm")
        assert made.read_bytes() == (tmp_path / made.name).read_bytes(), (
            "python packaging/translations.py release"
        )


def test_a_text_that_is_no_literal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "view.py").write_text("class V:\n    def f(self): return self.tr(f'{self}')\n")
    with pytest.raises(SystemExit, match=r"view.py:2"):
        translations.messages(tmp_path)


def test_texts_are_found_with_the_context_that_they_have_in_the_program(tmp_path: Path) -> None:
    (tmp_path / "view.py").write_text(
        "def _tr(text): return QCoreApplication.translate('Words', text)\n"
        "def told(): return _tr('one ' 'two')\n"
        "class View:\n    def f(self): return self.tr('three'), _tr('four')\n"
    )
    assert translations.messages(tmp_path) == [
        ("View", "three"),
        ("Words", "one two"),
        ("Words", "four"),
    ]
