"""`rlm-desktop models`: list, fetch, add, remove, show and check."""

import argparse
import sys
import threading
import time
from collections.abc import Generator
from typing import TypeVar

import psutil

from rlm_desktop import places
from rlm_desktop.cli.progress import Progress
from rlm_desktop.cli.stopping import stopping
from rlm_desktop.engine.base import Done, Engine, Message, Prompt
from rlm_desktop.errors import ModelError
from rlm_desktop.exporting.visible import visible
from rlm_desktop.models import download, fit, verify
from rlm_desktop.models.exams import Exams
from rlm_desktop.models.fetching import FetchProgress
from rlm_desktop.models.library import Library, ModelFile
from rlm_desktop.models.plain_words import amount, describe
from rlm_desktop.runs import exam
from rlm_desktop.session import (
    exam_of,
    keep_verdict,
    library,
    open_engine,
    require_fit,
    window_of,
)
from rlm_desktop.settings import Settings

_Result = TypeVar("_Result")


def main(parsed: argparse.Namespace) -> int:
    """Do one of these, and return the exit code."""
    models = library()
    match parsed.action:
        case "get":
            _get(models, parsed.name)
        case "add":
            model = models.add(parsed.path)
            sys.stdout.write(f"Added {model.name} ({model.title}), licence: {model.licence}\n")
            _notice(model.notice)
        case "remove":
            _remove(models, parsed.name)
        case "show":
            _show(models, parsed.name)
        case "check":
            return _check(models, parsed.name, with_exam=not parsed.no_exam)
        case _:
            _list(models)
    return 0


def _list(models: Library) -> None:
    for model in models.models():
        where = str(model.path) if model.present else "not here yet"
        if not model.present and model.in_catalogue:
            where += f": rlm-desktop models get {model.name}"
        lines = [f"{model.name:18} {amount(model.size):>8}  {model.title}, licence {model.licence}"]
        told = (model.good_for, model.notice, _said_by_exam(model))
        lines += [f"{'':18} {'':8}  {text}" for text in told if text]
        sys.stdout.write("\n".join([*lines, f"{'':18} {'':8}  {where}", ""]))


def _said_by_exam(model: ModelFile) -> str:
    """What the exam said of a model on this machine; empty if it took none."""
    kept = Exams(places.exams()).of(model.name, model.size)
    return f"Exam of {kept.taken_on}: {kept.sentence}" if kept else ""


def _get(models: Library, name: str) -> None:
    entry = models.entry(name)
    progress = Progress(quiet=False)
    progress.say(
        f"{entry.title}, licence {entry.licence}, {amount(entry.size)}, into {models.folder}"
    )
    with stopping() as stop:
        path = _followed(download.fetch(entry, models.folder, stop), progress)
    sys.stdout.write(f"{path}\n")


def _followed(steps: Generator[FetchProgress, None, _Result], progress: Progress) -> _Result:
    """Go through a fetch or a check to its end, telling how far it is."""
    began, last = time.monotonic(), ""
    while True:
        try:
            at = next(steps)
        except StopIteration as end:
            progress.end()
            result: _Result = end.value
            return result
        told = f"{at.stage}{' from ' + at.source if at.source else ''}"
        if told != last:
            progress.say(told[0].upper() + told[1:])
            last = told
        left = ""
        passed = time.monotonic() - began
        if passed > 5 and at.done_bytes:
            seconds = passed * (at.total_bytes - at.done_bytes) / at.done_bytes
            left = f", about {seconds:.0f} s left"
        progress.now(
            f"{at.stage}: {at.done_bytes / 1e6:,.0f} of {at.total_bytes / 1e6:,.0f} MB{left}"
        )


def _remove(models: Library, name: str) -> None:
    removed = models.remove(name)
    if removed.model.in_catalogue:
        sys.stdout.write(
            f"Deleted {removed.model.path}, {amount(removed.freed_bytes)}. To have it again:"
            f" rlm-desktop models get {name}\n"
        )
    else:
        path = removed.model.path
        sys.stdout.write(
            f"Took {name} off the list; its file stays at {path}. To have it on the list again:"
            f" rlm-desktop models add {path}\n"
        )


