"""What a server of the OpenAI kind is and can do, found out by asking it.

They agree on /v1/models and /v1/chat/completions, and on little else: how many tokens fit, how
to count them, whether the beginning of a reply is gone on with, and whether a grammar is kept
to. A server that ignores a field says nothing of it. So what matters is tried, once, with words
of ours, and what cannot be found out is asked of the user.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rlm_desktop.engine import openai_wire
from rlm_desktop.engine.http_link import Exchange, Server
from rlm_desktop.engine.openai_wire import Listed
from rlm_desktop.errors import EngineError

#: What a server may take for an answer that needs no model; it may be waking up.
_ASK_SECONDS = 60.0
#: And for one that does: Ollama loads the model first.
_TRY_SECONDS = 300.0
_OK = 200
#: With bytes as tokens no text has more; real tokens hold three to four bytes of English, two of
#: program or of other scripts. The estimate for servers that do not count.
_BYTES_PER_TOKEN = 2.5


class Kind(StrEnum):
    """Which program a server is, by what only it answers."""

    LLAMA_SERVER = "llama-server"
    LLAMA_CPP_PYTHON = "llama-cpp-python"
    VLLM = "vLLM"
    OLLAMA = "Ollama"
    OTHER = "a server of the OpenAI kind"


class Begun(StrEnum):
    """What a server does with a last message that the assistant began."""

    GOES_ON = "goes on with it"
    REPEATS = "repeats it and goes on"
    IGNORED = "begins again"


@dataclass(frozen=True, slots=True)
class Facts:
    """A model on a server. `grammars` says whether it keeps to a grammar in GBNF."""

    kind: Kind
    model: str
    window: int
    begun: Begun = Begun.IGNORED
    grammars: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts the tokens of a text."""
        return self.kind in (Kind.LLAMA_SERVER, Kind.LLAMA_CPP_PYTHON, Kind.VLLM)

    @property
    def at_once(self) -> int | None:
        """How many requests it can take at a time, if that is known of its kind.

        llama-cpp-python cuts a reply off when another request comes.
        """
        return 1 if self.kind is Kind.LLAMA_CPP_PYTHON else None


