"""The jail, in processes of their own: a lock cannot be taken off again."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from rlm_desktop.jail import linux, probe, seccomp
from rlm_desktop.jail.base import JailError, JailLimits
from rlm_desktop.jail.seccomp import PROCESSORS

LOCK = """
from rlm_desktop.jail import linux, trial
from rlm_desktop.jail.base import JailLimits
"""


def output_of(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints that runs this code."""
    ended = subprocess.run(
        [sys.executable, "-I", "-c", LOCK + code, *arguments],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_without_the_jail_everything_in_the_trial_works() -> None:
    assert len(output_of("print('\\n'.join(trial.breaches()))").splitlines()) == 7


def test_locked_nothing_in_the_trial_works() -> None:
    assert output_of("linux.lock(JailLimits(2**30)); print(trial.breaches())") == "[]"


def test_a_locked_process_computes_and_writes_where_it_may(tmp_path: Path) -> None:
    code = """
import sys
file = open(sys.argv[1], "w", buffering=1)
linux.lock(JailLimits(2**30, file_bytes=10))
file.write("12345\\n")
try:
    file.write("6789abcdef\\n")
except OSError as error:
    print(error.strerror, sum(range(10)))
"""
    assert output_of(code, str(tmp_path / "written")) == "File too large 45"
    assert (tmp_path / "written").read_text().startswith("12345\n")


def test_memory_is_limited_and_its_end_can_be_caught() -> None:
    code = """
linux.lock(JailLimits(2**28))
try:
    bytes(2**28)
except MemoryError:
    print("caught")
"""
    assert output_of(code) == "caught"


def test_time_on_the_processor_is_limited() -> None:
    ended = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            LOCK + "linux.lock(JailLimits(2**30, cpu_seconds=1))\nwhile True: pass",
        ],
        timeout=20,
        check=False,
    )
    assert ended.returncode < 0


def test_a_second_lock_cannot_be_applied() -> None:
    code = """
linux.lock(JailLimits(2**30))
try:
    linux.lock(JailLimits(2**30))
except OSError as error:
    print("refused")
"""
    assert output_of(code) == "refused"


def test_it_ends_with_its_parent() -> None:
    code = """
import os, signal, time
linux_ready, ready = os.pipe()
outer = os.fork()
if outer == 0:
    inner = os.fork()
    if inner == 0:
        linux.lock(JailLimits(2**30))
        os.write(ready, b"%d" % 1)
        while True: pass
    os.read(linux_ready, 1)
    os.write(1, b"%d " % inner)
    os._exit(0)
os.waitpid(outer, 0)
"""
    inner = int(output_of(code))
    deadline = time.monotonic() + 5
    while _runs(inner):
        assert time.monotonic() < deadline, "it outlived its parent"


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_without_the_network_the_rest_works() -> None:
    code = """
import socket, threading
held = linux.deny_network()
refused = []
for family, kind in [
    (socket.AF_INET, socket.SOCK_STREAM),
    (socket.AF_INET6, socket.SOCK_DGRAM),
    (socket.AF_NETLINK, socket.SOCK_RAW),
]:
    try:
        socket.socket(family, kind)
    except PermissionError:
        refused.append(family.name)
one, other = socket.socketpair()
thread = threading.Thread(target=one.send, args=(b"x",))
thread.start()
thread.join()
open("/dev/null").close()
print(held, *refused, other.recv(1))
"""
    assert output_of(code) == "True AF_INET AF_INET6 AF_NETLINK b'x'"


def test_without_the_network_holds_for_threads_that_run_already() -> None:
    code = """
import socket, threading
go = threading.Event()
def connect():
    go.wait()
    try:
        socket.socket()
    except PermissionError:
        print("refused")
thread = threading.Thread(target=connect)
thread.start()
linux.deny_network()
go.set()
thread.join()
"""
    assert output_of(code) == "refused"


def test_here_the_jail_holds() -> None:
    assert probe.why_not() is None


