"""How prompts are answered, one after another, inside the engine process."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rlm_desktop.engine.base import Done, Finish, Prompt, Sampling, Usage, Wrote
from rlm_desktop.engine.chat import ChatTemplate
from rlm_desktop.engine.llama import SEQUENCES, LlamaModel, OutOfCells, Sampler
from rlm_desktop.engine.reply import ReplyText
from rlm_desktop.engine.slots import Slots
from rlm_desktop.errors import EngineError, PromptTooLong

#: A prompt must leave its reply what that may have, or at least one part in so many.
_LEAST_SHARE = 4


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A prompt in tokens. `head` of them a continuation of the conversation repeats."""

    tokens: list[int]
    head: int


class Answering:
    """Answers prompts with a model, and keeps what it read for the prompts to come."""

    def __init__(self, model: LlamaModel) -> None:
        self._model = model
        self._slots = Slots(SEQUENCES)
        template = model.chat_template
        self._chat = None if template is None else ChatTemplate(template, model.bos, model.eos)

    def answer(self, prompts: Sequence[Prompt]) -> Iterator[Wrote | Done]:
        """Answer all prompts.

        Raises PromptTooLong or EngineError before the first answer, and Stopped.
        """
        model = self._model
        read = []
        for prompt in prompts:
            tokens = self._tokens(prompt)
            allowed = model.window - min(prompt.max_tokens, model.window // _LEAST_SHARE)
            if len(tokens.tokens) > allowed:
                raise PromptTooLong(len(tokens.tokens), allowed)
            read.append(tokens)
        for grammar in {prompt.grammar for prompt in prompts}:
            with model.sampler(Sampling(), grammar):
                pass  # an invalid grammar is told before anything is generated
        for index, (prompt, tokens) in enumerate(zip(prompts, read, strict=True)):
            yield from self._answer(index, prompt, tokens)

    def count(self, text: str) -> int:
        """How many tokens a plain text has."""
        return len(self._model.tokens(text, control=False))

    def _tokens(self, prompt: Prompt) -> _Tokens:
        model = self._model
        tokens: list[int] = []
        head = 0
        if prompt.messages:
            if self._chat is None:
                raise EngineError(
                    "the model's file has no chat template, so it cannot hold a conversation; "
                    "choose a model that was made to follow instructions"
                )
            rendered = self._chat.render(prompt.messages)
            for number, part in enumerate(rendered.parts):
                tokens += model.tokens(part.text, control=part.control)
                if number == rendered.last:
                    head = len(tokens)
            # The token that ends the last message is the same in each continuation, and tells
            # it from a message that only begins alike.
            head = min(head + 1, len(tokens))
        tokens += model.tokens(prompt.prefill, control=False)
        opening = model.opening
        if tokens[: len(opening)] != opening:
            tokens = opening + tokens
            head += len(opening)
        if not tokens:
            raise EngineError("an empty prompt cannot be continued by this model")
        return _Tokens(tokens, head or len(tokens))

    def _answer(self, index: int, prompt: Prompt, tokens: _Tokens) -> Iterator[Wrote | Done]:
        began = time.monotonic()
        slot, cached = self._make_room(tokens)
        self._read(slot, tokens.tokens[cached:])
        reply = ReplyText(prompt.stops)
        most = min(prompt.max_tokens, self._model.window - len(tokens.tokens))
        finish = Finish.LENGTH
        written = 0
        with self._model.sampler(prompt.sampling, prompt.grammar) as sampler:
            for token in self._generate(slot, sampler, most):
                if self._model.ends(token):
                    finish = Finish.STOP
                    break
                written += 1
                if text := reply.feed(self._model.bytes_of(token)):
                    yield Wrote(index, text)
                if reply.stopped:
                    finish = Finish.STOP
                    break
        if text := reply.rest():
            yield Wrote(index, text)
        seconds = time.monotonic() - began
        yield Done(index, Usage(len(tokens.tokens), written, cached, seconds), finish)

    def _make_room(self, tokens: _Tokens) -> tuple[int, int]:
        """Find a place for a prompt: the slot, and how many tokens it has there already."""
        place = self._slots.place(tokens.tokens, tokens.head)
        if place.keep and place.source != place.slot:
            self._model.copy(place.source, place.slot)
        kept = self._model.cut(place.slot, place.keep)
        if kept != place.keep:
            self._slots.holds(place.slot, tokens.tokens[:kept])
        return place.slot, kept

    def _generate(self, slot: int, sampler: Sampler, most: int) -> Iterator[int]:
        """The tokens of the reply; each is read into the cache when the next is wanted."""
        for number in range(most):
            token = sampler.next()
            yield token
            if number + 1 < most:
                self._read(slot, [token])

    def _read(self, slot: int, tokens: Sequence[int]) -> None:
        """Compute tokens after what a slot holds."""
        step = self._model.step
        for start in range(0, len(tokens), step):
            piece = tokens[start : start + step]
            while True:
                try:
                    self._model.compute(slot, piece, self._slots.held(slot))
                    break
                except OutOfCells:
                    self._give_up_another(slot)
            self._slots.extend(slot, piece)

    def _give_up_another(self, slot: int) -> None:
        loser = self._slots.give_up(besides=slot)
        if loser is None:
            raise EngineError("the prompt and its reply do not fit into the model's window")
        self._model.cut(loser, 0)
