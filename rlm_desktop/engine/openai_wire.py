"""What servers of the OpenAI kind say, and the one place that checks it.

Nothing of it is believed before it was matched here: a server is not ours, even if it is the
user's. What does not match raises ValueError, or is left out where that is said.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from rlm_desktop.errors import EngineError, PromptTooLong, RlmError

_MOST_TOKENS = 1 << 30
#: How much of what a server says is shown to the user.
_SHOWN = 300
_TOO_LONG = re.compile(
    r"maximum context length is (?P<allowed>\d+) tokens.*?(?P<tokens>\d+) (?:tokens|input)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A model that a server has. `window` is 0 if it does not say."""

    name: str
    owner: str
    window: int


@dataclass(frozen=True, slots=True)
class Told:
    """Tokens, as the server counted them."""

    prompt_tokens: int
    reply_tokens: int
    cached_tokens: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a reply; `finish` in the last, and perhaps `told` there or after it."""

    text: str
    finish: str | None
    told: Told | None


def models_from(untrusted: Any) -> tuple[Listed, ...]:
    """The models of /v1/models. Raises ValueError."""
    match untrusted:
        case {"data": list(rows)}:
            return tuple(_listed(row) for row in rows)
    raise ValueError("no list of models")


def _listed(untrusted: Any) -> Listed:
    match untrusted:
        case {"id": str(name)} if name:
            owner, window = untrusted.get("owned_by"), untrusted.get("max_model_len")
            return Listed(name, owner if isinstance(owner, str) else "", tokens(window) or 0)
    raise ValueError("no model in a list of models")


def tokens(untrusted: Any) -> int | None:
    """A number of tokens, or None if this is none."""
    if isinstance(untrusted, int) and not isinstance(untrusted, bool):
        return untrusted if 0 <= untrusted <= _MOST_TOKENS else None
    return None


def chunk_from(line: bytes) -> Chunk | None:
    """A line of a stream of events; None for one that says nothing. Raises ValueError.

    What the line says of an error of the server is raised as EngineError.
    """
    if not line.startswith(b"data:"):
        return None  # a comment that keeps the line open, the name of an event, an empty line
    data = line.removeprefix(b"data:").strip()
    if not data or data == b"[DONE]":
        return None
    try:
        untrusted = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    match untrusted:
        case {"error": error} if error:
            raise EngineError(f"the server gave up: {error_text(untrusted)}")
        case {"choices": []}:
            return Chunk("", None, _told(untrusted))
        case {"choices": [dict(choice), *_]}:
            finish = choice.get("finish_reason")
            if finish is not None and not isinstance(finish, str):
                raise ValueError("no reason for the end of a reply")
            return Chunk(_text(choice), finish, _told(untrusted))
    raise ValueError("no piece of a reply")


def is_end(line: bytes) -> bool:
    """Whether this line of a stream is its last."""
    return line.startswith(b"data:") and line.removeprefix(b"data:").strip() == b"[DONE]"


def _text(choice: dict[str, Any]) -> str:
    match choice:
        case {"delta": {"content": str(text)}} | {"text": str(text)}:
            # Half a surrogate pair, which JSON can hold and UTF-8 cannot.
            return text.encode("utf-8", "replace").decode()
        case {"delta": {"content": None}} | {"text": None}:
            return ""
        case {"delta": dict(delta)} if "content" not in delta:
            return ""  # who speaks, or what it thought
    raise ValueError("no text in a piece of a reply")


def _told(untrusted: dict[str, Any]) -> Told | None:
    match untrusted.get("usage"):
        case {"prompt_tokens": prompt, "completion_tokens": reply, **rest}:
            read, written = tokens(prompt), tokens(reply)
            if read is None or written is None:
                raise ValueError("no number of tokens")
            cached = 0
            match rest.get("prompt_tokens_details"):
                case {"cached_tokens": number}:
                    cached = tokens(number) or 0
            return Told(read, written, min(cached, read))
    return None


def error_text(untrusted: Any) -> str:
    """What an answer that is an error says, short enough to be shown."""
    match untrusted:
        case {"error": {"message": str(text)}} | {"error": str(text)} | {"message": str(text)}:
            pass
        case {"detail": str(text)}:
            pass
        case {"detail": [{"msg": str(text)}, *_]}:
            pass
        case _:
            text = "it does not say why"
    text = "".join(letter if letter.isprintable() else " " for letter in text).strip()
    return text if len(text) <= _SHOWN else text[:_SHOWN] + " …"


def refusal(server: object, status: int, untrusted: Any, window: int) -> RlmError:
    """The error that an answer with a status above 299 stands for."""
    text = error_text(untrusted)
    match untrusted:
        case {"error": {"n_prompt_tokens": int(number), "n_ctx": int(allowed)}}:
            return PromptTooLong(number, allowed)
    if (found := _TOO_LONG.search(text)) is not None:
        return PromptTooLong(int(found["tokens"]), int(found["allowed"]))
    match status:
        case 401 | 403:
            return EngineError(
                f"the server at {server} wants a key, or another one ({status}): put it into the "
                "environment variable RLM_DESKTOP_SERVER_KEY and start again"
            )
        case 404 | 405:
            return EngineError(
                f"the server at {server} does not know what it was asked ({status}): {text}; "
                "look at the settings server_address and server_model"
            )
        case 413:
            return PromptTooLong(window + 1, window)
        case 429 | 503:
            return EngineError(
                f"the server at {server} is busy or still loading ({status}): {text}"
            )
    return EngineError(f"the server at {server} failed ({status}): {text}")
