"""Tests for calls that go on together: a scripted model whose replies come mixed."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rlm_desktop.engine.base import Done, Expected, Prompt, Wrote
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import EngineDied, EngineError
from rlm_desktop.runs import events
from rlm_desktop.runs.deaths import way_out
from rlm_desktop.runs.events import CallKind, Event, Limits, Outcome
from rlm_desktop.runs.run import Run
from tests.runs.test_runs_loop import (
    COUNT,
    ERRORS,
    assert_all_ended,
    ended,
    happening,
    kept,
)

ASKED = "found = ask_all('Which store?', [line for line in lines[:{}]])\nprint(found)"


class MixedEngine(ScriptedEngine):
    """Writes a piece of each reply in turn, the last first; remembers whether it was left."""

    closed = 0

    def generate(self, prompts: Sequence[Prompt], stop: threading.Event) -> Iterator[Wrote | Done]:
        said: dict[int, list[Wrote | Done]] = {}
        for message in super().generate(prompts, stop):
            said.setdefault(message.index, []).append(message)
        try:
            while said:
                for index in reversed(list(said)):
                    yield said[index].pop(0)
                    if not said[index]:
                        del said[index]
        finally:
            self.closed += bool(said)


def test_replies_that_come_mixed_go_to_their_calls(tmp_path: Path) -> None:
    answers = [f"store-{number % 5} it is" + "!" * (number % 3 * 7) for number in range(20)]
    engine = MixedEngine([" look-up", ASKED.format(20), *answers, "final(found[3])"], piece=5)
    live = list(happening([], engine=engine, folder=tmp_path, question="Which store?"))
    happened = kept(iter(live))
    assert_all_ended(happened)
    calls = [e for e in happened if isinstance(e, events.CallEnded) and e.path.startswith("1.")]
    told = {call.path: call.answer for call in calls[1:]}
    assert told == {f"1.{number + 2}": answer for number, answer in enumerate(answers)}
    assert list(told) != sorted(told, key=lambda path: int(path[2:])), "told as they end"
    assert ended(happened).answer == answers[3]
    assert Run.of(live) == Run.of(happened)


def test_all_pieces_of_a_group_are_asked_for_at_once(tmp_path: Path) -> None:
    engine = ScriptedEngine([" look-up", ASKED.format(300), *["yes"] * 300, "final(len(found))"])
    groups: list[int] = []
    generate = engine.generate

    def counting(prompts: Sequence[Prompt], stop: threading.Event) -> Iterator[Wrote | Done]:
        groups.append(len(prompts))
        return generate(prompts, stop)

    engine.generate = counting  # type: ignore[method-assign]
    happened = kept(happening([], engine=engine, folder=tmp_path, question="Which store?"))
    assert ended(happened).answer == "300"
    assert groups == [1, 128, 128, 44, 1]


def test_a_limit_ends_the_calls_that_go_on(tmp_path: Path) -> None:
    engine = MixedEngine([" look-up", ASKED.format(50), *["yes it is"] * 50, "It is store 1."])
    limits = Limits(turns=4, tokens=1500)
    happened = kept(
        happening([], engine=engine, folder=tmp_path, limits=limits, question="Which store?")
    )
    assert_all_ended(happened)
    calls = [e for e in happened if isinstance(e, events.CallEnded) and e.path.count(".") == 1]
    outcomes = [call.outcome for call in calls]
    assert outcomes.count(Outcome.FAILED) > 10
    assert outcomes.count(Outcome.ANSWERED) > 2
    assert engine.closed == 1, "what is not wanted any more is not written"
    assert "tokens (1,500)" in next(
        event.error or "" for event in happened if isinstance(event, events.CodeEnded)
    )


def test_what_was_answered_before_a_death_is_not_asked_again(tmp_path: Path) -> None:
    engine = ScriptedEngine(
        [" look-up", ASKED.format(4), "a", "b", EngineDied("killed"), "c", "d", "final(found)"]
    )
    happened = kept(happening([], engine=engine, folder=tmp_path, question="Which store?"))
    assert_all_ended(happened)
    assert ended(happened).answer == "a\nb\nc\nd"
    (died,) = [event for event in happened if isinstance(event, events.PeerDied)]
    assert died.path == "1.4", "the call that was being answered"
    assert len(engine.heard) == 1 + 1 + 4 + 2 + 1


def test_deaths_with_a_reply_in_between_do_not_end_a_run(tmp_path: Path) -> None:
    died = EngineDied("killed")
    replies = [died, died, " count", died, died, COUNT, died, died, "final(len(hits))"]
    happened = kept(happening(replies, folder=tmp_path))
    assert_all_ended(happened)
    assert ended(happened).answer == str(ERRORS)


def test_a_death_while_it_is_started_again_counts_too(tmp_path: Path) -> None:
    engine = ScriptedEngine([EngineDied("killed"), " count", COUNT, "final(len(hits))"])
    restart = engine.restart
    fates = [True, False]

    def dying(stop: threading.Event) -> Iterator[float]:
        yield 0.1
        if fates.pop(0):
            raise EngineDied("killed again")
        yield from restart(stop)

    engine.restart = dying  # type: ignore[method-assign]
    happened = kept(happening([], engine=engine, folder=tmp_path))
    assert_all_ended(happened)
    reasons = [event.reason for event in happened if isinstance(event, events.PeerDied)]
    assert reasons == ["killed", "killed again"]
    assert ended(happened).answer == str(ERRORS)


@pytest.mark.parametrize(
    ("reason", "way"),
    [
        ("the engine process was ended by signal SIGKILL, as a system does", "`window`"),
        ("it ended with status 1. It said: failed to allocate buffer", "`window`"),
        ("the engine process was ended by signal SIGSEGV", "models check"),
        ("the engine process was ended by signal SIGILL. It said: oh", "rlm-desktop doctor"),
        ("the engine process was ended by signal SIGABRT", "broken model file"),
        ("the engine process closed its connection", "not plain"),
    ],
)
def test_the_end_of_a_run_names_the_likely_cause(tmp_path: Path, reason: str, way: str) -> None:
    end = ended(kept(happening([EngineDied(reason)] * 3, folder=tmp_path)))
    assert end.outcome is Outcome.FAILED
    assert reason in (end.error or "")
    assert way in (end.error or "")
    assert way in way_out(reason)


def test_a_reading_that_would_take_too_long_is_refused(tmp_path: Path) -> None:
    engine = ScriptedEngine([" look-up", ASKED.format(200), COUNT, "final(len(hits))"])
    foretold: list[Sequence[Expected]] = []

    def estimate(calls: Sequence[Expected]) -> float:
        foretold.append(calls)
        return 7200.0

    engine.estimate = estimate  # type: ignore[assignment,method-assign]
    happened = kept(happening([], engine=engine, folder=tmp_path))
    (error,) = [e.error for e in happened if isinstance(e, events.CodeEnded) and e.error]
    assert "about 120 minutes, and it may take 6:" in error
    assert [len(calls) for calls in foretold] == [200]
    assert all(call.read > 5 and call.written > 0 for call in foretold[0])


def test_a_conversation_has_a_name_and_sub_calls_have_none(tmp_path: Path) -> None:
    engine = ScriptedEngine(
        [
            " look-up",
            "found = rlm('How many ERROR lines are there?', context[:12000])\nprint(found)",
            " count",
            f"print(ask_all('Which?', lines[:2]))\n{COUNT}",
            "a",
            "b",
            "final(len(hits))",
            "print(found + '!')",
            "print(lines[0])",
            "print(lines[1])",
            "It is 2.",
        ]
    )
    limits = Limits(turns=2)
    kept(happening([], engine=engine, folder=tmp_path, limits=limits))
    named = [(prompt.conversation, prompt.max_tokens) for prompt in engine.heard]
    assert [name for name, _ in named] == ["", "1", "", "1.2", "", "", "1.2", "1", "1", "1", "1"]
    assert named[-1] == ("1", 200), "the forced answer goes on with its conversation"


def test_each_engine_is_asked_what_is_its_own(tmp_path: Path) -> None:
    root = ScriptedEngine(
        [
            " look-up",
            ASKED.format(2),
            "labels = classify(lines[:2], ['good', 'bad'])\nprint(labels)",
            "print(llm_query('Say yes.'))",
            "final(found[0] + labels[0])",
        ]
    )
    small = ScriptedEngine(["store-1", "store-2", "good", "bad", EngineDied("killed"), "yes"])
    root.name, small.name = "large", "small"
    happened = kept(
        happening(
            [],
            engine=root,
            sub_engine=small,
            folder=tmp_path,
            limits=Limits(turns=5),
            question="Which store?",
        )
    )
    assert_all_ended(happened)
    assert ended(happened).answer == "store-1good"
    started = happened[0]
    assert isinstance(started, events.RunStarted)
    assert (started.model, started.sub_model) == ("large", "small")
    loaded = [event.model for event in happened if isinstance(event, events.LoadStarted)]
    assert loaded == ["small", "large", "small"]
    assert (root.restarts, small.restarts) == (0, 1)


def test_one_engine_alone_is_loaded_once(tmp_path: Path) -> None:
    happened = kept(happening([" count", COUNT, "final(len(hits))"], folder=tmp_path))
    assert sum(isinstance(event, events.LoadStarted) for event in happened) == 1
    started = happened[0]
    assert isinstance(started, events.RunStarted)
    assert started.sub_model == ""


def labelled(replies: Sequence[str], folder: Path, program: str) -> tuple[list[Event], str]:
    """The events of a run that classifies, and what the model was told of it."""
    engine = ScriptedEngine([" classify", program, *replies, "final(len(close_calls))"])
    question = "How many of the lines are good?"
    happened = kept(happening([], engine=engine, folder=folder, question=question))
    return happened, engine.heard[-1].messages[-1].text


def test_classify_takes_the_likeliest_label_and_tells_which_were_close(tmp_path: Path) -> None:
    program = "labels = classify(lines[:4], ['good', 'bad'], 'Is it good?')\nprint(labels)"
    happened, told = labelled(["good", "bad?", "good", "good"], tmp_path, program)
    assert_all_ended(happened)
    calls = [call for call in Run.of(happened)._calls.values() if call.kind is CallKind.CLASSIFY]
    assert [call.answer for call in calls] == ["good", "bad", "good", "good"]
    margins = [call.margin for call in calls]
    assert all(margin is not None and 0 <= margin <= 1 for margin in margins)
    assert min(range(4), key=lambda number: margins[number] or 0) == 1
    replies = [e for e in happened if isinstance(e, events.ReplyEnded) and e.path != "1"]
    assert [reply.text for reply in replies[1:]] == ["good", "bad", "good", "good"]
    (output,) = [e.output for e in happened if isinstance(e, events.CodeEnded)][:1]
    assert output == "['good', 'bad', 'good', 'good']\n"
    assert told.startswith("Output:\n['good', 'bad', 'good', 'good']\n")
    assert "(1 of 4 labels was a close call: the list close_calls holds the items)" in told
    assert ended(happened).answer == "1"


def test_nothing_is_said_of_close_calls_when_there_are_none(tmp_path: Path) -> None:
    program = "labels = classify(lines[:2], ['good', 'bad'])\nprint(labels)"
    happened, told = labelled(["good", "bad"], tmp_path, program)
    assert "close" not in told
    assert ended(happened).answer == "0"


def test_labels_that_a_program_forged_are_refused(tmp_path: Path) -> None:
    """The helper in the sandbox checks them, but a program may speak for itself."""
    program = "asking = classify.__self__\nprint(asking._each('classify', '', ['x y'], ['a', 'a']))"
    engine = ScriptedEngine([" classify", program, COUNT, "final(len(hits))"])
    happened = kept(happening([], engine=engine, folder=tmp_path))
    (error,) = [e.error for e in happened if isinstance(e, events.CodeEnded) and e.error]
    assert "is there twice: call classify(items" in error
    assert ended(happened).answer == str(ERRORS)


def test_an_error_of_the_engine_ends_all_that_goes_on(tmp_path: Path) -> None:
    engine = ScriptedEngine([" look-up", ASKED.format(3), "a", EngineError("no more")])
    happened = kept(happening([], engine=engine, folder=tmp_path, question="Which store?"))
    assert_all_ended(happened)
    calls = [e for e in happened if isinstance(e, events.CallEnded) and e.path.count(".") == 1]
    assert [(call.path, call.outcome) for call in calls[1:]] == [
        ("1.2", Outcome.ANSWERED),
        ("1.4", Outcome.FAILED),
        ("1.3", Outcome.FAILED),
    ]
    assert ended(happened).error == "no more"


def test_fields_are_filled_in_from_each_piece(tmp_path: Path) -> None:
    program = "found = extract(lines[:4], ['store', 'level'])\nprint(found)"
    replies = [
        '{"store": "store-1", "level": null}',
        '{"store": "store-2", "level": 4, "more": "no"}',
        '{"store": null, "level": null}',
        '{"store": "cut o',
    ]
    engine = ScriptedEngine([" look-up", program, *replies, "final(found[1]['level'])"])
    happened = kept(happening([], engine=engine, folder=tmp_path, question="Which store?"))
    assert_all_ended(happened)
    (output,) = [e.output for e in happened if isinstance(e, events.CodeEnded)][:1]
    assert output == (
        "[{'store': 'store-1', 'level': None}, {'store': 'store-2', 'level': '4'}, "
        "{'store': None, 'level': None}, {'store': None, 'level': None}]\n"
    )
    asked = [prompt for prompt in engine.heard if prompt.schema]
    assert len(asked) == 4
    assert json.loads(asked[0].schema or "")["required"] == ["store", "level"]
    assert "(1 of 4 pieces got no whole reply" in engine.heard[-1].messages[-1].text
    run = Run.of(happened)
    assert [run.call(f"1.{n}").outcome for n in (2, 4, 5)] == [
        Outcome.ANSWERED,
        Outcome.NOT_FOUND,
        Outcome.NOT_FOUND,
    ]
    assert run.call("1.2").kind is CallKind.FIELDS
    assert run.call("1.2").prompt == "Fields: store, level"


class PoisonedEngine(ScriptedEngine):
    """Dies over one prompt each time, after it has answered one other."""

    def generate(self, prompts: Sequence[Prompt], stop: threading.Event) -> Iterator[Wrote | Done]:
        bad = [
            index
            for index, prompt in enumerate(prompts)
            if "event 13 " in "".join(message.text for message in prompt.messages[1:])
            and not prompt.conversation
        ]
        for message in super().generate(prompts, stop):
            yield message
            if bad and isinstance(message, Done):
                also = [(message.index + 1) % len(prompts)]
                raise EngineDied("killed", tuple(sorted({*bad, *also})))


def test_a_call_that_ends_the_engine_each_time_ends_the_run(tmp_path: Path) -> None:
    engine = PoisonedEngine([" look-up", ASKED.format(40), *["yes"] * 40])
    happened = kept(happening([], engine=engine, folder=tmp_path, question="Which store?"))
    assert_all_ended(happened)
    assert engine.restarts == 2
    error = ended(happened).error or ""
    assert error.startswith("the engine ended 3 times over call 1.")
    assert "and 1 that went on beside it" in error


def test_whether_something_holds_for_long_pieces_is_asked_plainly(tmp_path: Path) -> None:
    program = (
        "pieces = chunks(9000)\n"
        "labels = classify(pieces, ['Yes', 'No'], 'Does store-3 report an error here?')\n"
        "final(labels.count('Yes'))"
    )
    engine = ScriptedEngine([" look-up", program, "Yes", "No", "Yes", "Yes", "No"])
    happened = kept(happening([], engine=engine, folder=tmp_path, question="In how many parts?"))
    assert ended(happened).answer == "3"
    last = engine.heard[-1].messages[-1].text
    assert last.endswith("Question: Does store-3 report an error here?\nReply Yes or No.")
