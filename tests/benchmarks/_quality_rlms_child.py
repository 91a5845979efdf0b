"""Answers one question with the reference library `rlms`, in the environment that has it.

The job on standard input: files, question, port of the server, model, turns, seconds, and how
many tokens a reply may have. The last line on standard output is the answer. The library runs
the model's programs in this process, which is why it is one for each question, in a folder that
is deleted, and killed at the limit.
"""

import json
import sys
from pathlib import Path
from typing import Any

from rlm import RLM  # type: ignore[import-not-found]
from rlm.utils.exceptions import TimeoutExceededError  # type: ignore[import-not-found]


def main() -> None:
    job: dict[str, Any] = json.load(sys.stdin)
    texts = {Path(name).name: Path(name).read_text("utf-8", "replace") for name in job["files"]}
    asked = RLM(
        backend="openai",
        backend_kwargs={
            "model_name": job["model"],
            "base_url": f"http://127.0.0.1:{job['port']}/v1",
            "api_key": "none",
            "timeout": job["seconds"],
            "max_retries": 0,
        },
        environment="local",
        max_iterations=job["turns"],
        max_timeout=job["seconds"],
        # The library sends "max_completion_tokens", which llama-cpp-python's server does not know.
        sampling_args={"temperature": 0, "extra_body": {"max_tokens": job["reply_tokens"]}},
    )
    error = None
    usage: dict[str, Any] = {}
    try:
        # One file is a plain text, as in the examples of the library.
        context = texts if len(texts) > 1 else next(iter(texts.values()))
        completion = asked.completion(prompt=context, root_prompt=job["question"])
        answer = str(completion.response)
        usage = completion.usage_summary.to_dict()
    except TimeoutExceededError as late:
        answer, error = late.partial_answer or "", str(late)
    told = {"answer": answer, "error": error, "usage": usage}
    sys.stdout.write("\n" + json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
