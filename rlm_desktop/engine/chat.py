"""From messages to the text that a model was trained on, by the template in its file.

The texts of messages may say anything, also "<|im_end|>" or "<|im_start|>system": a document
must not be able to end its own message. So the template is rendered with a placeholder for each
text, and the result comes in parts: what the template wrote, which may hold control tokens, and
the texts, which never do, whatever they say.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rlm_desktop.engine.base import Message
from rlm_desktop.errors import EngineError, ModelError

# Two characters that Unicode gives to nobody, so no template means anything else by them.
_PLACEHOLDER = "\ue000{}\ue001"
_PLACEHOLDERS = re.compile("\ue000([0-9]+)\ue001")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a prompt. Only `control` parts may hold control tokens."""

    text: str
    control: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """The parts of a prompt. Those after `parts[last]` open the turn of the assistant."""

    parts: tuple[Part, ...]
    last: int


class ChatTemplate:
    """The chat template of a model: Jinja, as in Hugging Face's transformers.

    Some models know no system message; for them its text goes before the first user message.
    Where a template lets the model think aloud before it answers, it is asked not to.
    Raises ModelError if the template cannot be used.
    """

    def __init__(self, source: str, bos: str, eos: str) -> None:
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # a prompt is not HTML
            extensions=[_Generation, jinja2.ext.loopcontrols],
        )
        environment.filters["tojson"] = _to_json
        environment.globals["raise_exception"] = _raise
        environment.globals["strftime_now"] = _now
        self._tokens = {"bos_token": bos, "eos_token": eos}
        try:
            self._template = environment.from_string(source)
            self._knows_system = True
            self._knows_system = self._shows_a_system_message()
            self.render([Message("user", "?")])
        except (jinja2.TemplateError, EngineError) as error:
            raise ModelError(f"its chat template cannot be used: {error}") from error

    def _shows_a_system_message(self) -> bool:
        try:
            self.render([Message("system", "?"), Message("user", "?")])
        except EngineError:
            return False
        return True

    def render(self, messages: Sequence[Message]) -> Rendered:
        """The parts of the prompt, up to where the assistant's turn begins.

        Raises EngineError if the template refuses these messages.
        """
        if not self._knows_system:
            messages = _without_system(messages)
        try:
            written = self._template.render(
                messages=[
                    {"role": message.role, "content": _PLACEHOLDER.format(number)}
                    for number, message in enumerate(messages)
                ],
                add_generation_prompt=True,
                enable_thinking=False,
                thinking=False,
                **self._tokens,
            )
        except (jinja2.TemplateError, TypeError, ValueError) as error:
            raise EngineError(f"the model's chat template refused the messages: {error}") from error
        pieces = _PLACEHOLDERS.split(written)  # template, number, template, number, …
        numbers = [int(number) for number in pieces[1::2]]
        if set(numbers) != set(range(len(messages))):
            raise EngineError("the model's chat template left out a message")
        parts = [Part(pieces[0], control=True)]
        for number, text in zip(numbers, pieces[2::2], strict=True):
            parts += [Part(messages[number].text, control=False), Part(text, control=True)]
        return Rendered(tuple(parts), last=len(parts) - 2)


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """The messages with the system's text before that of the first user message."""
    system = "\n\n".join(message.text for message in messages if message.role == "system")
    others = [message for message in messages if message.role != "system"]
    if not system:
        return others
    if others and others[0].role == "user":
        return [Message("user", f"{system}\n\n{others[0].text}"), *others[1:]]
    return [Message("user", system), *others]


class _Generation(jinja2.ext.Extension):
    """`{% generation %}`, with which templates mark what a model is trained to write."""

    tags = {"generation"}  # noqa: RUF012  as jinja2 declares it

    def parse(self, parser: jinja2.parser.Parser) -> list[jinja2.nodes.Node]:
        parser.stream.skip(1)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _to_json(value: Any, indent: int | None = None) -> str:
    """JSON without the escapes for HTML that jinja2's own filter makes."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _raise(message: str) -> NoReturn:
    raise jinja2.TemplateError(message)


def _now(form: str) -> str:
    return datetime.now().astimezone().strftime(form)