class Asked:
    """The questions that are asked of a server besides those for replies.

    `open_exchanges` holds what goes on, so that it can be closed.
    """

    def __init__(self, server: Server, open_exchanges: "OpenExchanges") -> None:
        self._server = server
        self._open = open_exchanges

    def facts(self, model: str, window: int) -> Iterator[Facts]:
        """The facts, as they get known: the last is complete.

        `model` may be empty where there is one only; a `window` of 0 is asked for. Raises
        EngineError, and EngineDied if the server cannot be reached.
        """
        listed = self._listed(model)
        kind = self._kind(listed)
        told = self._window(kind, listed)
        if not (window or told):
            raise EngineError(
                f"the server at {self._server} does not tell how many tokens it takes at once: "
                "write the number it was started with into the setting server_window"
            )
        facts = Facts(kind, listed.name, min(window, told) if window and told else window or told)
        yield facts
        facts = replace(facts, begun=self._begun(facts))
        yield facts
        if kind is not Kind.OLLAMA:
            facts = replace(facts, grammars=self._keeps_grammars(facts))
        yield facts

    def count(self, facts: Facts, text: str) -> int:
        """How many tokens a plain text has; an estimate where the server does not count."""
        match facts.kind:
            case Kind.LLAMA_SERVER:
                body = {"content": text, "add_special": False, "parse_special": False}
                status, untrusted = self._ask("/tokenize", body)
                if status == _OK and isinstance(untrusted, dict):
                    found = untrusted.get("tokens")
                    if isinstance(found, list):
                        return len(found)
            case Kind.LLAMA_CPP_PYTHON:
                # It counts a token that begins every text for some models, and no more.
                status, untrusted = self._ask("/extras/tokenize/count", {"input": text})
                return self._counted(status, untrusted)
            case Kind.VLLM:
                body = {"model": facts.model, "prompt": text, "add_special_tokens": False}
                status, untrusted = self._ask("/tokenize", body)
                return self._counted(status, untrusted)
            case _:
                return round(len(text.encode("utf-8", "replace")) / _BYTES_PER_TOKEN + 0.5)
        raise openai_wire.refusal(self._server, status, untrusted, facts.window)

    def _counted(self, status: int, untrusted: Any) -> int:
        number = openai_wire.tokens(untrusted.get("count")) if isinstance(untrusted, dict) else None
        if status != _OK or number is None:
            raise openai_wire.refusal(self._server, status, untrusted, 0)
        return number

    def _ask(
        self, path: str, body: dict[str, Any] | None = None, seconds: float = _ASK_SECONDS
    ) -> tuple[int, Any]:
        with self._open.new(self._server, seconds) as exchange:
            exchange.ask(path, body)
            return exchange.status, exchange.json()

    def _listed(self, model: str) -> Listed:
        """The model of that name; the only one, if no name is given."""
        status, untrusted = self._ask("/v1/models")
        if status != _OK:
            raise openai_wire.refusal(self._server, status, untrusted, 0)
        try:
            models = openai_wire.models_from(untrusted)
        except ValueError as error:
            raise EngineError(
                f"{self._server} answers, but is no server of the OpenAI kind ({error}); look at "
                "the setting server_address"
            ) from error
        found = [each for each in models if each.name == model] if model else list(models)
        if len(found) == 1:
            return found[0]
        names = ", ".join(each.name for each in models[:10]) or "none"
        if model:
            raise EngineError(
                f"the server at {self._server} has no model {model!r}; it has: {names}. Write one "
                "of them into the setting server_model"
            )
        raise EngineError(
            f"the server at {self._server} has {len(models)} models: {names}. Write the name of "
            "one into the setting server_model"
        )

    def _kind(self, listed: Listed) -> Kind:
        if listed.owner == "llamacpp":
            return Kind.LLAMA_SERVER
        if listed.owner == "vllm":
            return Kind.VLLM
        status, untrusted = self._ask("/extras/tokenize/count", {"input": "a word"})
        if status == _OK and isinstance(untrusted, dict) and "count" in untrusted:
            return Kind.LLAMA_CPP_PYTHON
        status, untrusted = self._ask("/api/version")
        if status == _OK and isinstance(untrusted, dict) and "version" in untrusted:
            return Kind.OLLAMA
        return Kind.OTHER

    def _window(self, kind: Kind, listed: Listed) -> int:
        """How many tokens a request may have, as the server runs now; 0 if it does not tell.

        What the model was trained for does not count: a server may be started with less, and
        some cut off what is too long, without a word.
        """
        match kind:
            case Kind.LLAMA_SERVER:
                _, untrusted = self._ask("/props")
                match untrusted:
                    case {"default_generation_settings": {"n_ctx": number}}:
                        return openai_wire.tokens(number) or 0
            case Kind.OLLAMA:
                # Without a prompt it only loads the model; then it tells with which window.
                self._ask("/api/generate", {"model": listed.name}, _TRY_SECONDS)
                _, untrusted = self._ask("/api/ps")
                match untrusted:
                    case {"models": list(rows)}:
                        for row in rows:
                            match row:
                                case {"name": listed.name, "context_length": number}:
                                    return openai_wire.tokens(number) or 0
        return listed.window

    def _begun(self, facts: Facts) -> Begun:
        """What it does with the beginning of a reply, by one that has more tokens than asked for:
        who comes to its end did not begin again."""
        beginning = "A B C D E F G"
        body = {
            "messages": [
                {"role": "user", "content": "Write the capital letters from A to Z, with spaces."},
                {"role": "assistant", "content": beginning},
            ],
            **going_on(facts.kind),
        }
        reply = self._tried(facts, body, 4)
        if reply.startswith(f"{beginning} H"):
            return Begun.REPEATS
        return Begun.GOES_ON if reply.lstrip().startswith("H") else Begun.IGNORED

    def _keeps_grammars(self, facts: Facts) -> bool:
        body = {
            "messages": [{"role": "user", "content": "Say hello."}],
            **under_grammar(facts.kind, 'root ::= "zebra-7"'),
        }
        return self._tried(facts, body, 12) == "zebra-7"

    def _tried(self, facts: Facts, body: dict[str, Any], max_tokens: int) -> str:
        """What the model replies to words of ours; nothing if the server refuses."""
        settings = {"model": facts.model, "max_tokens": max_tokens, "temperature": 0.0}
        settings["stream"] = False
        status, untrusted = self._ask("/v1/chat/completions", {**body, **settings}, _TRY_SECONDS)
        if status in (401, 403, 429, 503):
            raise openai_wire.refusal(self._server, status, untrusted, facts.window)
        match untrusted:
            case {"choices": [{"message": {"content": str(text)}}, *_]}:
                return text
        return ""


class OpenExchanges:
    """The exchanges that go on, so that another thread can end them all."""

    def __init__(self) -> None:
        self._open: set[Exchange] = set()
        self._changing = threading.Lock()
        self._closed = False

    def new(self, server: Server, seconds: float) -> "Kept":
        """An exchange, for a `with`. It is closed at once if all were closed before."""
        return Kept(self, Exchange(server, seconds))

    def close(self) -> None:
        """End all that go on, and all that will be begun."""
        with self._changing:
            self._closed = True
            for exchange in self._open:
                exchange.close()

    def add(self, exchange: Exchange) -> None:
        with self._changing:
            self._open.add(exchange)
            if self._closed:
                exchange.close()

    def remove(self, exchange: Exchange) -> None:
        with self._changing:
            self._open.discard(exchange)


class Kept:
    """An exchange, held among the open ones as long as its `with` lasts."""

    def __init__(self, among: OpenExchanges, exchange: Exchange) -> None:
        self._among = among
        self._exchange = exchange

    def __enter__(self) -> Exchange:
        self._among.add(self._exchange)
        return self._exchange

    def __exit__(self, *_: object) -> None:
        self._among.remove(self._exchange)
        self._exchange.__exit__()


def going_on(kind: Kind) -> dict[str, Any]:
    """The fields that ask for a reply that goes on with a last message of the assistant."""
    if kind is Kind.VLLM:
        return {"continue_final_message": True, "add_generation_prompt": False}
    return {}


def under_grammar(kind: Kind, grammar: str) -> dict[str, Any]:
    """The fields that ask for a reply under a grammar in GBNF."""
    if kind is Kind.VLLM:
        return {"structured_outputs": {"grammar": grammar}}
    return {"grammar": grammar}
