"""Writing a run to a file of the user's choice."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from rlm_desktop.errors import UsageError
from rlm_desktop.exporting.html import to_html
from rlm_desktop.exporting.json_file import to_json, to_jsonl
from rlm_desktop.exporting.markdown import to_markdown
from rlm_desktop.exporting.rlms_log import to_rlms_log
from rlm_desktop.runs.events import Event
from rlm_desktop.runs.run import Run


def write_export(path: Path, number: int, run: Run, events: Sequence[Event]) -> None:
    """Write the run as the suffix of the file says; a file that is there is replaced.

    The file is written whole or not at all. Raises UsageError for another suffix, and if the
    file cannot be written.
    """
    match "".join(path.suffixes[-2:]).lower() if _is_log(path) else path.suffix.lower():
        case ".rlms.jsonl":
            text = to_rlms_log(run, events)
        case ".md":
            text = to_markdown(run)
        case ".html":
            text = to_html(run)
        case ".json":
            text = to_json(number, run, events)
        case ".jsonl":
            text = to_jsonl(events)
        case _:
            raise UsageError(
                f"{path.name} is no kind of export: end its name with .md, .html, .json, .jsonl or"
                " .rlms.jsonl"
            )
    write_whole(path, lambda fresh: fresh.write_text(text, encoding="utf-8", newline="\n"))


def _is_log(path: Path) -> bool:
    """Whether the name asks for a log of rlms."""
    return path.name.lower().endswith(".rlms.jsonl")


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Have a file written beside its place and put there, or nothing at all.

    `write` is given the path to write to. Raises UsageError if it cannot be written.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        try:
            write(fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}): choose another place"
        ) from error
