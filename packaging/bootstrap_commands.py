"""The commands of the bootstrap."""

import os
from pathlib import Path

import bootstrap_desktop
import bootstrap_sample
import bootstrap_system
import bootstrap_tests
from bootstrap_steps import ROOT, StepFailed, call, say
from bootstrap_venv import Environment

USAGE = """\
python3 packaging/bootstrap.py COMMAND

run          install, fetch the starter model (1.1 GB), ask a first question, open the window
test [ARG]   install, and run all tests and checks; ARGs go to pytest, which then runs alone
check        ruff, mypy, and the test of the architecture
bench [NAME] run a script of tests/benchmarks; without a name, list them
window [ARG] open the window; with --view story|code|calls|answer [RUN], one view of a run alone
screenshots  make pictures of the window, in FOLDER (build/screenshots if none is given)
desktop      put the program into the menu of the desktop (Linux); with --remove, take it out

The first time, llama.cpp is built from source: 5 to 10 minutes. All can be stopped and started
again at any time. RLM_DESKTOP_HOME says where models and runs are kept.
"""


def main(arguments: list[str]) -> int:
    """Do what the arguments ask for, and return the exit code."""
    commands = {
        "run": run,
        "test": test,
        "check": check,
        "bench": bench,
        "window": window,
        "screenshots": screenshots,
        "desktop": desktop,
    }
    if not arguments or arguments[0] not in commands:
        say(USAGE)
        return 0 if arguments in (["-h"], ["--help"], ["help"]) else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except StepFailed as failed:
        say(f"\n{failed}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return 130


def _provide(groups: list[str]) -> Environment:
    main_environment = Environment(".venv")
    main_environment.provide(groups)
    return main_environment


def _provide_libraries(environment: Environment, *, tests: bool) -> None:
    bootstrap_system.provide_libraries(
        environment.site_packages,
        environment.log,
        wayland=bool(os.environ.get("WAYLAND_DISPLAY")),
        tests=tests,
    )


def run(arguments: list[str]) -> int:
    """From a fresh clone to a first answer, and the window on it."""
    if arguments:
        say(USAGE)
        return 2
    environment = _provide([])
    try:
        _provide_libraries(environment, tests=False)
    except StepFailed as failed:
        say(str(failed))
        say("The terminal works without them, so this goes on.")
    if call([environment.python, "-m", "rlm_desktop", "models", "get", "starter"]) != 0:
        raise StepFailed("The starter model is not here, so no question can be answered yet.")
    number = bootstrap_sample.ask_first_question(environment.python)
    return bootstrap_sample.open_window(environment.python, ["--run", str(number)])


def test(arguments: list[str]) -> int:
    environment = _provide(["test", "check", "server"])
    _provide_libraries(environment, tests=True)
    return bootstrap_tests.everything(environment, arguments)


def check(arguments: list[str]) -> int:
    environment = _provide(["test", "check"])
    failed = bootstrap_tests.check(environment)
    say("== architecture")
    architecture = ["pytest", "-q", "tests/test_architecture.py", *arguments]
    if call([environment.python, "-m", *architecture]) != 0:
        failed.append("architecture")
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    scripts = {path.stem: path for path in _benchmarks()}
    if not arguments or arguments[0] not in scripts:
        say("Benchmarks: " + (", ".join(sorted(scripts)) or "none"))
        return 0 if not arguments else 2
    environment = _provide(["test"])
    return call([environment.python, scripts[arguments[0]], *arguments[1:]])


def _benchmarks() -> list[Path]:
    return sorted((ROOT / "tests" / "benchmarks").glob("[!_]*.py"))


def window(arguments: list[str]) -> int:
    environment = _provide([])
    _provide_libraries(environment, tests=False)
    if arguments[:1] == ["--view"]:
        return call([environment.python, ROOT / "tests" / "gui" / "one_view.py", *arguments[1:]])
    return bootstrap_sample.open_window(environment.python, arguments)


def screenshots(arguments: list[str]) -> int:
    environment = _provide(["test"])
    _provide_libraries(environment, tests=True)
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "screenshots"
    with bootstrap_tests.display() as display:
        # Without a screen Qt draws all the same, only with fewer of its fonts.
        drawn = display or {"QT_QPA_PLATFORM": "offscreen"}
        command = [environment.python, ROOT / "tests" / "gui" / "screenshots.py", folder]
        made = call(command, {**os.environ, **drawn})
    if made == 0:
        say(f"The pictures are in {folder}")
    return made


def desktop(arguments: list[str]) -> int:
    data = bootstrap_desktop.data_home(os.environ)
    if arguments == ["--remove"]:
        done = bootstrap_desktop.remove(data)
    elif arguments:
        say(USAGE)
        return 2
    else:
        environment = _provide([])
        done = bootstrap_desktop.install(environment.python.parent / "rlm-desktop", data)
    say("\n".join(map(str, done)) or "Nothing was there.")
    return 0
