"""Tests for rlm_desktop.documents.code_names, and how passages of code are found and headed."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents.code_names import humps_apart, is_code, names_defined, place_below
from rlm_desktop.documents.headings import heading_above
from rlm_desktop.documents.passages import PlainText, best_passages, words_of

CODE = '''##### FILE: mill/pump.py #####
import time
from mill.valves import Valve

LIMIT = 7
WATER_LEVEL: float = 2.5


class PumpStalled(Exception):
    """The pump does not move though it has current."""


class Pump:
    def __init__(self, valve):
        self.valve = valve

    async def lift(self, water):
        if water > LIMIT:
            raise PumpStalled
'''
FILLER = "".join(
    f"def test_gate_{n}():\n    gate = gate_of({n})\n    assert gate.limit(water) == {n}\n\n\n"
    for n in range(300)
)


def test_the_names_that_code_defines() -> None:
    assert names_defined(CODE) == [
        "LIMIT", "WATER_LEVEL", "PumpStalled", "Pump", "__init__", "lift",
    ]  # fmt: skip


def test_where_a_place_in_code_is() -> None:
    at = CODE.index("raise")
    assert place_below(CODE[:at], CODE[at:]) == "file mill/pump.py: class Pump: def lift"
    at = CODE.index("self.valve")
    assert place_below(CODE[:at], CODE[at:]) == "file mill/pump.py: class Pump: def __init__"
    at = CODE.index("class Pump:")
    assert place_below(CODE[:at], CODE[at:]) == "file mill/pump.py"
    assert place_below("", CODE) == ""
    assert heading_above(PlainText(CODE), CODE.index("raise")).endswith("class Pump: def lift")


def test_comments_in_code_are_no_headings() -> None:
    text = f"{CODE}\n# Old and gone\n\nPIPES = 3\n"
    assert heading_above(PlainText(text), text.index("PIPES")) == "file mill/pump.py"


def test_a_letter_is_no_code() -> None:
    letter = "Dear Ada,\nimport duties are due.\nfrom here on import nothing.\n"
    assert not is_code(letter)
    assert is_code(CODE)


def test_words_inside_names_are_found() -> None:
    text = PlainText(f"{FILLER}{CODE}{FILLER}")
    best = best_passages(text, words_of("Which error says that the pump stalled?"), 1)
    assert "class PumpStalled" in best[0].text
    best = best_passages(text, words_of("What is the level of the water?"), 1)
    assert "WATER_LEVEL" in best[0].text


@given(st.text(), st.text())
def test_any_text_has_a_place(above: str, below: str) -> None:
    assert isinstance(place_below(above, below), str)
    assert humps_apart(above).replace(" ", "") == above.replace(" ", "")
