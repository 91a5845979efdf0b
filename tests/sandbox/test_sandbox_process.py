"""The sandbox in a locked process: the contract, its death, and what it refuses to start."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from contracts.sandbox_contract import SandboxContract, end_of, printed_by, said
from open_sandboxes import Opened, part

from rlm_desktop.documents.document import Kind, Part
from rlm_desktop.errors import SandboxDied, SandboxError, SandboxUnavailable
from rlm_desktop.jail import linux
from rlm_desktop.sandbox.base import Asked, Printed
from rlm_desktop.sandbox.process import ProcessSandbox, Walls


class TestProcessSandbox(SandboxContract):
    @pytest.fixture
    def open_sandbox(self, open_sandbox: Opened) -> Opened:  # type: ignore[override]
        return open_sandbox


def test_killed_from_outside_it_says_how_it_ended(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    messages = sandbox.execute("print('begun')\nwhile True: pass", threading.Event())
    assert next(messages) == Printed("begun\n")
    os.kill(sandbox.pid, signal.SIGKILL)
    with pytest.raises(SandboxDied, match="SIGKILL; the system does that when memory runs out"):
        next(messages)
    assert not sandbox.alive
    with pytest.raises(SandboxDied):
        end_of(sandbox, "1")


def test_killed_between_programs_the_next_one_says_so(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    os.kill(sandbox.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while psutil.Process(sandbox.pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
    with pytest.raises(SandboxDied, match="SIGKILL"):
        end_of(sandbox, "1")


def test_a_program_that_ends_the_process_is_a_death(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    with pytest.raises(SandboxDied, match="status 3"):
        end_of(sandbox, "import typing\ntyping.sys.modules['os']._exit(3)")


def test_exit_only_ends_the_program(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    assert end_of(sandbox, "x = 1\nexit()\nx = 2").error is None
    assert printed_by(sandbox, "x") == "1\n"


@pytest.mark.parametrize(("platform", "name"), [("darwin", "macOS"), ("win32", "Windows")])
def test_on_another_system_no_code_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, name: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(SandboxUnavailable, match=rf"No code is run: .*this is {name}"):
        ProcessSandbox([part(tmp_path, "text")])


def test_without_a_jail_for_the_processor_no_code_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux.platform, "machine", lambda: "riscv64")
    with pytest.raises(SandboxUnavailable, match="this is riscv64"):
        ProcessSandbox([part(tmp_path, "text")])


def test_what_can_still_be_done_when_locked_is_named_and_nothing_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ready(*_: object) -> dict[str, object]:
        return {"type": "ready", "breaches": ["open a file"], "landlock": True}

    monkeypatch.setattr("rlm_desktop.ipc.child_process.ChildProcess.receive", ready)
    with pytest.raises(SandboxUnavailable, match="a program could open a file"):
        ProcessSandbox([part(tmp_path, "text")])


def test_walls_come_down_for_tests_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RLM_DESKTOP_TEST_WITHOUT_JAIL", raising=False)
    with pytest.raises(SandboxUnavailable, match="for tests only"):
        ProcessSandbox([part(tmp_path, "text")], walls=Walls.NONE_FOR_TESTS)


def test_a_text_that_is_gone_is_an_error_that_names_it(tmp_path: Path) -> None:
    gone = part(tmp_path, "text", name="gone.txt")
    gone.text_path.unlink()
    with pytest.raises(SandboxError, match=r"gone\.txt"):
        ProcessSandbox([gone])


def test_several_parts_are_joined_after_their_headers(open_sandbox: Opened, tmp_path: Path) -> None:
    parts = [
        part(tmp_path, "one\ntwo", "a.txt", header="=== a.txt\n"),
        part(tmp_path, "p1\fp2 word\n", "b.pdf", Kind.PDF, header="=== b.pdf\n"),
    ]
    sandbox = open_sandbox(parts)
    assert printed_by(sandbox, "print(context, end='')") == (
        "=== a.txt\none\ntwo\n=== b.pdf\np1\fp2 word\n".replace("\f", "")  # not fit to be shown
    )
    assert printed_by(sandbox, "[files[0].text, files[1]['text'] == context[-11:]]") == (
        "['one\\ntwo', True]\n"
    )
    assert printed_by(sandbox, "where(grep('two')[0]), where('word')") == (
        "('a.txt, line 2', 'b.pdf, page 2')\n"
    )
    assert printed_by(sandbox, "files") == (
        "a.txt  text  1 lines  7 characters\nb.pdf  pdf  1 lines  11 characters  2 pages\n"
    )


def test_what_is_printed_is_clean(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    code = r"print('a\x1b[31mred\x1b[0m\x07 \u202eb\u2066 \ud800 \t.')"
    assert printed_by(sandbox, code) == "ared b \ufffd \t.\n"
    assert end_of(sandbox, r"raise ValueError('\x1b]0;title\x07gone')").error == (
        "line 1: raise ValueError('\\x1b]0;title\\x07gone')\nValueError: gone"
    )


def test_the_process_sees_nothing_of_our_environment(
    open_sandbox: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_SECRET", "canary")
    sandbox = open_sandbox("text")
    assert set(psutil.Process(sandbox.pid).environ()) <= {"LC_ALL", "LD_LIBRARY_PATH"}


def test_a_text_over_the_limit_of_a_str_is_mapped(open_sandbox: Opened, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    line = "a line of a large text" + "." * 977 + "\n"
    with path.open("w") as file:
        for _ in range(70):
            file.write(line * 1000)
        file.write("the needle is here\n")
    large = Part("", path, "large.txt", Kind.TEXT, path.stat().st_size, 70_001, 0)
    sandbox = open_sandbox([large])
    assert printed_by(sandbox, "isinstance(context, str), len(context)") == (
        f"(False, {path.stat().st_size})\n"
    )
    assert printed_by(sandbox, "hits = grep('needle')\nhits, where(hits[0])") == (
        "(['the needle is here'], 'large.txt, line 70001')\n"
    )
    assert printed_by(sandbox, "lines[-1], context[:6], len(re.findall('needle', context))") == (
        "('the needle is here', 'a line', 1)\n"
    )


def test_a_reply_of_the_wrong_length_is_our_own_bug(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    messages = sandbox.execute("ask('q', 'piece')", threading.Event())
    assert isinstance(next(messages), Asked)
    with pytest.raises(ValueError, match="2 texts for 1 pieces"):
        sandbox.reply(["a", "b"])
    messages.close()  # type: ignore[attr-defined]


def test_more_than_4000_pieces_are_refused_with_advice(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    error = end_of(sandbox, "ask_all('q', ['piece'] * 4001)").error or ""
    assert "4,001 pieces" in error
    assert "grep or find first" in error
    assert isinstance(said(sandbox, "ask_all('q', ['piece'] * 4000)")[0], Asked)
