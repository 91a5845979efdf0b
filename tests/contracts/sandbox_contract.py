"""What every sandbox does. A subclass gives the fixture `open_sandbox`.

It opens a sandbox over one text document; programs may run for 60 seconds unless said.
"""

import threading
import time
from collections.abc import Callable

import pytest

from rlm_desktop.errors import SandboxError, Stopped
from rlm_desktop.sandbox.base import (
    Asked,
    AskKind,
    Blocked,
    Finished,
    Piece,
    Printed,
    Read,
    Sandbox,
    SandboxMessage,
)

TEXT = "The code of the gate is 4711.\nThe code of the door is 1234.\nNothing else.\n"

OpenSandbox = Callable[..., Sandbox]


def said(
    sandbox: Sandbox, code: str, answers: Callable[[Asked], list[str]] | None = None
) -> list[SandboxMessage]:
    """Run a program to its end, and check the form of the conversation on the way."""
    messages: list[SandboxMessage] = []
    for message in sandbox.execute(code, threading.Event()):
        assert not any(isinstance(one, Finished) for one in messages), "nothing comes after it"
        messages.append(message)
        if isinstance(message, Asked):
            sandbox.reply(answers(message) if answers else ["yes"] * len(message.pieces))
    assert isinstance(messages[-1], Finished)
    return messages


def end_of(sandbox: Sandbox, code: str) -> Finished:
    end = said(sandbox, code)[-1]
    assert isinstance(end, Finished)
    return end


def printed_by(sandbox: Sandbox, code: str) -> str:
    """What a program printed; it must not fail."""
    messages = said(sandbox, code)
    assert isinstance(messages[-1], Finished)
    assert messages[-1].error is None, messages[-1].error
    return "".join(message.text for message in messages if isinstance(message, Printed))


