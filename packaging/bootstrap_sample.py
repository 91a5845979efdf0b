"""The first question: asked of the sample document, answered on the terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bootstrap_steps import ROOT, StepFailed, call, minutes, say

SAMPLE = ROOT / "resources" / "sample"


def first_question(sample: Path) -> tuple[Path, str]:
    """The file and the text of the first sample question."""
    question = json.loads((sample / "questions.json").read_text("utf-8"))[0]
    return sample / question["file"], question["question"]


def ask_first_question(python: Path) -> int:
    """Ask it with the starter model, print what came out, and return the number of the run."""
    file, question = first_question(SAMPLE)
    say(f"\nThe file:      {file.relative_to(ROOT)} ({file.stat().st_size / 1000:,.0f} kB)")
    say(f"The question:  {question}")
    say("A small model on the processor takes from half a minute to some minutes for it.\n")
    command = [str(python), "-m", "rlm_desktop", "ask", str(file), "-q", question]
    command += ["--model", "starter", "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    try:
        answered = json.loads(done.stdout)
    except ValueError:
        raise StepFailed(f"The question was not answered (exit code {done.returncode}).") from None
    say(report(answered))
    return int(answered["run"])


def report(answered: Mapping[str, Any]) -> str:
    """What is printed of an answered question."""
    lines = ["", f"The answer:    {answered['answer'] or 'none'}"]
    if answered.get("error"):
        lines.append(f"What happened: {answered['error']}")
    for number, passage in enumerate(answered["evidence"], start=1):
        head = "The evidence:  " if number == 1 else " " * 15
        lines.append(f"{head}{where(passage)}: {json.dumps(passage['quote'], ensure_ascii=False)}")
    work = f"{answered['turns']} turns, {answered['calls']} calls of the model"
    lines += [
        f"How:           {answered['status']}; {answered['coverage']:.0%} of it read; {work}",
        f"Time:          {minutes(answered['seconds'])}",
        f"Kept as:       run {answered['run']}; rlm-desktop show {answered['run']} prints it again",
    ]
    return "\n".join(lines)


def where(passage: Mapping[str, Any]) -> str:
    """Where a passage stands, in words."""
    place = next(
        (f"{kind} {passage[kind]}" for kind in ("page", "line") if passage.get(kind)),
        f"character {passage['start']:,}",
    )
    return f"{passage['document']}, {place}"


def display_trouble(python: Path) -> str | None:
    """Why a window cannot be shown here, as a sentence; None if it can."""
    if sys.platform == "linux":
        names = [os.environ.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY")]
        if not any(names):
            return "There is no display here, so no window is opened."
    # Qt ends the process when it cannot open a display: better a small one than the program.
    probe = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    tried = subprocess.run([str(python), "-c", probe], capture_output=True, check=False)
    if tried.returncode != 0:
        return "The display cannot be opened from here, so no window is opened."
    return None


def open_window(python: Path, arguments: list[str]) -> int:
    """Open the window where there is a display. A missing one is said, and is no failure."""
    trouble = display_trouble(python)
    if trouble:
        say(f"\n{trouble} On a desktop, open it with: .venv/bin/rlm-desktop window")
        return 0
    return call([python, "-m", "rlm_desktop", "window", *arguments])
