"""`rlm-desktop models`, as a user starts it, with files of a few hundred bytes."""

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str | Path, home: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "rlm_desktop", "models", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "RLM_DESKTOP_HOME": str(home)},
        timeout=120,
        check=False,
    )


def _gguf(path: Path, **more: str) -> Path:
    """The smallest file that passes for a model."""
    texts = {"general.architecture": "qwen2", "general.name": "Tiny", "general.license": "MIT"}
    numbers = {
        "general.file_type": 7,
        "qwen2.block_count": 2,
        "qwen2.context_length": 20_480,
        "qwen2.embedding_length": 64,
        "qwen2.attention.head_count": 4,
    }

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    texts |= more
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, len(texts) + len(numbers) + 1)
    for key, word in texts.items():
        head += text(key) + struct.pack("<I", 8) + text(word)
    for key, number in numbers.items():
        head += text(key) + struct.pack("<II", 4, number)
    head += text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 1) + text("a")
    # one row of 64 numbers in blocks of 32, 34 bytes each
    head += text("blk.0.weight") + struct.pack("<IQIQ", 1, 64, 8, 0)
    path.write_bytes(head + bytes(-len(head) % 32) + bytes(68))
    return path


def test_the_list_says_what_each_is_good_for(home: Path) -> None:
    done = run("list", home=home)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) % 3 == 0
    assert lines[0].split()[:3] == ["starter", "1.12", "GB"]
    assert "licence Apache-2.0" in lines[0]
    assert lines[1].strip().startswith("The one to start with")
    assert lines[2].strip() == "not here yet: rlm-desktop models get starter"
    assert "not for commercial use" in done.stdout


def test_a_model_is_added_shown_and_taken_off(tmp_path: Path, home: Path) -> None:
    file = _gguf(tmp_path / "tiny.gguf", **{"tokenizer.chat_template": "{{ messages }}"})
    added = run("add", file, home=home)
    assert added.stdout == "Added tiny (Tiny), licence: MIT\n"
    shown = run("show", "tiny", home=home).stdout
    said = dict(line.split(maxsplit=1) for line in shown.splitlines() if line)
    assert said["Name"] == "Tiny"
    assert said["File"] == str(file)
    assert said["Weights"] == "Q8_0, 8.5 bits for each parameter"
    assert said["Kind"] == "qwen2, 2 layers"
    assert said["Made"] == "for     up to 20,480 tokens, about 15,000 words of English"
    assert said["Licence"] == "MIT"
    assert said["Template"] == "its own"
    assert said["Memory"].startswith("Tiny fits")
    assert "Note" not in said
    removed = run("remove", "tiny", home=home)
    assert f"its file stays at {file}" in removed.stdout
    assert file.is_file()
    assert "tiny" not in run("list", home=home).stdout.replace("not", "")


def test_a_model_without_a_template_is_named_when_added_and_shown(
    tmp_path: Path, home: Path
) -> None:
    file = _gguf(tmp_path / "base.gguf")
    note = "Note: Tiny has no chat template in its file, so chatml is used"
    assert note in run("add", file, home=home).stdout
    shown = run("show", file, home=home).stdout
    assert note in shown
    assert "chatml, by default" in shown
    assert "chatml is used" in run("list", home=home).stdout


def test_a_question_to_a_model_without_a_template_begins_with_a_note(
    tmp_path: Path, home: Path
) -> None:
    (tmp_path / "a.txt").write_text("text")
    asked = ["ask", str(tmp_path / "a.txt"), "-q", "Why?", "--model"]
    done = subprocess.run(
        [sys.executable, "-m", "rlm_desktop", *asked, str(_gguf(tmp_path / "base.gguf"))],
        capture_output=True,
        text=True,
        env={**os.environ, "RLM_DESKTOP_HOME": str(home)},
        timeout=120,
        check=False,
    )
    assert "Note: Tiny has no chat template in its file, so chatml is used" in done.stderr
    assert "base.gguf cannot be loaded" in done.stderr, "it has one tensor only"
    assert done.returncode != 0


@pytest.mark.parametrize("action", ["show", "check", "remove", "get"])
def test_an_unknown_name_says_what_there_is(action: str, home: Path) -> None:
    done = run(action, "nothing", home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert "'nothing'" in done.stderr
    assert "starter, starter-small" in done.stderr


@pytest.mark.parametrize("action", ["add", "show", "check"])
def test_a_broken_file_is_named_as_broken(action: str, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "page.gguf"
    file.write_text("<!doctype html><title>Sign in</title>")
    done = run(action, file, home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{file} is no usable GGUF model: it is a web page" in done.stderr


def test_what_is_not_here_is_not_removed(home: Path) -> None:
    done = run("remove", "starter", home=home)
    assert done.returncode == 2
    assert "nothing to remove" in done.stderr


def test_a_fetched_model_with_a_wrong_hash_is_named(home: Path) -> None:
    folder = home / "models"
    folder.mkdir(parents=True)
    file = folder / "SmolLM2-135M-Instruct.Q4_1.gguf"
    with file.open("wb") as out:
        out.truncate(98_362_432)
    done = run("check", "smollm2-135m", home=home)
    assert done.returncode == 2
    assert f"{file} is damaged (its hash is wrong)" in done.stderr
    assert "models remove smollm2-135m" in done.stderr
    removed = run("remove", "smollm2-135m", home=home)
    assert removed.stdout.startswith(f"Deleted {file}, 98 MB.")
    assert "models get smollm2-135m" in removed.stdout
    assert not file.exists()


def test_a_real_model_is_checked_by_its_path(small_model: Path, home: Path) -> None:
    done = run("check", small_model, "--no-exam", home=home)
    assert "loads in" in done.stdout, done.stderr
    assert "replied:" in done.stdout
    assert done.returncode in (0, 2), "a small model may not reply as it was told"
