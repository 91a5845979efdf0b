"""From a prompt to what is sent to a server of the OpenAI kind, and from what comes to the reply.

The fields are those of the OpenAI API, and where a server is known to take more, more. Where it
can do less than a prompt asks for, this holds:

* The beginning of a reply (`Prompt.prefill`) goes as a last message of the assistant to a server
  that goes on with it; where it is repeated in the reply (llama-server of 2026), it is cut off.
  To any other it goes as a sentence at the end of the last message, and what the server writes up
  to and with that beginning is cut off; if it wrote another beginning, nothing is.
* A grammar goes to a server that keeps to it. One that is a choice of labels goes to any other as
  a JSON schema. A reply that is none of the labels is an error, whatever the server. Any other
  grammar is refused.
* A JSON schema is believed to be kept to; a whole reply that is no JSON is an error.
* Without messages, the text is gone on with by /v1/completions. Ollama puts it into its template
  as a message there, so it is refused.
* A seed goes to every server; llama-cpp-python's draws other lots with the same one all the same.
* `min_p` and `repeat_penalty` go to those that have them, and are left out for others.

The texts of messages may look like control tokens, and these servers take them for such: unlike
in our own engine, a document may end its message. Programs are jailed whatever it says.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rlm_desktop.engine.base import Finish, Prompt
from rlm_desktop.engine.openai_server import Begun, Facts, Kind, going_on, under_grammar
from rlm_desktop.engine.reply import ReplyText
from rlm_desktop.errors import EngineError

#: More are refused by some servers; all of them are looked for here as well.
_MOST_STOPS = 4
_LITERAL = r'"(?:[^"\\]|\\.)*"'
_CHOICE = re.compile(rf"\s*root\s*::=\s*({_LITERAL}(?:\s*\|\s*{_LITERAL})*)\s*")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"'}
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.))")


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, where to, and how the reply is to be read."""

    path: str
    body: dict[str, Any]
    stops: tuple[str, ...]
    opening: str = ""
    choices: tuple[str, ...] = ()
    is_json: bool = False
    in_quotes: bool = False


def request_for(prompt: Prompt, facts: Facts, max_tokens: int) -> Request:
    """The request for a prompt. Raises EngineError if this server cannot do it."""
    choices = choices_of(prompt.grammar) if prompt.grammar is not None else ()
    in_quotes = bool(choices) and not facts.grammars
    body: dict[str, Any] = {
        "model": facts.model,
        "max_tokens": max_tokens + (4 if in_quotes else 0),
        "stream": True,
        "stream_options": {"include_usage": True},
        **_sampling(prompt, facts),
        **_form(prompt, facts, choices),
    }
    constrained = prompt.grammar is not None or prompt.schema is not None
    opening = ""
    if not prompt.messages:
        if not prompt.prefill:
            raise EngineError("the prompt is empty: there is nothing to go on with")
        if facts.kind is Kind.OLLAMA:
            raise EngineError(
                "Ollama does not go on with a plain text; use llama-server or vLLM for this"
            )
        body["prompt"] = prompt.prefill
    else:
        messages = [{"role": each.role, "content": each.text} for each in prompt.messages]
        if prompt.prefill and facts.begun is not Begun.IGNORED:
            messages.append({"role": "assistant", "content": prompt.prefill})
            body |= going_on(facts.kind)
            opening = prompt.prefill if facts.begun is Begun.REPEATS else ""
        elif prompt.prefill and constrained:
            messages[-1]["content"] += f"\n\nYour reply goes on after this:\n{prompt.prefill}"
        elif prompt.prefill:
            opening = prompt.prefill
            messages[-1]["content"] += f"\n\nBegin your reply with exactly this:\n{opening}"
        body["messages"] = messages
    begins_again = opening and facts.begun is Begun.IGNORED
    if prompt.stops and not begins_again and not in_quotes:
        # Otherwise a stop may stand before the reply, as the fence that opens a program.
        body["stop"] = list(prompt.stops[:_MOST_STOPS])
    path = "/v1/chat/completions" if prompt.messages else "/v1/completions"
    is_json = prompt.schema is not None
    return Request(path, body, prompt.stops, opening, choices, is_json, in_quotes)


