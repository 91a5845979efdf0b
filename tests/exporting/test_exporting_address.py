"""That a run tells where its texts were sent to, in every form, also from an old database."""

from dataclasses import replace

from rlm_desktop.exporting.answer_json import summary
from rlm_desktop.exporting.html import to_html
from rlm_desktop.exporting.json_file import to_json
from rlm_desktop.exporting.markdown import to_markdown
from rlm_desktop.runs import events as e
from rlm_desktop.runs.event_json import from_dict, to_dict
from rlm_desktop.runs.run import Run
from tests.storage.example_run import EVENTS

STARTED = EVENTS[0]
assert isinstance(STARTED, e.RunStarted)
SENT = [replace(STARTED, address="192.0.2.7:8080"), *EVENTS[1:]]
SAID = "The text was sent to 192.0.2.7:8080."


def test_every_export_says_where_texts_were_sent_to() -> None:
    run = Run.of(SENT)
    assert SAID in to_markdown(run)
    assert SAID in to_html(run)
    assert summary(run, 1)["sent_to"] == "192.0.2.7:8080"
    assert '"sent_to": "192.0.2.7:8080"' in to_json(1, run, SENT)


def test_nothing_is_said_of_texts_that_stayed_here() -> None:
    run = Run.of(EVENTS)
    assert "sent to" not in to_markdown(run)
    assert "sent to" not in to_html(run)
    assert summary(run, 1)["sent_to"] is None


def test_runs_that_were_kept_before_there_were_addresses_are_read() -> None:
    kept = to_dict(STARTED)
    del kept["address"]
    assert from_dict(kept) == STARTED
    assert from_dict(to_dict(SENT[0])) == SENT[0]
