"""Programs that want out: each works without the walls, and none does with them."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from attacks import ATTACKS, SECRET, Attack, World
from contracts.sandbox_contract import printed_by, said
from open_sandboxes import Opened

from rlm_desktop.errors import ProtocolViolation, SandboxDied
from rlm_desktop.sandbox.base import Printed
from rlm_desktop.sandbox.process import ProcessSandbox, Walls

NEEDS_NO_JAIL = {"read the environment"}  # the process is given an empty one


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("RLM_DESKTOP_TEST_WITHOUT_JAIL", "1")
    monkeypatch.setenv("A_SECRET", SECRET)
    folder = tmp_path / "world"
    folder.mkdir()
    world = World(folder)
    yield world
    world.close()


def attempt(sandbox: ProcessSandbox, attack: Attack, world: World) -> bool:
    """Run an attack, and say whether it had an effect."""
    world.process = psutil.Process(sandbox.pid)
    try:
        messages = said(sandbox, world.fill_in(attack.code))
    except SandboxDied:
        messages = []
    world.output = "".join(one.text for one in messages if isinstance(one, Printed))
    return attack.succeeded(world)


@pytest.mark.parametrize("name", ATTACKS)
def test_without_walls_it_works(open_sandbox: Opened, world: World, name: str) -> None:
    sandbox = open_sandbox("text", walls=Walls.NONE_FOR_TESTS)
    assert attempt(sandbox, ATTACKS[name], world)


@pytest.mark.parametrize("name", ATTACKS)
def test_the_jail_alone_refuses_it(open_sandbox: Opened, world: World, name: str) -> None:
    sandbox = open_sandbox("text", walls=Walls.JAIL_ONLY)
    assert not attempt(sandbox, ATTACKS[name], world)


def test_all_walls_together_refuse_them_one_after_the_other(
    open_sandbox: Opened, world: World
) -> None:
    sandbox = open_sandbox("text")
    for name, attack in ATTACKS.items():
        assert not attempt(sandbox, attack, world), name
        if not sandbox.alive:
            sandbox = open_sandbox("text")


TAMPER = """
manners = typing.sys.modules['rlm_desktop.sandbox.manners']
manners._HEADS = frozenset()
print(open('{canary}').read())
"""


def test_what_gets_round_the_readable_refusals_meets_the_jail(
    open_sandbox: Opened, world: World
) -> None:
    tampering = Attack("import typing" + TAMPER, lambda world: SECRET in world.output)
    honest = Attack("print(open('{canary}').read())", lambda world: SECRET in world.output)
    assert not attempt(open_sandbox("text", walls=Walls.MANNERS_ONLY), honest, world)
    assert attempt(open_sandbox("text", walls=Walls.MANNERS_ONLY), tampering, world)
    assert not attempt(open_sandbox("text"), tampering, world)


CHANNEL = """
channel = ask.__self__._ask.__self__._channel
send = channel.send
def raw(data):
    channel._outgoing.write(data)
    channel._outgoing.flush()
"""
FINISHED = "'answer': 'forged', 'error': None, 'names': [], 'seconds': 0.0"
ASKED = "'type': 'asked', 'question': 'q', 'labels': []"

FORGERIES = {
    "an end without the nonce": f"send({{'type': 'finished', 'nonce': '0', {FINISHED}}})",
    "an end with no nonce": f"send({{'type': 'finished', {FINISHED}}})",
    "an unknown kind of message": "send({'type': 'open', 'path': '/etc/passwd'})",
    "a message without a type": "send({})",
    "an unknown kind of call": f"send({{{ASKED}, 'kind': 'shell', 'pieces': [['a', 0]]}})",
    "no pieces": f"send({{{ASKED}, 'kind': 'ask', 'pieces': []}})",
    "too many pieces": f"send({{{ASKED}, 'kind': 'ask', 'pieces': [['a', 0]] * 4001}})",
    "a piece that is no text": f"send({{{ASKED}, 'kind': 'ask', 'pieces': [[1, 0]]}})",
    "a place that is no number": f"send({{{ASKED}, 'kind': 'ask', 'pieces': [['a', True]]}})",
    "a place before the text": f"send({{{ASKED}, 'kind': 'ask', 'pieces': [['a', -1]]}})",
    "a field too many": "send({'type': 'printed', 'text': 'a', 'html': 'b'})",
    "a text that is no text": "send({'type': 'printed', 'text': ['a']})",
    "spans that are none": "send({'type': 'read', 'by': '', 'spans': [[5, 2]], 'hits': True})",
    "too many spans": "send({'type': 'read', 'by': '', 'spans': [[0, 1]] * 501, 'hits': True})",
    "a second blessing": "send({'type': 'ready', 'breaches': []})",
    "too many blocked acts": "for _ in range(21):\n    send({'type': 'blocked', 'act': 'x'})",
    "an endless number": "send({'type': 'finished', 'nonce': '0', 'seconds': float('inf')})",
    "bytes that are no message": "raw(b'\\xff' * 64)",
    "no JSON": "raw(b'\\0\\0\\0\\4nope')",
    "no object": "raw(b'\\0\\0\\0\\2[]')",
    "nested too deep": (
        "raw(b'\\0\\1\\0\\0' + b'[' * 65536)"
    ),
    "half a message": (
        "raw(b'\\0\\0\\1\\0{')\n"
        "import typing\ntyping.sys.modules['os']._exit(0)"
    ),
    "more than the budget": (
        "text = 'x' * 1_000_000\nwhile True:\n    send({'type': 'printed', 'text': text})"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_message_ends_the_process_and_nothing_else(
    open_sandbox: Opened, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("rlm_desktop.sandbox.process.MOST_SAID", 8 * 1024 * 1024)
    sandbox = open_sandbox("text")
    with pytest.raises(ProtocolViolation):
        said(sandbox, CHANNEL + FORGERIES[name])
    assert not sandbox.alive


def test_after_a_forgery_the_next_sandbox_works(open_sandbox: Opened) -> None:
    with pytest.raises(ProtocolViolation):
        said(open_sandbox("text"), CHANNEL + FORGERIES["a message without a type"])
    assert printed_by(open_sandbox("text"), "context") == "text\n"


def test_a_program_that_does_not_take_its_reply_does_not_hold_us_up(open_sandbox: Opened) -> None:
    sandbox = open_sandbox("text", program_seconds=0.3)
    deaf = (
        f"send({{{ASKED}, 'kind': 'ask', 'pieces': [['a', 0]]}})\n"
        "channel._whole = True\nwhile True: pass"  # it defers every interrupt
    )
    with pytest.raises(SandboxDied, match="could not be interrupted"):
        said(sandbox, CHANNEL + deaf, lambda _: ["x" * 5_000_000])
