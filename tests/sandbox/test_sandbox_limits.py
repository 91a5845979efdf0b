"""Programs that want too much: time, memory, output."""

import threading

import pytest
from contracts.sandbox_contract import printed_by, said
from open_sandboxes import Opened

from rlm_desktop.errors import SandboxDied, Stopped
from rlm_desktop.sandbox.base import Finished, Printed

MEMORY_BYTES = 400 * 1024 * 1024

#: Each uses up its time in a way of its own, and can be interrupted.
ENDLESS = {
    "a loop": "while True: pass",
    "a loop that swallows exceptions": (
        "while True:\n    try:\n        while True: pass\n    except Exception: pass"
    ),
    "backtracking": "re.match(r'(a+)+$', 'a' * 40 + 'b')",
    "a power": "9 ** 9 ** 9",
    "a text without end": "class A:\n    def __repr__(self):\n        while True: pass\nA()",
    "printing": "while True: print('flood')",
    "an error whose text never ends": (
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E"
    ),
    "searching": "while True: grep('text')",
}

#: Each keeps its variables, and says what was too much.
MEMORY = {
    "one large text": "'x' * 10**11",
    "a growing list": "grown = []\nwhile True: grown.append(bytes(50_000_000))",
    "a growing text": "grown = 'x'\nwhile True: grown += grown",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_interrupted_and_its_variables_are_kept(
    open_sandbox: Opened, name: str
) -> None:
    sandbox = open_sandbox("text\n" * 1000, program_seconds=0.3)
    end = said(sandbox, f"kept = 5\n{ENDLESS[name]}")[-1]
    assert isinstance(end, Finished)
    assert end.error
    assert "kept: 5" in end.names
    assert printed_by(sandbox, "kept") == "5\n"


def test_what_cannot_be_interrupted_is_killed(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text", program_seconds=0.1)
    deaf = "ask.__self__._ask.__self__._channel._whole = True\nwhile True: pass"
    with pytest.raises(SandboxDied, match=r"longer than 0\.1 s, could not be interrupted"):
        said(sandbox, deaf)
    assert not sandbox.alive


def test_swallowing_every_exception_ends_one_way_or_the_other(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text", program_seconds=0.1)
    code = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    reason: str | None
    try:
        end = said(sandbox, code)[-1]
        assert isinstance(end, Finished)
        reason = end.error
    except SandboxDied as died:
        reason = str(died)
    assert "longer than 0.1 s" in (reason or "")


def test_stop_kills_what_cannot_be_interrupted(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    stop = threading.Event()
    deaf = (
        "channel = ask.__self__._ask.__self__._channel\n"
        "type(channel)._on_interrupt.__code__ = (lambda *_: None).__code__\n"
        "print('begun')\nwhile True: pass"
    )
    messages = sandbox.execute(deaf, stop)
    assert next(messages) == Printed("begun\n")
    stop.set()
    with pytest.raises(Stopped):
        next(messages)
    assert not sandbox.alive


@pytest.mark.parametrize("name", MEMORY)
def test_too_much_memory_is_an_error_of_the_program(open_sandbox: Opened, name: str) -> None:
    sandbox = open_sandbox("text", memory_bytes=MEMORY_BYTES)
    end = said(sandbox, f"kept = 5\n{MEMORY[name]}")[-1]
    assert isinstance(end, Finished)
    assert "MemoryError" in (end.error or "")
    assert printed_by(sandbox, "grown = None\nkept") == "5\n"


def test_memory_used_up_by_small_things_ends_in_words(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text", memory_bytes=MEMORY_BYTES, program_seconds=5)
    reason: str | None
    try:
        end = said(sandbox, "grown = []\nwhile True: grown.append([len(grown)])")[-1]
        assert isinstance(end, Finished)
        reason = end.error
    except SandboxDied as died:
        reason = str(died)
    assert reason
    assert "MemoryError" in reason or "longer than" in reason or "ended" in reason


def test_endless_recursion_is_an_error(open_sandbox: Opened) -> None:
    end = said(open_sandbox("text"), "def f(): return f()\nf()")[-1]
    assert isinstance(end, Finished)
    assert "RecursionError" in (end.error or "")
    assert len((end.error or "").splitlines()) < 8


@pytest.mark.parametrize(
    "code",
    [
        "print('x' * 3_000_000)",
        "for _ in range(300_000): print('123456789')",
    ],
)
def test_a_flood_of_output_is_cut_and_counted(open_sandbox: Opened, code: str) -> None:
    output = printed_by(open_sandbox("text"), code)
    assert len(output) < 1_000_200
    dropped = 2_000_001 if "x" in code else 2_000_000
    assert output.endswith(f"\n[{dropped:,} more characters were printed and dropped]\n")


def test_after_a_flood_the_next_program_may_print(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text")
    printed_by(sandbox, "print('x' * 3_000_000)")
    assert printed_by(sandbox, "print('more')") == "more\n"
