"""`rlm-desktop doctor`: what works on this machine, found out by trying it."""

import os
import platform
import sys
import threading
from collections.abc import Callable

from rlm_desktop import __version__, places
from rlm_desktop.engine import hardware
from rlm_desktop.engine.offload import room
from rlm_desktop.errors import RlmError
from rlm_desktop.ipc import held_tool
from rlm_desktop.jail import probe
from rlm_desktop.models import fit, verify
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.session import library, open_server, window_of
from rlm_desktop.settings import Settings
from rlm_desktop.storage.run_store import RunStore


def main() -> int:
    """Try everything and say what came of it; 1 if something that is needed does not work."""
    sys.stdout.write(
        f"RLM Desktop {__version__}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()} {platform.machine()}\n"
    )
    checks: list[tuple[str, Callable[[], str]]] = [
        ("data folder", lambda: str(places.data())),
        ("database", _database),
        ("recipes", _recipes),
        ("sandbox", _sandbox),
        ("engine", _engine),
        ("model", _model),
        ("memory", _memory),
        ("server", _server),
        ("display", _display),
        ("sleep", _sleep),
    ]
    failed = 0
    for name, check in checks:
        try:
            told, mark = check(), "ok"
        except (RlmError, OSError) as error:
            told, mark = str(error), "FAILED"
            failed += 1
        sys.stdout.write(f"{name:12} {mark:7} {told}\n")
        sys.stdout.flush()
    return 1 if failed else 0


def _database() -> str:
    store = RunStore(places.database())
    try:
        return f"{places.database()}, {len(store.runs())} runs shown"
    finally:
        store.close()


def _recipes() -> str:
    folder = places.recipes()
    own = len(list(folder.glob("*.md")))
    recipes = load_recipes(places.resources() / "recipes", folder)
    return f"{len(recipes)}, {own} of them your own, from {folder}"


def _sandbox() -> str:
    reason = probe.why_not()
    if reason:
        raise RlmError(f"{reason}; no code is run, so only short texts can be asked about")
    return "a locked process could not open files, make sockets, start programs or map code"


def _engine() -> str:
    machine = hardware.describe()
    devices = "; ".join(str(device.name) for device in machine.devices) or "the processor only"
    return (
        f"{machine.threads} threads on {machine.cores} cores, "
        f"{machine.memory_available / 1e9:.1f} of {machine.memory_total / 1e9:.1f} GB free; "
        f"llama.cpp computes on: {devices}"
    )


def _model() -> str:
    settings = Settings.read(places.settings())
    if settings.server_address:
        return "none is needed: the server has it"
    file = library().get(settings.model)
    facts = verify.check(file.path)
    return f"{file.name}: {facts.name}, licence {file.licence}, {file.path}"


def _server() -> str:
    settings = Settings.read(places.settings())
    if not settings.server_address:
        return "none, as it is at first: what is asked about stays on this machine"
    engine = open_server(settings)
    try:
        for _ in engine.load(threading.Event()):
            pass
        where = f"TEXTS ARE SENT TO {engine.address}" if engine.address else "on this machine"
        return f"{engine.name} on {engine.kind}, {engine.window:,} tokens at once; {where}"
    finally:
        engine.close()


def _memory() -> str:
    settings = Settings.read(places.settings())
    facts = verify.check(library().get(settings.model).path)
    machine = hardware.describe()
    window = window_of(settings, facts)
    found = fit.fit(facts, window, machine.memory_available, room(machine.devices))
    if found.verdict is fit.Verdict.WONT_FIT:
        raise RlmError(found.sentence)
    return found.sentence


def _display() -> str:
    if sys.platform != "linux":
        return "the system's own"
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(name):
            return f"{name}={os.environ[name]}"
    return "none: the window cannot open here, and `rlm-desktop ask` works"


def _sleep() -> str:
    if tool := held_tool.keeping_awake():
        return f"{tool[0]} keeps the computer awake while the window runs a question"
    return "nothing here keeps the computer awake during a run: it may go to sleep as usual"
