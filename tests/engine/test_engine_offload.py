import itertools
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.engine.frames import Device
from rlm_desktop.engine.hardware import describe
from rlm_desktop.engine.offload import cause_of, estimated, first_try, notice, room, tries
from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.errors import ModelError

PROCESSOR = Device("CPU", "a processor", False, 16 << 30, 8 << 30)
CARD = Device("Vulkan0", "a card", True, 8 << 30, 6 << 30)
SMALL = Device("Vulkan1", "a small card", True, 2 << 30, 1 << 30)
#: A model of four layers, of a gigabyte each.
NEEDS = tuple(count << 30 for count in range(5))


def test_some_room_of_a_card_is_left_free() -> None:
    assert room([PROCESSOR]) == 0
    assert room([PROCESSOR, SMALL]) == pytest.approx(0.9 * (1 << 30), abs=1)
    assert room([SMALL, CARD]) == pytest.approx(5.4 * (1 << 30), abs=1)


@pytest.mark.parametrize(
    ("wanted", "needs", "devices", "first"),
    [
        (-1, NEEDS, [PROCESSOR], 0),
        (3, NEEDS, [PROCESSOR], 0),
        (-1, NEEDS, [PROCESSOR, CARD], 4),
        (-1, NEEDS, [SMALL], 0),
        (3, NEEDS, [SMALL], 3),
        (99, NEEDS, [CARD], 4),
        (-1, (), [CARD], -1),
        (7, (), [CARD], 7),
        (-1, NEEDS, [Device("Metal", "does not say", True, 0, 0)], 4),
    ],
)
def test_the_first_number(
    wanted: int, needs: tuple[int, ...], devices: list[Device], first: int
) -> None:
    assert first_try(wanted, needs, devices) == first


@given(st.integers(0, 200))
def test_each_try_is_smaller_and_the_last_is_none(first: int) -> None:
    found = list(tries(first, 200))
    assert found[0] == first
    assert found[-1] == 0
    assert all(later < earlier for earlier, later in itertools.pairwise(found))
    assert len(found) <= 5


def test_from_all_layers_the_tries_go_on_below_the_number_there_is() -> None:
    assert list(tries(-1, 24)) == [-1, 18, 12, 6, 0]


@given(st.integers(0, 6 << 30))
def test_the_estimate_is_the_most_that_fits(free: int) -> None:
    layers = estimated(NEEDS, free)
    assert NEEDS[layers] <= free
    assert layers == 4 or NEEDS[layers + 1] > free


def test_the_cause_is_told_without_the_way_out() -> None:
    message = "m.gguf cannot be used: out of memory (300 MB); try a smaller window"
    assert cause_of(ModelError(message)) == "out of memory (300 MB)"
    assert cause_of(ModelError("out of memory")) == "out of memory"


def test_fewer_layers_than_wanted_are_said_aloud() -> None:
    refused = notice(-1, 3, NEEDS, "out of memory", gpu=True)
    assert "3 of 4 layers" in refused
    assert "refused more (out of memory)" in refused
    assert "free memory has room for" in notice(-1, 3, NEEDS, "", gpu=True)
    assert "no layer is on" in notice(-1, 0, NEEDS, "out of memory", gpu=True)
    assert "1 of 2 layers" in notice(2, 1, (), "out of memory", gpu=True)
    assert "finds no graphics card" in notice(2, 0, NEEDS, "", gpu=False)


@pytest.mark.parametrize(
    ("wanted", "used", "gpu"),
    [(-1, 4, True), (2, 2, True), (99, 4, True), (-1, -1, True), (0, 0, True), (-1, 0, False)],
)
def test_nothing_is_said_when_all_is_as_wanted(wanted: int, used: int, gpu: bool) -> None:
    assert notice(wanted, used, NEEDS, "", gpu=gpu) == ""


def test_a_build_without_a_card_says_so_to_who_wants_layers_on_one(small_model: Path) -> None:
    has_card = any(device.is_gpu for device in describe().devices)
    engine = ProcessEngine(small_model, window=256, gpu_layers=3)
    try:
        list(engine.load(threading.Event()))
        assert engine.gpu_layers == (3 if has_card else 0)
        assert ("finds no graphics card" in engine.notice) is not has_card
    finally:
        engine.close()