def _sampling(prompt: Prompt, facts: Facts) -> dict[str, Any]:
    how = prompt.sampling
    fields: dict[str, Any] = {
        "temperature": how.temperature,
        "top_p": how.top_p,
        "seed": how.seed % (1 << 31),
    }
    match facts.kind:
        case Kind.LLAMA_SERVER | Kind.LLAMA_CPP_PYTHON:
            # Their own default is the 40 likeliest, which nobody asked for.
            fields |= {"min_p": how.min_p, "repeat_penalty": how.repeat_penalty, "top_k": 0}
        case Kind.VLLM:
            fields |= {"min_p": how.min_p, "repetition_penalty": how.repeat_penalty}
    if facts.kind in (Kind.LLAMA_SERVER, Kind.VLLM) and prompt.messages:
        fields["chat_template_kwargs"] = {"enable_thinking": False}
    return fields


def _form(prompt: Prompt, facts: Facts, choices: Sequence[str]) -> dict[str, Any]:
    if prompt.grammar is not None:
        if facts.grammars:
            return under_grammar(facts.kind, prompt.grammar)
        if not choices:
            raise EngineError(
                f"the server ({facts.kind}) does not keep to grammars; use llama-server for this"
            )
        return _under_schema({"type": "string", "enum": list(choices)}, facts)
    if prompt.schema is not None:
        try:
            schema = json.loads(prompt.schema)
        except ValueError as error:
            raise EngineError(f"the JSON schema is no JSON: {error}") from error
        return _under_schema(schema, facts)
    return {}


def _under_schema(schema: Any, facts: Facts) -> dict[str, Any]:
    if facts.kind is Kind.LLAMA_CPP_PYTHON:
        return {"response_format": {"type": "json_object", "schema": schema}}
    named = {"name": "reply", "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": named}}


def choices_of(grammar: str) -> tuple[str, ...]:
    """The texts that a grammar allows, if it is a choice of literals; else nothing."""
    found = _CHOICE.fullmatch(grammar)
    if found is None:
        return ()
    return tuple(_ESCAPED.sub(_unescaped, text[1:-1]) for text in re.findall(_LITERAL, found[1]))


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _ESCAPES.get(found[2], found[0])


class Reading:
    """Makes the reply out of the texts that come for a request, in pieces."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._text = ReplyText(request.stops)
        self._held: str | None = "" if request.opening or request.in_quotes else None
        self._whole = ""

    @property
    def stopped(self) -> bool:
        """Whether a stop was found: the reply is complete."""
        return self._text.stopped

    def feed(self, piece: str) -> str:
        """Take what came, and return what of the reply can be shown now."""
        if self._held is None:
            return self._shown(piece)
        self._held += piece
        opening = self._request.opening
        if not opening or (start := self._held.find(opening)) < 0:
            return ""
        begun, self._held = self._held[start + len(opening) :], None
        return self._shown(begun)

    def end(self, finish: Finish) -> str:
        """The rest of the reply. Raises EngineError if it is not what was asked for."""
        rest = ""
        if self._held is not None:
            rest = self._unquoted(self._held, finish) if self._request.in_quotes else self._held
            self._held = None
        rest = self._shown(rest)
        if not self._text.stopped:
            more = self._text.rest()
            self._whole += more
            rest += more
        self._check(finish)
        return rest

    def _shown(self, piece: str) -> str:
        if self._text.stopped:
            return ""
        text = self._text.feed(piece.encode("utf-8", "replace"))
        self._whole += text
        return text

    def _unquoted(self, text: str, finish: Finish) -> str:
        try:
            label = json.loads(text)
        except (ValueError, RecursionError):
            label = None
        if isinstance(label, str):
            return label
        if finish is Finish.LENGTH:
            return text.strip().strip('"')
        raise EngineError(f"the server does not keep to a JSON schema: it wrote {text[:80]!r}")

    def _check(self, finish: Finish) -> None:
        request, whole = self._request, self._whole
        if request.choices:
            cut = finish is Finish.LENGTH or self._text.stopped
            fits = any(
                choice.startswith(whole) if cut else choice == whole for choice in request.choices
            )
            if not fits:
                raise EngineError(
                    f"the server does not keep to what it may write: it wrote {whole[:80]!r} and "
                    f"not one of {', '.join(request.choices[:5])}"
                )
        if request.is_json and finish is Finish.STOP and not self._text.stopped:
            try:
                json.loads(whole)
            except (ValueError, RecursionError) as error:
                raise EngineError(
                    f"the server does not keep to a JSON schema: it wrote {whole[:80]!r}"
                ) from error
