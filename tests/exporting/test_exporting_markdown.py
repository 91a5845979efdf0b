"""Markdown that says what was said, and does nothing else."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_desktop.exporting.markdown import fenced, plain, to_markdown
from rlm_desktop.exporting.outline import PIECE, Literal, Section, outline
from rlm_desktop.exporting.visible import visible
from rlm_desktop.runs import events as e
from rlm_desktop.runs.run import Run
from tests.exporting.hostile import HOSTILE, RUNS, run_of
from tests.storage.example_run import EVENTS, KEPT, LONG_OUTPUT, QUESTION, QUOTE


def fences(markdown: str) -> tuple[list[str], str]:
    """What stands in the fenced blocks, as CommonMark finds them, and the rest."""
    inside: list[str] = []
    outside: list[str] = []
    closing: re.Pattern[str] | None = None
    for line in re.split(r"\r\n|\n|\r", markdown):
        opening = re.match(r" {0,3}(`{3,}|~{3,})(?![^`]*`)", line)
        if closing is None and opening:
            fence = opening.group(1)
            closing = re.compile(f" {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$")
            inside.append("")
        elif closing is None:
            outside.append(line)
        elif closing.match(line):
            closing = None
        else:
            inside[-1] += line + "\n"
    assert closing is None, "a fence is open at the end"
    return [text.removesuffix("\n") for text in inside], "\n".join(outside)


def literals(section: Section) -> list[str]:
    """The literal blocks of an outline, in order."""
    found = []
    for block in section.blocks:
        match block:
            case Literal(text=text):
                found.append(visible(text).removesuffix("\n"))
            case Section():
                found += literals(block)
    return found


def test_a_run_is_told_whole() -> None:
    markdown = to_markdown(Run.of(EVENTS))
    assert markdown.startswith(f"# {QUESTION}\n\n31\n\nanswered · computed by code · 75% of")
    inside, outside = fences(markdown)
    assert inside == [
        QUOTE,
        *("print(1 / 0)", "ZeroDivisionError: division by zero"),
        *("print(ask('left?', lines[0]))", LONG_OUTPUT),
        "31",
        *("which recipe?", "count"),
        *("left?", QUOTE, "yes"),
    ]
    for said in (
        "12.5 s · 3 calls · 2 turns · model starter",
        "- ferries.log (log, 90,000 characters)",
        "ferries.log, line 1 (characters 0 to 44):",
        "recipe count",
        "- blocked: tried to open a file",
        "- advice: Look at the lines first.",
        "Given from character 0, 44 characters:",
        "### Call 1.2: ask",
    ):
        assert said in outside


def test_live_and_kept_are_told_alike() -> None:
    assert to_markdown(Run.of(EVENTS)) == to_markdown(Run.of(KEPT))


def test_a_run_that_did_not_end_says_so() -> None:
    assert "\nnot finished · 3 calls" in to_markdown(Run.of(EVENTS[:25]))
    assert "not finished" in to_markdown(Run())


def test_long_pieces_of_sub_calls_are_cut_and_it_is_said() -> None:
    call = e.CallStarted("1.3", e.CallKind.ASK, "what?", "long " * 1000)
    inside, outside = fences(to_markdown(Run.of([*EVENTS[:5], call])))
    assert f"Given, 5,000 characters, of which the first {PIECE}:" in outside
    assert ("long " * 1000)[:PIECE] in inside


def test_minutes_are_said_as_minutes() -> None:
    ended = e.RunEnded(e.Outcome.NOT_FOUND, None, e.Status.NOT_FOUND, seconds=200.4)
    assert "not found · 0% of the text looked at · 3 min 20 s" in to_markdown(Run.of([ended]))


@given(HOSTILE)
def test_nothing_closes_its_fence(text: str) -> None:
    inside, outside = fences(f"before\n\n{fenced(text, 'python')}\n\nafter")
    assert inside == [visible(text).removesuffix("\n")]
    assert outside.split() == ["before", "after"]


@given(st.text(st.sampled_from("`~ \n\tx")))
def test_no_row_of_backticks_closes_its_fence(text: str) -> None:
    inside, _ = fences(fenced(text))
    assert inside == [text.removesuffix("\n")]


@settings(max_examples=150)
@given(RUNS)
def test_the_literal_blocks_of_a_hostile_run_are_its_own(texts: list[str]) -> None:
    run = Run.of(run_of(texts))
    inside, outside = fences(to_markdown(run))
    assert inside == literals(outline(run))
    # Nothing is left that could be a tag, a picture, a link or code.
    assert not re.search(r"(?<!\\)(\\\\)*[<`\[\]*_]", outside)


@given(HOSTILE)
def test_prose_is_shown_as_it_is(text: str) -> None:
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"\\\n", "\n", plain(text)))
    shown = shown.replace("&nbsp;", " ")
    assert shown.split() == visible(text).split()


@pytest.mark.parametrize("start", ["# a", "> a", "- a", "+ a", "1. a", "12) a", "===", "---"])
def test_no_line_of_prose_begins_a_block(start: str) -> None:
    block = re.compile(r"[ \t]*([#>+=-]|\d+[.)])")
    assert block.match(start)
    for text in (start, f"a\n{start}", f"a\n\n{start}"):
        assert not any(map(block.match, plain(text).split("\n")))


def test_an_indented_line_of_prose_is_no_block_of_code() -> None:
    assert (
        plain("a\n\n    - b\n\tc")
        == "a\n\n&nbsp;&nbsp;&nbsp;&nbsp;- b\\\n&nbsp;&nbsp;&nbsp;&nbsp;c"
    )


@given(st.text(st.characters()))
def test_what_is_visible_can_be_written_and_stays_so(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", shown)
    shown.encode()


def test_what_a_question_followed_up_on_is_told() -> None:
    started = e.RunStarted("And in May?", (), "starter", e.Limits(), follows=17)
    told = to_markdown(Run.of([started, e.WrittenOut("How many in May?")]))
    assert "Follows up on run 17, understood as: How many in May?" in told
