"""What puts the program into the menu of the desktop."""

import configparser
import xml.etree.ElementTree as ET
from pathlib import Path

import bootstrap_desktop


def entry(text: str) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser["Desktop Entry"]


def test_everything_is_installed_and_taken_away_again(tmp_path: Path) -> None:
    there = bootstrap_desktop.install(Path("/opt/rlm/bin/rlm-desktop"), tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in there] == [
        "applications/rlm-desktop.desktop",
        "metainfo/rlm-desktop.metainfo.xml",
        "icons/hicolor/scalable/apps/rlm-desktop.svg",
    ]
    installed = entry(there[0].read_text("utf-8"))
    assert installed["Exec"] == '"/opt/rlm/bin/rlm-desktop" window %F'
    assert installed["Icon"] == there[2].stem
    assert bootstrap_desktop.remove(tmp_path) == there
    assert not any(path.exists() for path in there)
    assert bootstrap_desktop.remove(tmp_path) == []


def test_a_program_with_strange_characters_is_quoted() -> None:
    assert bootstrap_desktop.quoted("/a b/$x%") == '"/a b/\\\\$x%%"'


def test_the_folder_is_the_one_that_desktops_look_in(tmp_path: Path) -> None:
    assert bootstrap_desktop.data_home({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path
    usual = Path.home() / ".local" / "share"
    assert bootstrap_desktop.data_home({}) == usual
    assert bootstrap_desktop.data_home({"XDG_DATA_HOME": "not/absolute"}) == usual


def test_the_description_belongs_to_the_entry() -> None:
    description = ET.parse(bootstrap_desktop.METAINFO).getroot()
    assert description.findtext("launchable") == bootstrap_desktop.ENTRY.name
    assert description.findtext("name") == entry(bootstrap_desktop.ENTRY.read_text("utf-8"))["Name"]
