"""Sandboxes for tests, closed at the end of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from open_sandboxes import Opened


@pytest.fixture
def open_sandbox(nothing_left_behind: None, tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(tmp_path)
    yield opened
    opened.close()
