"""From a prompt to its tokens, and what may stand in it."""

from collections.abc import Iterable, Sequence

from rlm_desktop.engine import chat_default, gbnf
from rlm_desktop.engine.base import Prompt, Sampling
from rlm_desktop.engine.chat import ChatTemplate
from rlm_desktop.engine.llama import LlamaModel, grammar_of
from rlm_desktop.errors import EngineError, PromptTooLong

#: A prompt must leave its reply what that may have, or at least one part in so many.
_LEAST_SHARE = 4


class PromptTokens:
    """Turns prompts into tokens for a model, by the chat template in its file.

    A file without one is given the default, of which its user was told when it was added.
    """

    def __init__(self, model: LlamaModel) -> None:
        self._model = model
        template = model.chat_template
        self._stops = () if template else (chat_default.STOP,)
        self._chat = ChatTemplate(template or chat_default.TEMPLATE, model.bos, model.eos)

    def stops(self, prompt: Prompt) -> tuple[str, ...]:
        """Where a reply ends. Without a template of its own a model may write the end as text."""
        return prompt.stops + (self._stops if prompt.messages else ())

    def of(self, prompt: Prompt) -> list[int]:
        """The tokens of a prompt, at least one. Raises EngineError if it is empty."""
        model = self._model
        tokens: list[int] = []
        if prompt.messages:
            for part in self._chat.render(prompt.messages).parts:
                tokens += model.tokens(part.text, control=part.control)
        tokens += model.tokens(prompt.prefill, control=False)
        if not tokens:
            raise EngineError("the prompt is empty: there is nothing to continue")
        opening = model.opening
        return tokens if tokens[: len(opening)] == opening else opening + tokens

    def of_label(self, label: str) -> list[int]:
        """The tokens of a label, at least one. Raises EngineError if it has none."""
        tokens = self._model.tokens(label, control=False)
        if not tokens:
            raise EngineError(f"the label {label!r} has no token in the model's vocabulary")
        return tokens

    def of_labels(self, labels: Iterable[str]) -> list[list[int]]:
        """The tokens of labels.

        A label that is how another one begins is scored with the end of the turn after it: else
        it would have the probability of both.
        """
        tokens = [self.of_label(label) for label in labels]
        end = self._model.end_of_turn
        return [
            [*label, end] if end is not None and _begins_another(label, tokens) else label
            for label in tokens
        ]

    def room(self, prompt: Prompt, tokens: Sequence[int]) -> int:
        """How many tokens the reply may have. Raises PromptTooLong."""
        window = self._model.window
        allowed = window - min(max(1, prompt.max_tokens), window // _LEAST_SHARE)
        if len(tokens) > allowed:
            raise PromptTooLong(len(tokens), allowed)
        return min(max(1, prompt.max_tokens), window - len(tokens))

    def grammars(self, prompts: Iterable[Prompt]) -> dict[Prompt, str | None]:
        """The grammar of each prompt, all of them tried. Raises EngineError for a bad one."""
        found: dict[Prompt, str | None] = {}
        from_schema: dict[str, str] = {}
        for prompt in prompts:
            grammar = prompt.grammar
            if prompt.schema is not None:
                if prompt.schema not in from_schema:
                    from_schema[prompt.schema] = grammar_of(prompt.schema)
                grammar = from_schema[prompt.schema]
            found[prompt] = grammar
        for grammar in set(found.values()) - {None}:
            assert grammar is not None
            gbnf.check(grammar)
            self._model.sampler(Sampling(), grammar).close()
        return found


def _begins_another(label: Sequence[int], labels: Iterable[Sequence[int]]) -> bool:
    return any(len(other) > len(label) and other[: len(label)] == label for other in labels)
