"""What an export tells of labels and of the two models of a run."""

import json

from rlm_desktop.exporting.html import to_html
from rlm_desktop.exporting.json_file import to_json
from rlm_desktop.exporting.markdown import to_markdown
from rlm_desktop.runs import events as e
from rlm_desktop.runs.run import Run

EVENTS: list[e.Event] = [
    e.RunStarted("Which are complaints?", (), "large", e.Limits(), "small"),
    e.CallStarted("1", e.CallKind.ROOT, "Which are complaints?"),
    e.CallStarted("1.2", e.CallKind.CLASSIFY, "Is it a complaint?", "It broke.", 0),
    e.CallEnded("1.2", e.Outcome.ANSWERED, "yes", 0.93),
    e.CallStarted("1.3", e.CallKind.CLASSIFY, "Is it a complaint?", "Hm.", 9),
    e.CallEnded("1.3", e.Outcome.ANSWERED, "no", 0.04),
    e.CallEnded("1", e.Outcome.ANSWERED, "1"),
    e.RunEnded(e.Outcome.ANSWERED, "1"),
]


def test_close_calls_are_told_and_clear_ones_are_not() -> None:
    for text in (to_markdown(Run.of(EVENTS)), to_html(Run.of(EVENTS))):
        assert text.count("a close call, ahead of the next label by 4%") == 1
        assert text.count("close call") == 1


def test_both_models_are_told() -> None:
    markdown = to_markdown(Run.of(EVENTS))
    assert "model large · model of the sub-calls small" in markdown
    whole = json.loads(to_json(1, Run.of(EVENTS), EVENTS))
    assert (whole["model"], whole["sub_model"]) == ("large", "small")
    assert whole["events"][5]["margin"] == 0.04
