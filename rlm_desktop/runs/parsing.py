"""Finding the program in what the model wrote.

The reply is prefilled with an opening fence and ends at the closing one, so it normally *is* the
program. Models that insist on prose or on a fence of their own are understood as well.
"""

import ast
import re
from dataclasses import dataclass

_FENCE = re.compile(r"^[ \t]*```[ \t]*(\w*)[ \t]*$", re.MULTILINE)
_LANGUAGES = {"", "python", "py", "python3", "repl"}
_THOUGHT = re.compile(r"<think>.*?(</think>|\Z)", re.DOTALL)
#: What ends a turn in the usual chat templates, when a model writes it out as text.
_TURN_MARKS = re.compile(r"<\|(?:im_end|endoftext|eot_id|end)\|>")


@dataclass(frozen=True, slots=True)
class Program:
    """A program that compiles, or why it does not: then `error` says where."""

    code: str
    error: str | None = None

    @property
    def fingerprint(self) -> str:
        """Equal for programs that do the same, whatever their spacing and comments."""
        return self.code if self.error else ast.dump(ast.parse(self.code))


def program_in(reply: str) -> Program:
    """The program in a reply: the first fenced block that compiles, else all of it."""
    text = _TURN_MARKS.sub("", _THOUGHT.sub("", reply))
    candidates = [*_blocks(text), text]
    programs = [_compiled(candidate.strip("\n").rstrip()) for candidate in candidates]
    return next((program for program in programs if not program.error), programs[0])


def unfenced(reply: str) -> str:
    """A reply in words, without the fence that a model may put around it out of habit."""
    return _FENCE.sub("", reply).strip()


def _blocks(text: str) -> list[str]:
    """What stands between fences; a block that is not closed ends with the text."""
    marks = list(_FENCE.finditer(text))
    blocks = []
    if marks and not marks[0][1] and text[: marks[0].start()].strip():
        blocks.append(text[: marks[0].start()])  # the prefilled fence is closed by the first mark
        marks = marks[1:]
    for opening, closing in zip(marks[::2], [*marks[1::2], None], strict=False):
        if opening[1].lower() in _LANGUAGES:
            blocks.append(text[opening.end() : closing.start() if closing else len(text)])
    return blocks


def _compiled(code: str) -> Program:
    if not code.strip():
        return Program("", "there is no program in the reply")
    try:
        compile(code, "<program>", "exec", dont_inherit=True)
    except SyntaxError as error:
        line = (error.text or "").strip()
        return Program(code, f"SyntaxError: {error.msg} (line {error.lineno}: {line})")
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes, absurd nesting
        return Program(code, f"SyntaxError: {error}")
    return Program(code)