def _show(models: Library, name: str) -> None:
    file = models.get(name)
    facts = verify.check(file.path)
    _tell(file, facts)
    if said := _said_by_exam(file):
        sys.stdout.write(f"{'Here':12} {said}\n")
    window = window_of(Settings.read(places.settings()), facts)
    found = fit.fit(facts, window, psutil.virtual_memory().available)
    sys.stdout.write(f"{'Memory':12} {found.sentence}\n")
    _notice(facts.notice)


def _tell(file: ModelFile, facts: verify.GgufFacts) -> None:
    rows = [("Known as", file.name), *describe(facts)]
    if file.good_for:
        rows.insert(1, ("Good for", file.good_for))
    for heading, text in rows:
        # The catalogue knows the licence also where the file does not state it.
        said = file.licence if heading == "Licence" else text
        sys.stdout.write(f"{heading:12} {said}\n")


def _notice(notice: str) -> None:
    if notice:
        sys.stdout.write(f"Note: {notice}.\n")


def _check(models: Library, name: str, *, with_exam: bool) -> int:
    """Whether a model is whole, loads and answers here, how fast, and what it is good for."""
    settings = Settings.read(places.settings())
    file = models.get(name)
    if file.in_catalogue:
        _check_hash(models, file)
    facts = verify.check(file.path)
    window = window_of(settings, facts)
    found = require_fit(facts, window, settings)
    sys.stdout.write(
        f"{facts.name}: {facts.architecture}, {facts.file_type}, {amount(facts.size)}, "
        f"made for {facts.context_length:,} tokens, licence: {file.licence}\n{found.sentence}\n"
    )
    _notice(facts.notice)
    engine = open_engine(file, settings)
    stop = threading.Event()
    try:
        began = time.monotonic()
        for _ in engine.load(stop):
            pass
        sys.stdout.write(f"loads in {time.monotonic() - began:.1f} s\n")
        text = " ".join(f"Item {number} costs {number * 7 % 90} crowns." for number in range(120))
        question = "Reply with the single word READY."
        reply = ""
        prompt = Prompt((Message("user", f"{text}\n\n{question}"),), max_tokens=16)
        for message in engine.generate([prompt], stop):
            if isinstance(message, Done):
                usage = message.usage
            else:
                reply += message.text
        sys.stdout.write(
            f"read {usage.prompt_tokens:,} tokens and wrote {usage.reply_tokens} in "
            f"{usage.seconds:.1f} s; replied: {reply.strip()[:60]}\n"
        )
        if "ready" not in reply.lower():
            raise ModelError(
                f"{name} loads, but does not follow a plain instruction: it will not answer well"
            )
        if with_exam:
            _examine(file, engine, settings)
    finally:
        engine.close()
    return 0


def _examine(file: ModelFile, engine: Engine, settings: Settings) -> None:
    """Let a model that is loaded take the exam, tell how it went, and keep what it says."""
    progress = Progress(quiet=False)
    with stopping() as stop:
        taking = exam_of(engine, settings, stop)
        progress.say(f"An exam of {len(taking.tasks)} tasks, about two minutes on two cores")
        tried = []
        for each in taking.take():
            mark = "passed" if each.passed else "failed"
            reply = visible(each.reply)[:60]
            sys.stdout.write(
                f"  {mark}: {exam.in_words(each.shows)}, {each.seconds:.0f} s ({reply})\n"
            )
            sys.stdout.flush()
            tried.append(each)
    verdict = exam.verdict_of(tried)
    sys.stdout.write(f"{verdict.sentence} Level that suits it: {verdict.level}.\n")
    keep_verdict(file, verdict)


def _check_hash(models: Library, file: ModelFile) -> None:
    """Read the file through; raise ModelError if it is not the one of the catalogue."""
    entry = models.entry(file.name)
    with stopping() as stop:
        steps = download.has_right_hash(entry, file.path, stop)
        if not _followed(steps, Progress(quiet=False)):
            raise ModelError(
                f"{file.path} is damaged (its hash is wrong): delete it with rlm-desktop models"
                f" remove {file.name}, and fetch it again"
            )
    sys.stdout.write(f"{file.path} is whole: its hash is that of the catalogue\n")