class SandboxContract:
    @pytest.fixture
    def open_sandbox(self) -> OpenSandbox:
        raise NotImplementedError("a subclass opens the sandbox")

    @pytest.fixture
    def sandbox(self, open_sandbox: OpenSandbox) -> Sandbox:
        return open_sandbox(TEXT)

    def test_prints_and_finishes(self, sandbox: Sandbox) -> None:
        messages = said(sandbox, "print('one')\nprint('two')")
        assert "".join(m.text for m in messages if isinstance(m, Printed)) == "one\ntwo\n"
        assert messages[-1] == Finished()

    def test_shows_the_last_expression_as_a_notebook_does(self, sandbox: Sandbox) -> None:
        assert printed_by(sandbox, "[1, 'a']") == "[1, 'a']\n"
        assert printed_by(sandbox, "'a string as it is'") == "a string as it is\n"
        assert printed_by(sandbox, "None") == ""

    def test_context_is_the_text_to_the_letter(self, sandbox: Sandbox) -> None:
        assert printed_by(sandbox, "print(context, end='')") == TEXT
        assert printed_by(sandbox, "print(len(context), isinstance(context, str))") == (
            f"{len(TEXT)} True\n"
        )

    def test_keeps_variables_and_names_the_new_ones(self, sandbox: Sandbox) -> None:
        assert set(end_of(sandbox, "hits = [1, 2, 3]\ntotal = 14").names) == {
            "hits: list of 3",
            "total: 14",
        }
        assert end_of(sandbox, "hits.append(4)").names == ("hits: list of 4",)
        assert end_of(sandbox, "total").names == ()
        assert printed_by(sandbox, "print(hits, total)") == "[1, 2, 3, 4] 14\n"

    def test_keeps_the_variables_of_a_program_that_failed(self, sandbox: Sandbox) -> None:
        assert "ZeroDivisionError" in (end_of(sandbox, "kept = 5\n1 / 0").error or "")
        assert printed_by(sandbox, "kept") == "5\n"

    def test_points_at_the_line_of_an_error(self, sandbox: Sandbox) -> None:
        error = end_of(sandbox, "a = 1\n\ndef half(x):\n    return x / 0\nhalf(a)").error or ""
        assert "line 5: half(a)" in error
        assert "line 4, in half: return x / 0" in error
        assert len(error) < 300

    def test_a_syntax_error_is_an_error_of_the_program(self, sandbox: Sandbox) -> None:
        end = end_of(sandbox, "for x in range(3)\n    print(x)")
        assert "SyntaxError" in (end.error or "")
        assert "line 1" in (end.error or "")

    def test_final_gives_the_answer_and_ends_the_program(self, sandbox: Sandbox) -> None:
        end = end_of(sandbox, "try:\n    final('42')\nexcept Exception:\n    print('caught')")
        assert (end.answer, end.error) == ("42", None)
        assert end_of(sandbox, "print('after')").answer is None

    def test_an_answer_that_is_ready_is_final(self, sandbox: Sandbox) -> None:
        assert end_of(sandbox, "answer['content'] = 'so'").answer is None
        assert end_of(sandbox, "answer['ready'] = True").answer == "so"
        assert end_of(sandbox, "answer = {'content': 'anew', 'ready': True}").answer == "anew"

    def test_asks_and_waits_for_the_texts(self, sandbox: Sandbox) -> None:
        messages = said(
            sandbox,
            "print(ask_all('Which code?', ['first piece', 'second piece']))",
            lambda asked: [piece.text.upper() for piece in asked.pieces],
        )
        assert messages[0] == Asked(
            AskKind.ASK, "Which code?", (Piece("first piece"), Piece("second piece"))
        )
        assert messages[1] == Printed("['FIRST PIECE', 'SECOND PIECE']\n")

    def test_tells_the_program_which_labels_were_close_calls(self, sandbox: Sandbox) -> None:
        program = "print(classify(['one', 'two'], ['x', 'y']), close_calls)"
        messages = []
        for message in sandbox.execute(program, threading.Event()):
            messages.append(message)
            if isinstance(message, Asked):
                sandbox.reply(["x", "y"], [1])
        assert Printed("['x', 'y'] ['two']\n") in messages

    def test_a_refusal_is_an_exception_with_the_reason(self, sandbox: Sandbox) -> None:
        messages = []
        for message in sandbox.execute("ask('q', 'piece')", threading.Event()):
            messages.append(message)
            if isinstance(message, Asked):
                sandbox.refuse("the piece is too long")
        end = messages[-1]
        assert isinstance(end, Finished)
        assert "the piece is too long" in (end.error or "")

    def test_tells_what_was_read(self, sandbox: Sandbox) -> None:
        messages = said(sandbox, "hits = grep('gate')")
        reads = [message for message in messages if isinstance(message, Read)]
        assert Read("grep", ((0, len(TEXT)),)) in reads
        assert Read("grep", ((0, 29),), hits=True) in reads
        assert Read("hits", ((0, 29),), hits=True) in reads

    def test_a_forbidden_act_is_told_and_fails(self, sandbox: Sandbox) -> None:
        messages = said(sandbox, "open('/etc/passwd')")
        assert any(isinstance(one, Blocked) and "/etc/passwd" in one.act for one in messages)
        end = messages[-1]
        assert isinstance(end, Finished)
        assert "blocked: tried to open a file" in (end.error or "")
        assert printed_by(sandbox, "print('goes on')") == "goes on\n"

    def test_a_module_that_is_not_there_is_refused_with_what_to_use(self, sandbox: Sandbox) -> None:
        assert "`rows`" in (end_of(sandbox, "import pandas as pd").error or "")
        assert printed_by(sandbox, "import re, json\nfrom collections import Counter\n1") == "1\n"

    def test_a_program_that_runs_too_long_is_interrupted(self, open_sandbox: OpenSandbox) -> None:
        sandbox = open_sandbox(TEXT, program_seconds=0.3)
        end = end_of(sandbox, "kept = 5\nwhile True:\n    pass")
        assert "ran longer than 0.3 s" in (end.error or "")
        assert printed_by(sandbox, "kept") == "5\n"

    def test_the_time_it_waits_for_the_model_is_not_its_own(
        self, open_sandbox: OpenSandbox
    ) -> None:
        sandbox = open_sandbox(TEXT, program_seconds=0.3)
        for message in sandbox.execute("print(ask('q', 'piece'))", threading.Event()):
            if isinstance(message, Asked):
                until = time.monotonic() + 0.4
                while time.monotonic() < until:
                    threading.Event().wait(until - time.monotonic())
                sandbox.reply(["late"])
        assert isinstance(message, Finished)
        assert message.error is None
        assert message.seconds < 0.3

    def test_stop_ends_an_endless_program(self, sandbox: Sandbox) -> None:
        stop = threading.Event()
        messages = sandbox.execute("print('begun')\nwhile True: pass", stop)
        assert next(messages) == Printed("begun\n")
        stop.set()
        began = time.monotonic()
        with pytest.raises(Stopped):
            next(messages)
        assert time.monotonic() - began < 1

    def test_after_a_stop_the_variables_are_kept(self, sandbox: Sandbox) -> None:
        stop = threading.Event()
        messages = sandbox.execute("kept = 5\nprint('begun')\nwhile True: pass", stop)
        next(messages)
        stop.set()
        with pytest.raises(Stopped):
            next(messages)
        assert printed_by(sandbox, "kept") == "5\n"

    def test_a_conversation_that_nobody_follows_is_ended(self, sandbox: Sandbox) -> None:
        messages = sandbox.execute("ask('q', 'piece')", threading.Event())
        assert isinstance(next(messages), Asked)
        messages.close()  # type: ignore[attr-defined]
        assert printed_by(sandbox, "print('ready')") == "ready\n"

    def test_close_is_final_and_may_be_repeated(self, sandbox: Sandbox) -> None:
        sandbox.close()
        sandbox.close()
        with pytest.raises(SandboxError):
            end_of(sandbox, "1")

    def test_close_from_another_thread_ends_a_running_program(self, sandbox: Sandbox) -> None:
        messages = sandbox.execute("print('begun')\nwhile True: pass", threading.Event())
        assert next(messages) == Printed("begun\n")
        closer = threading.Thread(target=sandbox.close)
        closer.start()
        with pytest.raises(SandboxError):
            next(messages)
        closer.join()
