"""`rlm-desktop ask`: a question, and its answer on standard output."""

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rlm_desktop import places
from rlm_desktop.cli.progress import Progress
from rlm_desktop.cli.stopping import stopping
from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.errors import RlmError, UsageError
from rlm_desktop.exporting.answer_json import summary
from rlm_desktop.exporting.json_file import json_text
from rlm_desktop.exporting.visible import visible
from rlm_desktop.runs.events import Limits, Outcome
from rlm_desktop.runs.levels import Level
from rlm_desktop.runs.run import Run
from rlm_desktop.session import SERVER, library, limits_of, open_session
from rlm_desktop.settings import Settings

EXIT_CODES = {
    Outcome.ANSWERED: 0,
    Outcome.FAILED: 1,
    Outcome.FORCED: 3,
    Outcome.STOPPED: 4,
    Outcome.NOT_FOUND: 5,
}


def main(parsed: argparse.Namespace) -> int:
    """Ask, print, and return the exit code."""
    progress = Progress(quiet=parsed.quiet)
    try:
        number, run = _run(parsed, progress)
    except RlmError as error:
        if parsed.json:
            nothing = {**summary(Run(), 0), "run": None, "error": str(error)}
            sys.stdout.write(json_text(nothing, indent=2) + "\n")
        raise
    finally:
        progress.end()
    return _tell(number, run, parsed, progress)


def _run(parsed: argparse.Namespace, progress: Progress) -> tuple[int, Run]:
    settings = Settings.read(places.settings())
    if parsed.sub_model:
        settings = replace(settings, sub_model=parsed.sub_model)
    question = _question(parsed)
    run = Run()
    with stopping() as stop, _read(parsed.files, stop, progress) as collection:
        for left_out in collection.left_out[:20]:
            progress.say(f"Left out: {left_out.name}: {left_out.reason}")
        session = open_session(settings, parsed.model)
        try:
            limits = _limits(parsed, settings)
            if notice := _notice(settings, parsed.model):
                progress.say(f"Note: {notice}.")
            if session.address:
                progress.warn(f"The question and texts are sent to {session.address}.")
            asking = session.ask(question, collection, limits, stop, parsed.after)
            progress.say(f"Run {asking.number}: {question}")
            for event in asking.events:
                run.add(event)
                progress.event(event)
        finally:
            session.close()
            if session.notice:
                progress.say(f"Note: {session.notice}.")
    return asking.number, run


def _limits(parsed: argparse.Namespace, settings: Settings) -> Limits:
    """What the run may use up: as the settings have it, or the level; a time of its own wins."""
    limits = Level(parsed.level).limits if parsed.level else limits_of(settings, parsed.model)
    return replace(limits, seconds=parsed.max_minutes * 60) if parsed.max_minutes else limits


def _notice(settings: Settings, model: str | None) -> str:
    """What is to be known of the model, if it is one of the library or a file."""
    if settings.server_address and model in (None, SERVER):
        return ""
    return library().get(model or settings.model).notice


def _tell(number: int, run: Run, parsed: argparse.Namespace, progress: Progress) -> int:
    ended = run.ended
    assert ended is not None, "the last event is a RunEnded"
    if parsed.json:
        sys.stdout.write(json_text(summary(run, number), indent=2) + "\n")
    elif ended.answer is not None:
        sys.stdout.write(visible(ended.answer) + "\n")
    if ended.error:
        sys.stderr.write(f"rlm-desktop: {visible(ended.error)}\n")
    status = f", {ended.status}" if ended.status else ""
    status += f": {ended.confidence}" if ended.confidence else ""
    progress.say(
        f"Run {number}: {ended.outcome}{status}; {ended.coverage:.0%} of the text looked at; "
        f"{ended.seconds:.0f} s, {run.calls} calls. Show it with: rlm-desktop show {number}"
    )
    for passage in ended.evidence:
        page = f" page {passage.page}" if passage.page else ""
        progress.say(f"  {passage.document}{page} line {passage.line}: {passage.quote}")
    return EXIT_CODES[ended.outcome]


def _question(parsed: argparse.Namespace) -> str:
    if parsed.question_file is None:
        question: str = parsed.question
    else:
        path: Path = parsed.question_file
        try:
            question = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"the question file {path} cannot be read: {error}") from error
    if not question.strip():
        raise UsageError("the question is empty: write it after -q, or into the question file")
    return question


@contextmanager
def _read(paths: list[Path], stop: threading.Event, progress: Progress) -> Iterator[Collection]:
    reading = read_documents(paths, places.texts(), stop)
    while True:
        try:
            at = next(reading)
        except StopIteration as end:
            collection: Collection = end.value
            break
        progress.now(f"Reading {at.name}: file {at.done_files + 1} of {at.total_files}")
    with collection:
        yield collection
