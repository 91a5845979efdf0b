"""`rlm-desktop FILE…` opens the window on files, as file browsers start it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from rlm_desktop.cli import main as command_line


def test_files_without_a_command_open_the_window(tmp_path: Path) -> None:
    opened: list[tuple[Sequence[Path], int | None]] = []

    def open_window(files: Sequence[Path], run: int | None) -> int:
        opened.append((files, run))
        return 0

    first, second = tmp_path / "a b.txt", tmp_path / "c.log"
    first.write_text("a")
    assert command_line.main([str(first), str(second)], open_window) == 0
    assert opened == [([first, second], None)]


def test_what_is_neither_a_command_nor_a_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        command_line.main([str(tmp_path / "no such file")], lambda _files, _run: 0)
    assert refused.value.code == 2
    assert "invalid choice" in capsys.readouterr().err
