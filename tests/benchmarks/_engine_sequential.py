"""One prompt after another through `llama_cpp.Llama`, as somebody would write it.

A script for a process of its own: a job as JSON on stdin, a result as JSON on stdout.
`create_chat_completion` reads again only what differs from the prompt before.
"""

import json
import sys
from collections.abc import Sequence
from typing import Any

import llama_cpp
from _engine_work import WARM_UP, Call, Reply, do, work_from
from llama_cpp.llama_grammar import LlamaGrammar


class Sequential:
    """Answers with the class that llama-cpp-python has for it."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._llama = llama_cpp.Llama(
            job["model"],
            n_ctx=job["window"],
            n_threads=job["threads"],
            n_threads_batch=job["threads"],
            n_gpu_layers=job["gpu_layers"],
            verbose=False,
        )
        self._with_grammar: bool = job["grammar"]

    def _answer(self, call: Call, grammar: Any = None) -> Reply:
        messages: Any = [{"role": role, "content": text} for role, text in call.messages]
        answer: Any = self._llama.create_chat_completion(
            messages, temperature=0.0, max_tokens=call.max_tokens, grammar=grammar
        )
        text = answer["choices"][0]["message"]["content"]
        usage = answer["usage"]
        return Reply(text, usage["prompt_tokens"], usage["completion_tokens"])

    def chat(self, calls: Sequence[Call]) -> list[Reply]:
        return [self._answer(call) for call in calls]

    def label(self, calls: Sequence[Call], labels: Sequence[str]) -> list[str]:
        grammar = None
        if self._with_grammar:
            choices = " | ".join(f'"{label}"' for label in labels)
            grammar = LlamaGrammar.from_string(f"root ::= {choices}", verbose=False)
        return [self._answer(call, grammar).text for call in calls]


def main() -> None:
    job = json.load(sys.stdin)
    contender = Sequential(job)
    contender.chat([WARM_UP])
    print(do(work_from(job["work"]), contender).to_json())


if __name__ == "__main__":
    main()
