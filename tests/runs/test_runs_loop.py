"""Tests for the loop: a scripted model, and everything else real."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from rlm_desktop import places
from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Part
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import EngineDied, PromptTooLong, RlmError
from rlm_desktop.runs import events
from rlm_desktop.runs.events import CallKind, Event, Limits, Outcome, Progress, Status
from rlm_desktop.runs.loop import RunLoop
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.runs.run import Run
from rlm_desktop.sandbox.base import Sandbox
from rlm_desktop.sandbox.process import ProcessSandbox

LOG = "".join(
    f"2031-04-02 08:{n // 60:02}:{n % 60:02} {'ERROR' if n % 7 == 0 else 'INFO'} store-{n % 5} "
    f"event {n} {'x' * 20}\n"
    for n in range(600)
)
ERRORS = sum(" ERROR " in line for line in LOG.splitlines())
COUNT = 'hits = [line for line in lines if " ERROR " in line]\nprint(len(hits))'


class Opened:
    """Opens sandboxes and remembers them."""

    def __init__(self) -> None:
        self.sandboxes: list[ProcessSandbox] = []

    def __call__(self, parts: Sequence[Part]) -> Sandbox:
        self.sandboxes.append(ProcessSandbox(parts))
        return self.sandboxes[-1]


def happening(
    replies: Sequence[str | RlmError],
    *,
    folder: Path,
    question: str = "How many ERROR lines are there?",
    text: str = LOG,
    limits: Limits | None = None,
    stop: threading.Event | None = None,
    opened: Opened | None = None,
    engine: ScriptedEngine | None = None,
    sub_engine: ScriptedEngine | None = None,
) -> Iterator[Event]:
    """The events of a run over a text, with a script of replies. The first reply is a route."""
    loop = RunLoop(
        engine or ScriptedEngine(replies),
        opened or Opened(),
        load_recipes(places.resources() / "recipes"),
        limits or Limits(turns=4),
        stop or threading.Event(),
        folder,
        sub_engine,
    )
    with Collection.of_text(text, "store.log", folder) as collection:
        yield from loop.events(question, collection)


def kept(happened: Iterator[Event]) -> list[Event]:
    return [event for event in happened if not isinstance(event, Progress)]


def ended(happened: Sequence[Event]) -> events.RunEnded:
    (end,) = [event for event in happened if isinstance(event, events.RunEnded)]
    assert happened[-1] is end
    return end


def assert_all_ended(happened: Sequence[Event]) -> None:
    """Every Started has its Ended, the innermost first within a call path."""
    open_spans: list[tuple[str, str]] = []
    for event in happened:
        name, path = type(event).__name__, getattr(event, "path", "")
        if name.endswith("Started"):
            open_spans.append((name.removesuffix("Started"), path))
        elif name.endswith("Ended"):
            inside = [span for span in open_spans if f"{span[1]}.".startswith(f"{path}.")]
            assert inside[-1] == (name.removesuffix("Ended"), path), f"{event} in {open_spans}"
            open_spans.remove(inside[-1])
    assert open_spans == []


def test_a_program_that_counts(tmp_path: Path) -> None:
    happened = kept(happening([" count", COUNT, "final(len(hits))"], folder=tmp_path))
    assert_all_ended(happened)
    end = ended(happened)
    assert (end.outcome, end.answer, end.status) == (
        Outcome.ANSWERED,
        str(ERRORS),
        Status.COMPUTED,
    )
    assert end.coverage == 1.0
    assert len(end.evidence) == 5
    for passage in end.evidence:
        assert LOG[passage.start : passage.end] == passage.quote
        assert " ERROR " in passage.quote
    kinds = [event.kind for event in happened if isinstance(event, events.CallStarted)]
    assert kinds == [CallKind.ROOT, CallKind.ROUTE]
    (recipe,) = [event.recipe for event in happened if isinstance(event, events.RecipeChosen)]
    assert recipe == "count"


@pytest.mark.parametrize(
    ("question", "confidence"),
    [("How many ERROR lines are there?", "sure"), ("How many errors are there?", "probably right")],
)
def test_a_count_is_shown_and_counted_again(question: str, confidence: str, tmp_path: Path) -> None:
    text = LOG + "2031-04-02 09:00:00 error store-1 event 600\n"
    replies = [" count", COUNT, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path, text=text, question=question))
    end = ended(happened)
    assert (end.answer, str(end.confidence)) == (str(ERRORS), confidence)
    shown = [event.output for event in happened if isinstance(event, events.CodeEnded)][-1]
    assert f"{ERRORS} counted, such as:\n+ 2031" in shown


def test_conditions_that_find_nothing_are_tried_alone(tmp_path: Path) -> None:
    wrong = 'hits = [x for x in lines if "ERORR" in x and "store-3" in x]\nfinal(len(hits))'
    replies = [" count", wrong, COUNT, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path))
    advice = [event.advice for event in happened if isinstance(event, events.Advised)]
    assert "Nothing matched" in advice[0]
    assert "600 in all: lines\n0 meet 'ERORR' in x\n120 meet 'store-3' in x" in advice[1]
    assert ended(happened).answer == str(ERRORS)


def test_a_word_taken_by_its_number_is_taken_by_example_instead(tmp_path: Path) -> None:
    program = "found = {line.split()[1] for line in lines}\nfinal(len(found))"
    replies = [" count-different", program, *['{"stores": "store-0"}'] * 4]
    question = "How many different stores wrote lines?"
    happened = kept(happening(replies, folder=tmp_path, question=question))
    by_loop = [e.code for e in happened if isinstance(e, events.CodeStarted) and e.by_loop]
    assert by_loop == [
        "found = set(values_of('stores', [line for line in lines]))\nfinal(len(found))"
    ]
    assert (ended(happened).answer, ended(happened).status) == ("5", Status.READ)


def test_a_program_that_asked_the_model_is_not_run_again(tmp_path: Path) -> None:
    program = (
        "found = {line.split()[3] for line in lines}\n"
        "final(ask('Which?', ', '.join(sorted(found))))"
    )
    replies = [" count-different", program, "store-3"]
    happened = kept(happening(replies, folder=tmp_path, question="Which store is the oldest?"))
    assert ended(happened).answer == "store-3"
    assert not any(isinstance(event, events.CodeStarted) and event.by_loop for event in happened)


def test_a_word_by_its_number_stays_where_no_rule_is_found(tmp_path: Path) -> None:
    program = "found = {line.split()[3] for line in lines}\nfinal(len(found))"
    replies = [" count-different", program, *['{"stores": null}'] * 4]
    question = "How many different stores wrote lines?"
    happened = kept(happening(replies, folder=tmp_path, question=question))
    assert ended(happened).answer == "5"


def test_the_document_is_never_in_a_prompt(tmp_path: Path) -> None:
    engine = ScriptedEngine([" count", COUNT, "final(len(hits))"])
    kept(happening([], engine=engine, folder=tmp_path))
    for prompt in engine.heard:
        text = prompt.prefill + "".join(message.text for message in prompt.messages)
        assert "event 300 " not in text
        assert len(text) < 8000


def test_pieces_are_asked_for_together_and_interleave(tmp_path: Path) -> None:
    program = (
        "pieces = chunks(9000)\nfound = ask_all('Which store?', pieces)\nprint(len(pieces), found)"
    )
    replies = [" look-up", program, *["store-1"] * 5, "final(found[0])"]
    happened = kept(happening(replies, folder=tmp_path, question="Which store stands out?"))
    assert_all_ended(happened)
    asks = [e for e in happened if isinstance(e, events.CallStarted) and e.kind is CallKind.ASK]
    assert [ask.path for ask in asks] == ["1.2", "1.3", "1.4", "1.5", "1.6"]
    assert all(ask.start is not None and LOG[ask.start :].startswith(ask.text) for ask in asks)
    first_reply = next(
        index
        for index, event in enumerate(happened)
        if isinstance(event, events.ReplyStarted) and event.path == "1.2"
    )
    assert first_reply > happened.index(asks[-1]), "all are asked before the first is answered"
    end = ended(happened)
    assert (end.answer, end.status, end.coverage) == ("store-1", Status.READ, 1.0)


def test_an_engine_that_cannot_score_writes_labels_under_a_grammar(tmp_path: Path) -> None:
    engine = ScriptedEngine(
        [
            " classify",
            "labels = classify(lines[:3], ['good', 'bad'], 'Is it good?')\nprint(labels)",
            "good",
            "bad",
            "good",
            "final(labels.count('good'))",
        ]
    )
    engine.can_score = False
    question = "How many of the lines are good?"
    happened = kept(happening([], engine=engine, folder=tmp_path, question=question))
    assert ended(happened).answer == "2"
    grammars = [prompt.grammar for prompt in engine.heard if prompt.grammar]
    assert "classify" in grammars[0], "the route is written under one, too"
    assert len(grammars) == 4
    assert all("good" in grammar and "bad" in grammar for grammar in grammars[1:])


def test_an_engine_that_cannot_score_writes_whether_a_passage_answers(tmp_path: Path) -> None:
    program = "final(look_up('Which store has event 77?'))"
    engine = ScriptedEngine([" look-up", program, "No", "", "Yes", "2", "Right"])
    engine.can_score = False
    question = "Which store has event 77?"
    happened = kept(happening([], engine=engine, folder=tmp_path, question=question))
    assert ended(happened).answer == "2"
    assert 'root ::= "Yes" | "No"\n' in [prompt.grammar for prompt in engine.heard]


def test_a_child_run_is_a_run_of_its_own(tmp_path: Path) -> None:
    replies = [
        " look-up",
        "found = rlm('How many ERROR lines are there?', context[:12000])\nprint(found)",
        " count",
        COUNT,
        "final(len(hits))",
        "final(found)",
    ]
    happened = kept(happening(replies, folder=tmp_path))
    assert_all_ended(happened)
    run = Run.of(happened)
    child = run.call("1.2")
    assert (child.kind, child.start) == (CallKind.RLM, 0)
    assert child.answer == str(LOG[:12000].count(" ERROR "))
    assert [below.kind for below in child.children] == [CallKind.ROUTE]
    assert ended(happened).answer == child.answer


def test_below_the_last_depth_a_child_run_is_a_plain_question(tmp_path: Path) -> None:
    program = "found = rlm('Which store?', context[:9000])\nprint(found)"
    replies = [" look-up", program, "store-3", "final(found)"]
    limits = Limits(turns=4, depth=0)
    happened = kept(happening(replies, folder=tmp_path, limits=limits, question="Which store?"))
    assert Run.of(happened).call("1.2").kind is CallKind.ASK
    assert ended(happened).answer == "store-3"


def test_nearly_the_whole_text_is_not_handed_to_a_child_run(tmp_path: Path) -> None:
    replies = [" look-up", "rlm('How many?', context)", COUNT, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path))
    (error,) = [e.error for e in happened if isinstance(e, events.CodeEnded) and e.error]
    assert "of the whole text" in error
    assert ended(happened).answer == str(ERRORS)


def test_an_error_in_a_program_is_told_to_the_model(tmp_path: Path) -> None:
    engine = ScriptedEngine([" count", "1/0", COUNT, "final(len(hits))"])
    happened = kept(happening([], engine=engine, folder=tmp_path))
    assert "ZeroDivisionError" in engine.heard[2].messages[-1].text
    assert engine.heard[2].sampling.temperature > 0, "the next try is not greedy"
    assert ended(happened).outcome is Outcome.ANSWERED


def test_the_first_program_that_does_not_compile_costs_no_turn(tmp_path: Path) -> None:
    replies = [" count", "print(", COUNT, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path, limits=Limits(turns=2)))
    assert ended(happened).answer == str(ERRORS)


def test_the_same_program_is_not_run_twice(tmp_path: Path) -> None:
    replies = [" count", COUNT, COUNT, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path))
    started = [event for event in happened if isinstance(event, events.CodeStarted)]
    assert len([event for event in started if not event.by_loop]) == 2
    assert any(
        isinstance(event, events.Advised) and "very program before" in event.advice
        for event in happened
    )


def test_an_invented_answer_is_questioned(tmp_path: Path) -> None:
    replies = [" count", 'grep("ERROR")\nfinal("banana")', COUNT, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path))
    assert any(isinstance(e, events.Advised) and "'banana'" in e.advice for e in happened)
    assert ended(happened).answer == str(ERRORS)


def test_a_condition_that_no_program_used_is_asked_for(tmp_path: Path) -> None:
    question = "How many ERROR lines come from store-3?"
    both = COUNT.replace('"', "'").replace("]", " and 'store-3' in line]")
    replies = [" count", COUNT, "final(len(hits))", both, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path, question=question))
    advice = next(event.advice for event in happened if isinstance(event, events.Advised))
    assert "'store-3', and the program did not use it" in advice
    lines = [line for line in LOG.splitlines() if " ERROR " in line and "store-3" in line]
    assert ended(happened).answer == str(len(lines))


def test_an_answer_right_after_a_failed_program_is_sent_back(tmp_path: Path) -> None:
    replies = [" count", "grep('ERROR')[9999]", 'final("NOT FOUND")', COUNT, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path))
    assert any(isinstance(e, events.Advised) and "failed" in e.advice for e in happened)
    assert ended(happened).answer == str(ERRORS)


def test_an_answer_before_any_look_is_questioned(tmp_path: Path) -> None:
    replies = [" count", "x = 5\nfinal(x)", COUNT, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path))
    assert any(isinstance(e, events.Advised) and "not looked" in e.advice for e in happened)
    assert ended(happened).answer == str(ERRORS)


def test_before_a_not_found_is_believed_the_question_is_looked_up(tmp_path: Path) -> None:
    replies = [
        " look-up",
        'grep("zebra")',
        'final("NOT FOUND")',
        'final("NOT FOUND")',
        *["No"] * 2,
        "Yes",
        "Store 3 has it.",
        "Right",
    ]
    question = "Which store has the zebra event? Reply in a word."
    limits = Limits(turns=6)
    happened = kept(happening(replies, folder=tmp_path, question=question, limits=limits))
    assert_all_ended(happened)
    (program,) = [e for e in happened if isinstance(e, events.CodeStarted) and e.by_loop]
    assert program.code == "final(look_up('Which store has the zebra event?'))"
    end = ended(happened)
    assert (end.answer, end.status) == ("Store 3 has it.", Status.READ)
    run = Run.of(happened)
    assert run.root is not None
    assert [t.execution.by_loop for t in run.root.turns if t.execution] == [
        False, False, False, True,
    ]  # fmt: skip


def test_not_found_is_believed_when_no_passage_states_the_answer(tmp_path: Path) -> None:
    replies = [
        " look-up",
        'grep("zebra")',
        'final("NOT FOUND")',
        'final("NOT FOUND")',
        *["No"] * 60,
    ]
    question = "Which store has the zebra event?"
    limits = Limits(turns=6)
    happened = kept(happening(replies, folder=tmp_path, question=question, limits=limits))
    end = ended(happened)
    assert (end.outcome, end.status) == (Outcome.NOT_FOUND, Status.NOT_FOUND)
    assert end.coverage == 1.0, "all of it was judged"


def test_a_program_looks_a_question_up(tmp_path: Path) -> None:
    engine = ScriptedEngine(
        [
            " look-up",
            "final(look_up('Which store has event 77?'))",
            "No",
            " event, store",
            "Yes",
            "2",
            "Right",
        ]
    )
    happened = kept(
        happening([], engine=engine, folder=tmp_path, question="Which store has event 77?")
    )
    end = ended(happened)
    assert (end.answer, end.status) == ("2", Status.READ)
    asked = [e for e in happened if isinstance(e, events.CallStarted)]
    assert [call.kind for call in asked[2:]] == [
        CallKind.CLASSIFY, CallKind.ASK, CallKind.CLASSIFY, CallKind.ASK, CallKind.CLASSIFY,
    ]  # fmt: skip
    assert asked[4].text == asked[-1].text, "it is answered from the passage that states it"
    assert end.evidence[0].quote in asked[4].text
    assert 0.1 < end.coverage < 0.5
    assert all(LOG[: len(LOG) // 2] not in m.text for p in engine.heard for m in p.messages)


def test_what_was_looked_up_is_not_looked_up_again(tmp_path: Path) -> None:
    program = "asked = 'Which store has event 77?'\nfinal(look_up(asked) + look_up(asked))"
    replies = [" look-up", program, "Yes", "2", "Right"]
    question = "Which store has event 77?"
    happened = kept(happening(replies, folder=tmp_path, question=question))
    assert ended(happened).answer == "22"


def test_a_name_that_stands_nowhere_is_not_read_on_for(tmp_path: Path) -> None:
    question = "Which store has zebra77? If the text does not hold it, reply NOT FOUND."
    program = "final(look_up('Which store has zebra77?'))"
    replies = [" look-up", program, "No", "store, zebra", *["No"] * 3, program, program]
    happened = kept(happening(replies, folder=tmp_path, question=question))
    assert ended(happened).outcome is Outcome.NOT_FOUND
    assert ended(happened).coverage < 0.9


def test_a_short_text_is_read_whole(tmp_path: Path) -> None:
    engine = ScriptedEngine(["Yes", "Kiel", "Right"])
    happened = kept(
        happening(
            [],
            engine=engine,
            folder=tmp_path,
            text="The ferry leaves Kiel.",
            question="Where from?",
        )
    )
    end = ended(happened)
    assert (end.answer, end.status, end.coverage) == ("Kiel", Status.WHOLE, 1.0)
    assert end.evidence[0].quote == "The ferry leaves Kiel."
    assert "The ferry leaves Kiel." in engine.heard[0].messages[-1].text
    assert "The ferry" not in engine.heard[0].messages[0].text, "never in the system message"


def test_a_short_text_that_does_not_state_the_answer_is_said_not_to(tmp_path: Path) -> None:
    engine = ScriptedEngine(["No"])
    question = "Where from? If the file does not say it, reply: NOT FOUND."
    text = "The ferry leaves Kiel."
    happened = kept(happening([], engine=engine, folder=tmp_path, text=text, question=question))
    assert ended(happened).outcome is Outcome.NOT_FOUND
    assert "NOT FOUND" not in engine.heard[-1].messages[-1].text, "no way out is offered"


def test_a_question_of_counting_is_computed_even_over_a_short_text(tmp_path: Path) -> None:
    replies = [" count", "hits = grep('a')\nprint(len(hits))", "final(len(hits))"]
    happened = kept(
        happening(replies, folder=tmp_path, text="a\nb\na\n", question="How many lines have an a?")
    )
    assert (ended(happened).answer, ended(happened).status) == ("2", Status.COMPUTED)


def test_at_a_limit_the_answer_is_forced_and_flagged(tmp_path: Path) -> None:
    programs = [COUNT, "print(hits[0])", 'print(grep("ERROR")[1])', "print(lines[2])"]
    replies = [" count", *programs, "It is 86."]
    happened = kept(happening(replies, folder=tmp_path, limits=Limits(turns=2)))
    assert_all_ended(happened)
    end = ended(happened)
    tried = [event.recipe for event in happened if isinstance(event, events.RecipeChosen)]
    assert len(set(tried)) == 2, "where one method leads nowhere, the next is tried"
    assert (end.outcome, end.answer, end.status) == (Outcome.FORCED, "It is 86.", Status.FORCED)
    run = Run.of(happened)
    assert run.root is not None
    assert run.root.children[-1].kind is CallKind.EXTRACT


def test_at_a_limit_nothing_is_made_up_from_nothing(tmp_path: Path) -> None:
    replies = [" count", "x = 1", "y = 2", "x = 1", "y = 2"]
    end = ended(kept(happening(replies, folder=tmp_path, limits=Limits(turns=2))))
    assert (end.outcome, end.answer) == (Outcome.FORCED, None)
    assert "before anything was found" in (end.error or "")


def test_a_piece_that_does_not_fit_is_refused_with_advice(tmp_path: Path) -> None:
    replies: list[str | RlmError] = [
        " look-up",
        "ask('Who?', context)",
        PromptTooLong(9000, 4000),
        COUNT,
        "final(len(hits))",
    ]
    happened = kept(happening(replies, folder=tmp_path))
    assert_all_ended(happened)
    (error,) = [e.error for e in happened if isinstance(e, events.CodeEnded) and e.error]
    assert "9,000 tokens" in error
    assert "chunks(4000)" in error
    assert ended(happened).outcome is Outcome.ANSWERED


def test_when_the_engine_dies_what_was_not_answered_is_asked_again(tmp_path: Path) -> None:
    engine = ScriptedEngine([" count", EngineDied("killed"), COUNT, "final(len(hits))"])
    happened = kept(happening([], engine=engine, folder=tmp_path))
    assert_all_ended(happened)
    assert engine.restarts == 1
    (died,) = [event for event in happened if isinstance(event, events.PeerDied)]
    assert (died.peer, died.reason) == ("engine", "killed")
    assert ended(happened).answer == str(ERRORS)


def test_the_third_death_of_the_engine_ends_the_run(tmp_path: Path) -> None:
    end = ended(kept(happening([EngineDied("killed")] * 3, folder=tmp_path)))
    assert end.outcome is Outcome.FAILED
    assert "3 times over call 1.1, the last time because killed" in (end.error or "")


def test_when_the_sandbox_dies_the_text_is_back_and_what_was_lost_is_named(tmp_path: Path) -> None:
    opened = Opened()
    replies = [" count", COUNT, "print(len(hits) + 1)", COUNT, "final(len(hits))"]
    happened: list[Event] = []
    for event in happening(replies, folder=tmp_path, opened=opened, limits=Limits(turns=6)):
        happened.append(event)
        if isinstance(event, events.CodeStarted) and "+ 1" in event.code:
            os.kill(opened.sandboxes[-1].pid, signal.SIGKILL)
    happened = [event for event in happened if not isinstance(event, Progress)]
    assert_all_ended(happened)
    (died,) = [event for event in happened if isinstance(event, events.PeerDied)]
    assert died.peer == "sandbox"
    assert "hits" in died.lost
    assert len(opened.sandboxes) == 2
    assert ended(happened).answer == str(ERRORS)


def test_forbidden_acts_end_the_run(tmp_path: Path) -> None:
    program = "try:\n    open('/etc/passwd')\nexcept OSError:\n    pass\nprint({n})"
    replies = [" count", *[program.format(n=n) for n in range(3)]]
    happened = kept(happening(replies, folder=tmp_path))
    assert_all_ended(happened)
    assert sum(isinstance(event, events.ActBlocked) for event in happened) == 3
    assert "steering the model" in (ended(happened).error or "")


@pytest.mark.parametrize(
    ("replies", "when"),
    [
        ([" count", COUNT], lambda e: isinstance(e, events.ReplyGrew) and e.path == "1"),
        ([" count", "print(1)\nwhile True: pass"], lambda e: isinstance(e, events.OutputGrew)),
        (
            [" look-up", "ask_all('Who?', chunks(9000))", *["Anna"] * 5],
            lambda e: isinstance(e, events.ReplyStarted) and e.path == "1.3",
        ),
    ],
    ids=["during a reply", "during an endless program", "during ask_all"],
)
def test_stop_ends_everything(
    tmp_path: Path, replies: list[str], when: Callable[[Event], bool]
) -> None:
    stop, opened = threading.Event(), Opened()
    stopped_at: float | None = None
    happened: list[Event] = []
    for event in happening(replies, folder=tmp_path, stop=stop, opened=opened):
        happened.append(event)
        if when(event):
            stopped_at = stopped_at or time.monotonic()
            stop.set()
    assert stopped_at is not None
    assert time.monotonic() - stopped_at < 1
    assert_all_ended([event for event in happened if not isinstance(event, Progress)])
    end = ended(happened)
    assert end.outcome is Outcome.STOPPED
    assert not any(psutil.pid_exists(sandbox.pid) for sandbox in opened.sandboxes)


def test_events_that_nobody_wants_close_the_sandbox(tmp_path: Path) -> None:
    opened = Opened()
    happened = happening([" count", "print(1)\nwhile True: pass"], folder=tmp_path, opened=opened)
    for event in happened:
        if isinstance(event, events.OutputGrew):
            break
    assert psutil.pid_exists(opened.sandboxes[0].pid)
    happened.close()  # type: ignore[attr-defined]
    assert not psutil.pid_exists(opened.sandboxes[0].pid)


def test_grew_events_say_nothing_that_ended_events_do_not(tmp_path: Path) -> None:
    replies = [
        " look-up",
        "print(ask_all('Who?', chunks(20000)))",
        "Anna",
        "Bert",
        "Cleo",
        "final(1)",
    ]
    happened = list(happening(replies, folder=tmp_path))
    live, replayed = Run.of(happened), Run.of(kept(iter(happened)))
    assert live == replayed
