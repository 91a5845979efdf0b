"""What we and the engine process say to each other, and the one place that checks it.

Each request has a number, rising. Its answer is any number of frames with that number, of which
the last is `Loaded`, `Counted`, `Described`, `Ended` or `Failed`. The answers of several requests
come interleaved. `Cancel` has no answer of its own: the request that it names ends, sooner.
"""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rlm_desktop.engine.base import (
    Done,
    Finish,
    LabelScore,
    Message,
    Prompt,
    Sampling,
    Scored,
    Usage,
    Wrote,
)


@dataclass(frozen=True, slots=True)
class Load:
    """Load a model. 0 threads: as many as are good; a window of 0: as large as is good.

    `gpu_bytes` is what 0, 1, 2, ... layers take on a graphics card; empty if that is not known.
    """

    request: int
    path: str
    threads: int
    window: int
    gpu_layers: int
    gpu_bytes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Generate:
    request: int
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Score:
    request: int
    prompts: tuple[Prompt, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    request: int
    text: str


@dataclass(frozen=True, slots=True)
class Describe:
    request: int


@dataclass(frozen=True, slots=True)
class Cancel:
    request: int


Request = Load | Generate | Score | Count | Describe | Cancel


@dataclass(frozen=True, slots=True)
class Device:
    """A device that the engine can compute on. Memory is in bytes; 0 if it does not say."""

    name: str
    description: str
    is_gpu: bool
    memory_total: int
    memory_free: int


@dataclass(frozen=True, slots=True)
class Loading:
    """The fraction of the model that is loaded, from 0 to 1."""

    request: int
    fraction: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """The window in tokens, and how the model is served: see `Scheduler`.

    `gpu_layers` are on a graphics card (-1: all), and `notice` tells the user if that is fewer
    than were wanted.
    """

    request: int
    window: int
    step: int
    sequences: int
    gpu_layers: int = 0
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Began:
    """The prompt with this index is in work now."""

    request: int
    index: int


@dataclass(frozen=True, slots=True)
class Piece:
    request: int
    message: Wrote | Done | Scored


@dataclass(frozen=True, slots=True)
class Paced:
    """What steps cost since the last time this was told: their rows, and seconds."""

    request: int
    steps: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    request: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Described:
    request: int
    devices: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    request: int


class Failure(StrEnum):
    """Which error a `Failed` stands for."""

    MODEL = "model"
    ENGINE = "engine"
    TOO_LONG = "too_long"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Failed:
    """The request failed. `tokens` and `allowed` are set for a prompt that is too long."""

    request: int
    failure: Failure
    message: str = ""
    tokens: int = 0
    allowed: int = 0


Answer = Loading | Loaded | Began | Piece | Paced | Counted | Described | Ended | Failed


def to_wire(frame: Request | Answer) -> dict[str, Any]:
    """A frame as a message of `ipc.wire`."""
    fields = dataclasses.asdict(frame)
    if isinstance(frame, Piece):
        fields["message"]["kind"] = type(frame.message).__name__
    return {"frame": type(frame).__name__, **fields}


def request_from(untrusted: dict[str, Any]) -> Request:
    """Read what the engine process is asked. Raises ValueError."""
    match untrusted:
        case {
            "frame": "Load",
            "request": int(number),
            "path": str(path),
            "threads": int(threads),
            "window": int(window),
            "gpu_layers": int(gpu_layers),
            "gpu_bytes": list(needs),
        } if all(isinstance(need, int) for need in needs):
            return Load(number, path, threads, window, gpu_layers, tuple(needs))
        case {"frame": "Generate", "request": int(number), "prompts": list(prompts)}:
            return Generate(number, tuple(_prompt(prompt) for prompt in prompts))
        case {
            "frame": "Score",
            "request": int(number),
            "prompts": list(prompts),
            "labels": list(labels),
        } if all(isinstance(label, str) for label in labels):
            return Score(number, tuple(_prompt(prompt) for prompt in prompts), tuple(labels))
        case {"frame": "Count", "request": int(number), "text": str(text)}:
            return Count(number, text)
        case {"frame": "Describe", "request": int(number)}:
            return Describe(number)
        case {"frame": "Cancel", "request": int(number)}:
            return Cancel(number)
    raise ValueError(f"no request of the engine: {_shown(untrusted)}")


def answer_from(untrusted: dict[str, Any]) -> Answer:
    """Read what the engine process says. Raises ValueError."""
    match untrusted:
        case {"frame": "Piece", "request": int(number), "message": dict(message)}:
            return Piece(number, _message(message))
        case {"frame": "Ended", "request": int(number)}:
            return Ended(number)
        case {
            "frame": "Loading",
            "request": int(number),
            "fraction": int() | float() as fraction,
        } if 0 <= fraction <= 1:
            return Loading(number, float(fraction))
        case {
            "frame": "Loaded",
            "request": int(number),
            "window": int(window),
            "step": int(step),
            "sequences": int(sequences),
            "gpu_layers": int(gpu_layers),
            "notice": str(notice),
        } if window > 0 and step > 0 and sequences > 0:
            return Loaded(number, window, step, sequences, gpu_layers, notice)
        case {"frame": "Began", "request": int(number), "index": int(index)}:
            return Began(number, index)
        case {"frame": "Paced", "request": int(number), "steps": list(steps)}:
            return Paced(number, tuple(_paced(step) for step in steps))
        case {"frame": "Counted", "request": int(number), "tokens": int(tokens)} if tokens >= 0:
            return Counted(number, tokens)
        case {"frame": "Described", "request": int(number), "devices": list(devices)}:
            return Described(number, tuple(_device(device) for device in devices))
        case {
            "frame": "Failed",
            "request": int(number),
            "failure": str(failure),
            "message": str(text),
            "tokens": int(tokens),
            "allowed": int(allowed),
        }:
            return Failed(number, Failure(failure), text, tokens, allowed)
    raise ValueError(f"no answer of the engine: {_shown(untrusted)}")


def _paced(untrusted: Any) -> tuple[int, float]:
    match untrusted:
        case [int(rows), int() | float() as seconds] if rows > 0 and seconds >= 0:
            return rows, float(seconds)
    raise ValueError(f"no step: {_shown(untrusted)}")


def _message(untrusted: dict[str, Any]) -> Wrote | Done | Scored:
    match untrusted:
        case {"kind": "Wrote", "index": int(index), "text": str(text)}:
            return Wrote(index, text)
        case {
            "kind": "Done",
            "index": int(index),
            "usage": dict(usage),
            "finish": str(finish),
        }:
            return Done(index, _usage(usage), Finish(finish))
        case {"kind": "Scored", "index": int(index), "scores": [_, *_] as scores, "usage": usage}:
            return Scored(index, tuple(_score(score) for score in scores), _usage(usage))
    raise ValueError(f"no message of a reply: {_shown(untrusted)}")


def _usage(untrusted: Any) -> Usage:
    match untrusted:
        case {
            "prompt_tokens": int(prompt_tokens),
            "reply_tokens": int(reply_tokens),
            "cached_tokens": int(cached_tokens),
            "seconds": int() | float() as seconds,
        }:
            return Usage(prompt_tokens, reply_tokens, cached_tokens, float(seconds))
    raise ValueError(f"no usage: {_shown(untrusted)}")


def _score(untrusted: Any) -> LabelScore:
    match untrusted:
        case {
            "label": str(label),
            "logprob": int() | float() as logprob,
            "tokens": int(tokens),
        } if tokens > 0:
            return LabelScore(label, float(logprob), tokens)
    raise ValueError(f"no score: {_shown(untrusted)}")


def _device(untrusted: Any) -> Device:
    match untrusted:
        case {
            "name": str(name),
            "description": str(description),
            "is_gpu": bool(is_gpu),
            "memory_total": int(total),
            "memory_free": int(free),
        }:
            return Device(name, description, is_gpu, total, free)
    raise ValueError(f"no device: {_shown(untrusted)}")


def _prompt(untrusted: Any) -> Prompt:
    match untrusted:
        case {
            "messages": list(messages),
            "prefill": str(prefill),
            "stops": list(stops),
            "grammar": None | str() as grammar,
            "max_tokens": int(max_tokens),
            "sampling": {
                "temperature": int() | float() as temperature,
                "top_p": int() | float() as top_p,
                "seed": int(seed),
                "min_p": int() | float() as min_p,
                "repeat_penalty": int() | float() as repeat_penalty,
            },
            "schema": None | str() as schema,
            "conversation": str(conversation),
        } if all(isinstance(stop, str) for stop in stops):
            sampling = Sampling(
                float(temperature), float(top_p), seed, float(min_p), float(repeat_penalty)
            )
            return Prompt(
                tuple(_conversation_message(message) for message in messages),
                prefill,
                tuple(stops),
                grammar,
                max_tokens,
                sampling,
                schema,
                conversation,
            )
    raise ValueError(f"no prompt: {_shown(untrusted)}")


def _conversation_message(untrusted: Any) -> Message:
    match untrusted:
        case {"role": "system" | "user" | "assistant" as role, "text": str(text)}:
            return Message(role, text)
    raise ValueError(f"no message of a conversation: {_shown(untrusted)}")


def _shown(untrusted: object) -> str:
    return repr(untrusted)[:200]
