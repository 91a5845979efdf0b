"""The engine that asks a server, against one that behaves as a test wants."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from contracts.engine_contract import QUESTION, EngineContract, replies, reply
from openai_script import WINDOW, Script, serving

from rlm_desktop.engine.base import Done, Engine, Expected, Finish, Message, Prompt, Wrote
from rlm_desktop.engine.grammar import one_of
from rlm_desktop.engine.openai import OpenAIEngine, key_of_environment
from rlm_desktop.engine.openai_request import choices_of
from rlm_desktop.errors import EngineDied, EngineError, PromptTooLong, Stopped, UsageError

KINDS = ["llamacpp", "python", "vllm", "library", "other"]
ASK = Message("user", "Count.")


@contextlib.contextmanager
def opened(kind: str = "llamacpp", **wanted: object) -> Iterator[tuple[OpenAIEngine, Script]]:
    """An engine, loaded, and the script of its server."""
    with serving(kind) as (address, script):
        for name, value in wanted.items():
            setattr(script, name, value)
        engine = OpenAIEngine(address, "m", window=0 if kind in TELL else WINDOW, patience=20)
        try:
            list(engine.load(threading.Event()))
            yield engine, script
        finally:
            engine.close()


TELL = ("llamacpp", "vllm")


class TestContract(EngineContract):
    @pytest.fixture(params=KINDS)
    def engine(self, request: pytest.FixtureRequest) -> Iterator[Engine]:
        with opened(request.param) as (engine, _):
            yield engine


# -- what it finds out


@pytest.mark.parametrize("kind", TELL)
def test_asks_the_server_for_its_window(kind: str) -> None:
    with opened(kind) as (engine, _):
        assert engine.window == WINDOW
        assert engine.name == "m"


def test_takes_the_smaller_of_the_window_wanted_and_told() -> None:
    with serving("llamacpp") as (address, _):
        for wanted, window in ((500, 500), (99_999, WINDOW)):
            engine = OpenAIEngine(address, window=wanted)
            list(engine.load(threading.Event()))
            assert engine.window == window


def test_asks_ollama_for_the_window_that_the_model_was_loaded_with() -> None:
    with serving("library") as (address, script):
        engine = OpenAIEngine(address)
        list(engine.load(threading.Event()))
        assert engine.window == WINDOW
        assert script.paths.index("/api/generate") < script.paths.index("/api/ps")


def test_a_window_that_is_not_told_is_asked_of_the_user() -> None:
    with serving("python") as (address, _), pytest.raises(EngineError, match="server_window"):
        list(OpenAIEngine(address).load(threading.Event()))


def test_an_ending_of_v1_in_the_address_is_not_needed() -> None:
    with serving("llamacpp") as (address, _):
        list(OpenAIEngine(f"{address}/v1/").load(threading.Event()))


def test_the_only_model_need_not_be_named() -> None:
    with serving("llamacpp") as (address, script):
        engine = OpenAIEngine(address)
        assert engine.name == address.removeprefix("http://")
        list(engine.load(threading.Event()))
        assert engine.name == "m"
        script.models = ["a", "b"]
        with pytest.raises(EngineError, match=r"has 2 models: a, b\. .*server_model"):
            list(engine.restart(threading.Event()))
        with pytest.raises(EngineError, match=r"no model 'c'; it has: a, b\. .*server_model"):
            list(OpenAIEngine(address, "c").load(threading.Event()))


# -- what is sent


def test_the_beginning_of_a_reply_is_gone_on_with() -> None:
    with opened("vllm") as (engine, script):
        assert reply(engine, Prompt((ASK,), prefill="zero ")) == script.reply
        (body,) = script.heard
        assert body["messages"][-1] == {"role": "assistant", "content": "zero "}
        assert body["continue_final_message"]
        assert not body["add_generation_prompt"]


@pytest.mark.parametrize("grammar", [None, one_of(["red", "blue"])])
def test_a_beginning_that_is_repeated_is_cut_off(grammar: str | None) -> None:
    with opened(repeats=True) as (engine, script):
        script.grammars = False
        script.reply = "blue" if grammar else "one\n```python\ntwo"
        prompt = Prompt((ASK,), prefill="```python\n", stops=("\n```x",), grammar=grammar)
        assert reply(engine, prompt) == script.reply
        (body,) = script.heard
        assert body["messages"][-1] == {"role": "assistant", "content": "```python\n"}
        assert body["stop"] == ["\n```x"]


FENCED = "```python\nprint(1)\n```\nThat is all."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (FENCED, "print(1)"),
        ("Sure! Here it is:\n" + FENCED, "print(1)"),
        ("print(1)\n```\nmore", "print(1)"),
        ("I cannot.", "I cannot."),
    ],
)
def test_a_server_that_begins_again_is_read_from_there(written: str, expected: str) -> None:
    """The opening is not repeated, and the fence that opens a program does not end it."""
    with opened(goes_on=False, reply=written) as (engine, script):
        prompt = Prompt((ASK,), prefill="```python\n", stops=("\n```",))
        assert reply(engine, prompt) == expected
        (body,) = script.heard
        assert body["messages"][-1]["role"] == "user"
        assert "```python" in body["messages"][-1]["content"]
        assert "stop" not in body


def test_a_text_without_messages_is_gone_on_with() -> None:
    with opened() as (engine, script):
        assert reply(engine, Prompt(prefill="zero, ", stops=(" three",))) == "one two"
        assert script.paths[-1] == "/v1/completions"
        assert script.heard[-1]["prompt"] == "zero, "
    with opened("library") as (engine, _), pytest.raises(EngineError, match="Ollama"):
        reply(engine, Prompt(prefill="zero, "))


def test_an_empty_prompt_is_refused() -> None:
    with opened() as (engine, _), pytest.raises(EngineError, match="empty"):
        reply(engine, Prompt())


def test_more_stops_than_a_server_takes_are_heeded() -> None:
    stops = ("a1", "a2", "a3", "a4", " four")
    with opened() as (engine, script):
        texts, ends = replies(engine, Prompt((ASK,), stops=stops))
        assert texts == ["one two three"]
        assert ends[0].finish is Finish.STOP
        assert len(script.heard[0]["stop"]) == 4


LABELS = ["red", 'the "deep" blue', "grün"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_choice_is_kept_to_on_every_kind_of_server(kind: str) -> None:
    with opened(kind) as (engine, script):
        assert reply(engine, Prompt((ASK,), grammar=one_of(["red", "blue"]))) == "blue"
        body = script.heard[-1]
        assert ("grammar" in body) == (kind in ("llamacpp", "python"))


def test_a_choice_that_was_not_kept_to_is_noticed() -> None:
    for kind in ("other", "llamacpp"):
        with opened(kind, trouble="no schema") as (engine, script):
            script.grammars = False
            with pytest.raises(EngineError, match="does not keep to"):
                reply(engine, Prompt((ASK,), grammar=one_of(["red", "blue"])))


def test_another_grammar_is_refused_where_it_would_be_ignored() -> None:
    grammar = 'root ::= [a-z]+ " " [0-9]+'
    with opened("other") as (engine, _), pytest.raises(EngineError, match="grammars"):
        reply(engine, Prompt((ASK,), grammar=grammar))


def test_the_labels_of_a_choice_are_read_to_the_letter() -> None:
    labels = ["red", 'the "deep" blue', "back\\slash", "two\nlines\t\x07", "grün | gelb"]
    assert list(choices_of(one_of(labels))) == labels
    assert choices_of('root ::= "a" [b]') == ()


def test_a_schema_is_sent_and_a_reply_that_is_no_json_is_noticed() -> None:
    schema = json.dumps({"type": "object"})
    with opened("vllm", reply='{"a": 1}') as (engine, script):
        assert reply(engine, Prompt((ASK,), schema=schema)) == '{"a": 1}'
        assert script.heard[-1]["response_format"]["json_schema"]["schema"] == {"type": "object"}
        script.reply = "no"
        with pytest.raises(EngineError, match="JSON"):
            reply(engine, Prompt((ASK,), schema=schema))


def test_several_are_asked_at_once() -> None:
    with opened(wait_for=4) as (engine, script):
        texts, ends = replies(engine, *[QUESTION] * 9)
        assert texts == [script.reply] * 9
        assert [end.index for end in ends] == list(range(9))
        assert script.most_together == 4


def test_a_server_that_would_break_off_the_others_is_asked_one_by_one() -> None:
    with opened("python") as (engine, script):
        replies(engine, *[QUESTION] * 5)
        assert script.most_together == 1


def test_tokens_come_from_the_server_or_are_counted() -> None:
    with opened() as (engine, _):
        _, (end,) = replies(engine, QUESTION)
        assert (end.usage.prompt_tokens, end.usage.reply_tokens) == (20, 12)
    with opened("python") as (engine, _):
        _, (end,) = replies(engine, QUESTION)
        assert (end.usage.prompt_tokens, end.usage.reply_tokens) == (7, 12)


def test_the_time_is_estimated_from_the_replies_there_were() -> None:
    with opened() as (engine, _):
        assert engine.estimate([Expected(100, 10)]) is None
        replies(engine, QUESTION)
        one, four = (engine.estimate([Expected(100, 10)] * count) for count in (1, 4))
        eight = engine.estimate([Expected(100, 10)] * 8)
        assert one
        assert one == four
        assert eight == pytest.approx(2 * one)


def test_a_prompt_that_is_too_long_is_refused_before_it_is_sent() -> None:
    long = Prompt((Message("user", "word " * 3000),))
    with opened() as (engine, script):
        with pytest.raises(PromptTooLong) as told:
            replies(engine, QUESTION, long)
        assert (told.value.tokens, told.value.allowed) == (3000, WINDOW - 500)
        assert not script.heard


def test_no_more_tokens_are_asked_for_than_there_is_room() -> None:
    with opened() as (engine, script):
        reply(engine, Prompt((Message("user", "word " * 1500),), max_tokens=1024))
        assert 400 < script.heard[0]["max_tokens"] < 500


@pytest.mark.parametrize("trouble", ["too long", "too long, in words"])
def test_what_the_server_finds_too_long_is_told_as_such(trouble: str) -> None:
    with opened(trouble=trouble) as (engine, _):
        with pytest.raises(PromptTooLong) as told:
            reply(engine, QUESTION)
        assert (told.value.tokens, told.value.allowed) == (5000, WINDOW)


def test_labels_are_not_scored() -> None:
    with opened() as (engine, _):
        assert not engine.can_score
        with pytest.raises(EngineError, match="how likely"):
            list(engine.score([QUESTION], ["a", "b"], threading.Event()))
        with pytest.raises(ValueError, match="twice"):
            list(engine.score([QUESTION], ["a", "a"], threading.Event()))


# -- where to, and who may


def test_the_key_comes_from_the_environment_and_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RLM_DESKTOP_SERVER_KEY", "opensesame")
    with serving("llamacpp") as (address, script):
        script.key = "opensesame"
        list(OpenAIEngine(address, key=key_of_environment()).load(threading.Event()))
        assert set(script.keys) == {"Bearer opensesame"}
        with pytest.raises(EngineError, match="RLM_DESKTOP_SERVER_KEY") as told:
            list(OpenAIEngine(address, key="opensesamE").load(threading.Event()))
        assert "opensesam" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:8080", ""),
        ("http://127.9.9.9", ""),
        ("http://[::1]:8080", ""),
        ("https://localhost:8443/llm", ""),
        ("http://192.0.2.7:8080", "192.0.2.7:8080"),
        ("https://192.0.2.7", "192.0.2.7:443"),
        ("http://[2001:db8::1]:8080", "[2001:db8::1]:8080"),
        ("http://0.0.0.0:8080", "0.0.0.0:8080"),
        ("http://nowhere.invalid:8080", "nowhere.invalid:8080"),
    ],
)
def test_says_where_the_texts_go_unless_that_is_this_machine(address: str, told: str) -> None:
    assert OpenAIEngine(address).address == told


def test_a_name_that_stands_for_this_machine_and_another_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def looked_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        places = ["127.0.0.1", "192.0.2.7"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in places]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    assert OpenAIEngine("http://sly.example:80").address == "sly.example:80"


@pytest.mark.parametrize(
    "address", ["", "ftp://x", "x:80", "http://", "http://u:p@x", "http://x?k=1"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="server_address"):
        OpenAIEngine(address)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:3128")
    monkeypatch.setenv("ALL_PROXY", "http://192.0.2.1:3128")
    with opened() as (engine, script):
        assert reply(engine, QUESTION) == script.reply


# -- what goes wrong


def test_nobody_there_is_said() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(EngineDied, match="nobody listens there"):
            list(OpenAIEngine(address).load(threading.Event()))


def test_a_name_that_is_not_known_is_said() -> None:
    with pytest.raises(EngineDied, match="name is not known"):
        list(OpenAIEngine("http://nowhere.invalid").load(threading.Event()))


def test_tls_where_there_is_none_is_said() -> None:
    with serving("llamacpp") as (address, _), pytest.raises(EngineDied, match="http://"):
        list(OpenAIEngine(address.replace("http", "https")).load(threading.Event()))


def test_a_wrong_path_is_said() -> None:
    with serving("llamacpp") as (address, _), pytest.raises(EngineError, match="server_address"):
        list(OpenAIEngine(f"{address}/else").load(threading.Event()))


@pytest.mark.parametrize(
    ("trouble", "told"), [("redirect", "sends us on to"), ("models", "no server of the OpenAI")]
)
def test_a_server_that_is_none_is_said(trouble: str, told: str) -> None:
    with serving("llamacpp") as (address, script):
        script.trouble = trouble
        with pytest.raises(EngineError, match=told):
            list(OpenAIEngine(address).load(threading.Event()))


@pytest.mark.parametrize(
    ("trouble", "error", "told"),
    [
        ("500", EngineError, r"out of memory \[31m on device 0"),
        ("html", EngineError, "text/html"),
        ("broken off", EngineDied, "broke"),
        ("taken over", EngineDied, "broke off"),
        ("endless line", EngineError, "more than any"),
        ("no JSON", EngineError, "is no reply"),
        ("no choices", EngineError, "no piece of a reply"),
        ("odd text", EngineError, "no text"),
        ("nested", EngineError, "is no reply"),
        ("odd usage", EngineError, "no number of tokens"),
        ("error", EngineError, "the slot is gone"),
        ("filtered", EngineError, "content_filter"),
    ],
)
def test_a_server_that_misbehaves_is_an_error_and_may_be_asked_again(
    trouble: str, error: type[EngineError], told: str
) -> None:
    with opened() as (engine, script):
        script.trouble = trouble
        with pytest.raises(error, match=told) as raised:
            replies(engine, QUESTION, QUESTION)
        assert isinstance(raised.value, EngineDied) == (error is EngineDied)
        script.trouble = ""
        assert reply(engine, QUESTION) == script.reply


def test_a_server_that_writes_for_ever_is_cut_off() -> None:
    with opened(trouble="no limit") as (engine, _):
        texts, ends = replies(engine, Prompt((ASK,), max_tokens=6))
        assert texts[0].startswith("one two")
        assert ends[0].finish is Finish.LENGTH


def test_stops_at_once_while_the_server_says_nothing() -> None:
    with opened(trouble="hangs") as (engine, _):
        stop = threading.Event()
        messages = engine.generate([QUESTION, QUESTION], stop)
        assert isinstance(next(iter(messages)), Wrote)
        timer = threading.Timer(0.1, stop.set)
        timer.start()
        began = time.monotonic()
        with pytest.raises(Stopped):
            list(messages)
        assert time.monotonic() - began < 0.1 + 0.2
        timer.join()


@pytest.mark.parametrize("waiting", [0, 3], ids=["no answer", "no connection"])
def test_stops_at_once_while_nobody_takes_the_connection(waiting: int) -> None:
    """With others that wait to be let in, not even the connection is made."""
    with socket.socket() as deaf, contextlib.ExitStack() as others:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(waiting):
            other = others.enter_context(socket.socket())
            other.setblocking(False)
            other.connect_ex(deaf.getsockname())
        engine = OpenAIEngine(f"http://127.0.0.1:{deaf.getsockname()[1]}")
        stop = threading.Event()
        timer = threading.Timer(0.1, stop.set)
        timer.start()
        began = time.monotonic()
        with pytest.raises(Stopped):
            list(engine.load(stop))
        assert time.monotonic() - began < 0.1 + 0.2
        timer.join()


def test_can_be_closed_from_another_thread_in_the_middle_of_a_reply() -> None:
    with opened(trouble="hangs") as (engine, _):
        messages = engine.generate([QUESTION], threading.Event())
        assert not isinstance(next(iter(messages)), Done)
        closing = threading.Thread(target=engine.close)
        closing.start()
        with pytest.raises(EngineError, match="closed"):
            list(messages)
        closing.join()
        with pytest.raises(EngineError, match="closed"):
            engine.count("x")


def test_is_asked_from_several_threads() -> None:
    with opened("python") as (engine, script):
        came: list[str] = []
        asking = [
            threading.Thread(target=lambda: came.append(reply(engine, QUESTION))) for _ in range(4)
        ]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        assert came == [script.reply] * 4
        assert script.most_together == 1
