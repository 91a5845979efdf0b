"""The program in the menu of the desktop: its entry, icon and description, for one user."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from bootstrap_steps import ROOT

ENTRY = ROOT / "packaging" / "linux" / "rlm-desktop.desktop"
METAINFO = ROOT / "packaging" / "linux" / "rlm-desktop.metainfo.xml"
ICON = ROOT / "resources" / "icons" / "rlm-desktop.svg"


def data_home(environment: Mapping[str, str]) -> Path:
    """Where desktops look for what a user installed."""
    chosen = environment.get("XDG_DATA_HOME", "")
    # By the specification, one that is not absolute is passed over.
    return Path(chosen) if Path(chosen).is_absolute() else Path.home() / ".local" / "share"


def places(data: Path) -> dict[Path, Path]:
    """What is installed, and where to."""
    return {
        ENTRY: data / "applications" / ENTRY.name,
        METAINFO: data / "metainfo" / METAINFO.name,
        ICON: data / "icons" / "hicolor" / "scalable" / "apps" / ICON.name,
    }


def entry_for(program: Path) -> str:
    """The entry, with the program that it starts by its full path."""
    start = f"Exec={quoted(str(program))} window %F"
    text = ENTRY.read_text("utf-8")
    return re.sub(r"^Exec=.*$", lambda _: start, text, count=1, flags=re.MULTILINE)


def quoted(argument: str) -> str:
    """An argument as the specification of desktop entries has it quoted."""
    for character in '\\"`$':
        argument = argument.replace(character, "\\" + character)
    # The value is a string, in which backslashes are escaped once more.
    return '"' + argument.replace("%", "%%").replace("\\", "\\\\") + '"'


def install(program: Path, data: Path) -> list[Path]:
    """Put everything in its place, and return where it is."""
    for source, target in places(data).items():
        target.parent.mkdir(parents=True, exist_ok=True)
        if source == ENTRY:
            target.write_text(entry_for(program), encoding="utf-8")
        else:
            shutil.copyfile(source, target)
    _refresh(data)
    return list(places(data).values())


def remove(data: Path) -> list[Path]:
    """Take away what was installed, and return what that was."""
    there = [target for target in places(data).values() if target.exists()]
    for target in there:
        target.unlink()
    _refresh(data)
    return there


def _refresh(data: Path) -> None:
    """Tell desktops that keep a list of which program opens what; others look by themselves."""
    program = shutil.which("update-desktop-database")
    if program:
        command = [program, str(data / "applications")]
        subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
