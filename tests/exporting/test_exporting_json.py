"""JSON to the letter, the object of `--json`, and the file that an export is written to."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.errors import UsageError
from rlm_desktop.exporting.answer_json import summary
from rlm_desktop.exporting.export_file import write_export
from rlm_desktop.exporting.json_file import json_text, to_json, to_jsonl
from rlm_desktop.runs import events as e
from rlm_desktop.runs.event_json import from_dict, to_dict
from rlm_desktop.runs.run import Run
from tests.storage.arbitrary_events import EVENTS as ANY_EVENT
from tests.storage.example_run import EVENTS, KEPT, QUESTION, QUOTE


def test_the_object_of_the_command_line() -> None:
    assert summary(Run.of(EVENTS), 7) == {
        "run": 7,
        "question": QUESTION,
        "answer": "31",
        "outcome": "answered",
        "confidence": None,
        "status": "computed by code",
        "route": "code",
        "recipe": "count",
        "coverage": 0.75,
        "seconds": 12.5,
        "calls": 3,
        "turns": 2,
        "prompt_tokens": 2160,
        "reply_tokens": 74,
        "cached_tokens": 1000,
        "evidence": [
            {
                "document": "ferries.log",
                "start": 0,
                "end": 44,
                "line": 1,
                "page": None,
                "quote": QUOTE,
            }
        ],
        "error": None,
        "follows": None,
        "understood_as": None,
        "sent_to": None,
    }


def test_the_object_can_be_made_of_a_run_at_any_time() -> None:
    for happened in range(len(EVENTS) + 1):
        facts = summary(Run.of(EVENTS[:happened]), 7)
        assert (facts["outcome"] is None) == (happened < len(EVENTS))
        json.loads(json_text(facts))


@pytest.mark.parametrize(
    ("kinds", "route"),
    [
        ([], "code"),
        ([e.CallKind.DIRECT], "direct"),
        ([e.CallKind.ROUTE, e.CallKind.DIRECT], "direct"),
        ([e.CallKind.ROUTE, e.CallKind.ASK], "code"),
        ([e.CallKind.ASK, e.CallKind.DIRECT], "code"),
    ],
)
def test_the_route_is_read_from_the_calls(kinds: list[e.CallKind], route: str) -> None:
    happened: list[e.Event] = [e.CallStarted("1", e.CallKind.ROOT, "?")]
    happened += [e.CallStarted(f"1.{n}", kind, "?") for n, kind in enumerate(kinds, 1)]
    assert summary(Run.of(happened), 1)["route"] == route
    assert summary(Run.of([]), 1)["route"] is None


def test_an_export_as_json_reads_back_as_the_same_events() -> None:
    whole = json.loads(to_json(7, Run.of(KEPT), KEPT))
    assert [from_dict(event) for event in whole["events"]] == KEPT
    assert whole["documents"][0]["name"] == "ferries.log"
    facts = summary(Run.of(KEPT), 7)
    assert {name: whole[name] for name in facts} == facts


def test_an_export_as_jsonl_has_one_event_a_line() -> None:
    lines = to_jsonl(KEPT).splitlines()
    assert [from_dict(json.loads(line)) for line in lines] == KEPT


@given(st.lists(ANY_EVENT, max_size=3))
def test_every_event_is_exported_to_the_letter(happened: list[e.Event]) -> None:
    exported = to_jsonl(happened).encode().decode().split("\n")
    assert exported.pop() == ""
    # JSON makes one character of two halves that stand side by side, so both take that trip.
    assert [json.loads(line) for line in exported] == [
        json.loads(json.dumps(to_dict(event))) for event in happened
    ]


def test_other_languages_stay_readable() -> None:
    assert json_text({"name": "Müller 東京"}) == '{"name": "Müller 東京"}'
    assert json_text("a\ud800") == '"a\\ud800"'


@pytest.mark.parametrize(
    ("suffix", "start"),
    [(".md", "# How many"), (".html", "<!DOCTYPE"), (".json", "{"), (".JSONL", '{"event"')],
)
def test_the_suffix_chooses_the_kind(tmp_path: Path, suffix: str, start: str) -> None:
    path = tmp_path / f"export{suffix}"
    path.write_text("an older export")
    write_export(path, 7, Run.of(KEPT), KEPT)
    assert path.read_text(encoding="utf-8").startswith(start)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["export.pdf", "export", ".md"])
def test_another_suffix_is_refused_with_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.md, \.html, \.json, \.jsonl or \.rlms\.jsonl"):
        write_export(tmp_path / name, 7, Run.of(KEPT), KEPT)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.md cannot be written.*another place"):
        write_export(tmp_path / "missing" / "a.md", 7, Run.of(KEPT), KEPT)
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(UsageError, match=r"folder\.md cannot be written.*another place"):
        write_export(tmp_path / "folder.md", 7, Run.of(KEPT), KEPT)
    assert [file.name for file in tmp_path.iterdir()] == ["folder.md"]