@pytest.mark.parametrize(
    ("platform", "reason"),
    [
        ("darwin", "the sandbox works on Linux only so far (this is macOS)"),
        ("win32", "the sandbox works on Linux only so far (this is Windows)"),
        ("freebsd14", "the sandbox works on Linux only so far (this is freebsd14)"),
    ],
)
def test_elsewhere_it_says_why_not_and_does_not_lock(
    monkeypatch: pytest.MonkeyPatch, platform: str, reason: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert probe.why_not() == reason
    with pytest.raises(JailError, match="Linux only"):
        linux.lock(JailLimits(2**30))
    assert linux.deny_network() is False


def test_on_an_unknown_processor_it_says_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux.platform, "machine", lambda: "riscv64")
    reason = "the sandbox works on x86_64 and aarch64 only so far (this is riscv64)"
    assert probe.why_not() == reason


def test_a_trial_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stand-in for an interpreter on a kernel without seccomp."""
    fake = tmp_path / "python"
    fake.write_text("#!/bin/sh\nprintf 'the sandbox cannot lock a process in'\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    assert probe.why_not() == "the sandbox cannot lock a process in"
    fake.write_text("#!/bin/sh\nexit 3\n")
    assert probe.why_not() == "the trial of the sandbox ended with status 768"


@pytest.mark.parametrize("machine", PROCESSORS)
def test_the_filters_of_every_processor_are_well_formed(machine: str) -> None:
    """Every jump stays in the filter, and every path ends in a return."""
    for made in (
        seccomp.allow_only_computing(PROCESSORS[machine]),
        seccomp.refuse_sockets(PROCESSORS[machine]),
    ):
        assert len(made) < 4096
        for place, (code, jump_true, jump_false, _) in enumerate(made):
            if code & 7 == 5:  # a jump
                assert place + 1 + max(jump_true, jump_false) < len(made)
        assert made[-1][0] == 6  # a return


def _answer(program: list[tuple[int, int, int, int]], call: tuple[int, int, list[int]]) -> int:
    """What a filter says to a call (architecture, number, arguments): a BPF machine in small."""
    architecture, number, arguments = call
    data = {0: number, 4: architecture} | {16 + 8 * i: word for i, word in enumerate(arguments)}
    place = loaded = 0
    while True:
        code, jump_true, jump_false, value = program[place]
        place += 1
        match code:
            case 0x20:
                loaded = data[value]
            case 0x06:
                return value
            case _:
                holds = {
                    0x15: loaded == value,
                    0x35: loaded >= value,
                    0x45: bool(loaded & value),
                }[code]
                place += jump_true if holds else jump_false


ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x50001, 0x50026


@pytest.mark.parametrize("machine", PROCESSORS)
def test_what_the_filters_say(machine: str) -> None:
    processor = PROCESSORS[machine]
    calls, here = processor.calls, processor.audit_architecture
    computing = seccomp.allow_only_computing(processor)

    def says(name: str, *arguments: int) -> int:
        return _answer(computing, (here, calls[name], [*arguments, 0, 0, 0, 0]))

    assert says("read") == says("write") == says("exit_group") == ALLOW
    assert says("mmap", 0, 4096, 3) == says("mprotect", 0, 4096, 1) == ALLOW
    assert says("mmap", 0, 4096, 7) == says("mprotect", 0, 4096, 4) == EPERM
    assert says("clone3") == ENOSYS
    assert says("socket", 1) == says("socketpair", 1) == says("seccomp") == EPERM
    assert _answer(computing, (here, 500, [0] * 6)) == EPERM
    assert _answer(computing, (here ^ 1, calls["read"], [0] * 6)) == KILL

    sockets = seccomp.refuse_sockets(processor)
    assert _answer(sockets, (here, calls["socket"], [1])) == ALLOW
    assert _answer(sockets, (here, calls["socket"], [2])) == EPERM
    assert _answer(sockets, (here, calls["io_uring_setup"], [0])) == EPERM
    assert _answer(sockets, (here, calls["read"], [0])) == ALLOW


def test_calls_by_the_numbers_of_x32_are_killed() -> None:
    processor = PROCESSORS["x86_64"]
    filters = (seccomp.allow_only_computing(processor), seccomp.refuse_sockets(processor))
    for made in filters:
        call = (processor.audit_architecture, 0x40000000 | 41, [0] * 6)
        assert _answer(made, call) == KILL
