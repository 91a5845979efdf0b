"""The command line with a server of the user's own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.openai_script import serving

NOTICE = "The question and texts are sent to nowhere.invalid:8080."


def run(*arguments: str | Path, home: Path, address: str) -> "subprocess.CompletedProcess[str]":
    home.mkdir(exist_ok=True)
    (home / "settings.json").write_text(json.dumps({"server_address": address}))
    return subprocess.run(
        [sys.executable, "-m", "rlm_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "RLM_DESKTOP_HOME": str(home), "DISPLAY": "", "WAYLAND_DISPLAY": ""},
        timeout=60,
        check=False,
    )


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada,\nthe key is under the third stone.\nYours, Grace\n")
    return path


def test_a_server_on_this_machine_answers_without_a_notice(tmp_path: Path, letter: Path) -> None:
    with serving("llamacpp") as (address, script):
        script.choice = 0  # that yes, it stands there
        script.reply = "Under the third stone."
        done = run("ask", letter, "-q", "Where is it?", home=tmp_path / "home", address=address)
        assert (done.returncode, done.stdout) == (0, "Under the third stone.\n"), done.stderr
        assert "sent to" not in done.stderr
        assert "third stone" in script.heard[-1]["messages"][-1]["content"]


def test_another_machine_is_told_before_anything_is_asked_and_kept(
    tmp_path: Path, letter: Path
) -> None:
    home, address = tmp_path / "home", "http://nowhere.invalid:8080"
    for quiet in ([], ["--quiet"]):
        done = run("ask", letter, "-q", "Where is it?", *quiet, home=home, address=address)
        assert done.returncode == 1
        assert done.stdout == ""
        assert NOTICE in done.stderr
        assert "its name is not known" in done.stderr
    shown = run("show", "1", home=home, address=address)
    assert "The text was sent to nowhere.invalid:8080." in shown.stdout
    asked = run("ask", letter, "-q", "Where is it?", "--json", home=home, address=address)
    assert json.loads(asked.stdout)["sent_to"] == "nowhere.invalid:8080"


def test_doctor_tells_of_the_server(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving("llamacpp") as (address, _):
        told = run("doctor", home=home, address=address).stdout
    assert "m on llama-server, 2,000 tokens at once; on this machine" in told
    told = run("doctor", home=home, address="http://nowhere.invalid").stdout
    assert "its name is not known" in told
    told = run("doctor", home=home, address="").stdout
    assert "stays on this machine" in told
