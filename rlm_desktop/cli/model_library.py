"""`rlm-desktop models`: list, fetch, add and check."""

import argparse
import sys
import threading
import time

import psutil

from rlm_desktop import places
from rlm_desktop.cli.progress import Progress
from rlm_desktop.cli.stopping import stopping
from rlm_desktop.engine.base import Done, Message, Prompt
from rlm_desktop.errors import ModelError
from rlm_desktop.models import download, fit, verify
from rlm_desktop.models.library import Library
from rlm_desktop.session import library, open_engine, window_of
from rlm_desktop.settings import Settings


def main(parsed: argparse.Namespace) -> int:
    """List, fetch, add or check; return the exit code."""
    models = library()
    match parsed.action:
        case "get":
            _get(models, parsed.name)
        case "add":
            model = models.add(parsed.path)
            sys.stdout.write(f"Added {model.name} ({model.title}), licence: {model.licence}\n")
        case "check":
            return _check(models, parsed.name)
        case _:
            _list(models)
    return 0


def _list(models: Library) -> None:
    for model in models.models():
        where = str(model.path) if model.present else "not here yet"
        if not model.present and model.in_catalogue:
            where += f": rlm-desktop models get {model.name}"
        sys.stdout.write(
            f"{model.name:16} {model.size / 1e6:7,.0f} MB  {model.licence:14} {model.title}\n"
            f"{'':16} {where}\n"
        )


def _get(models: Library, name: str) -> None:
    entry = models.entry(name)
    progress = Progress(quiet=False)
    progress.say(
        f"{entry.title}, licence {entry.licence}, {entry.size / 1e6:,.0f} MB, into {models.folder}"
    )
    began, last = time.monotonic(), ""
    with stopping() as stop:
        fetching = download.fetch(entry, models.folder, stop)
        while True:
            try:
                at = next(fetching)
            except StopIteration as end:
                path = end.value
                break
            told = f"{at.stage}{' from ' + at.source if at.source else ''}"
            if told != last:
                progress.say(told.capitalize())
                last = told
            left = ""
            passed = time.monotonic() - began
            if passed > 5 and at.done_bytes:
                seconds = passed * (at.total_bytes - at.done_bytes) / at.done_bytes
                left = f", about {seconds:.0f} s left"
            progress.now(
                f"{at.stage}: {at.done_bytes / 1e6:,.0f} of {at.total_bytes / 1e6:,.0f} MB{left}"
            )
    progress.end()
    sys.stdout.write(f"{path}\n")


def _check(models: Library, name: str) -> int:
    """Whether a model loads and answers here, and how fast it reads and writes."""
    settings = Settings.read(places.settings())
    file = models.get(name)
    facts = verify.check(file.path)
    window = window_of(settings, facts)
    found = fit.require_fit(facts, window, psutil.virtual_memory().available)
    sys.stdout.write(
        f"{facts.name}: {facts.architecture}, {facts.file_type}, {facts.size / 1e6:,.0f} MB, "
        f"made for {facts.context_length:,} tokens, licence: {file.licence}\n{found.sentence}\n"
    )
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
    finally:
        engine.close()
    sys.stdout.write(
        f"read {usage.prompt_tokens:,} tokens and wrote {usage.reply_tokens} in "
        f"{usage.seconds:.1f} s; replied: {reply.strip()[:60]}\n"
    )
    if "ready" not in reply.lower():
        raise ModelError(
            f"{name} loads, but does not follow a plain instruction: it will not answer well"
        )
    return 0
