"""Our exceptions.

* RlmError                  something outside our control went wrong; the text is for the user
  + UsageError              what was asked for makes no sense: an empty question, an unknown run
  + DocumentError           a document cannot be read or kept
  + ModelError              the file of a model: missing, broken, unknown, too large
    - ModelMissing          it is on the list, and was not fetched yet
    - DownloadError         it cannot be fetched: no network, no disk space, a wrong hash
  + EngineError             the language model cannot answer
    - PromptTooLong         this one prompt does not fit; the run can go on
    - EngineDied            its process is gone; it can be started again
  + SandboxError            the process that runs the model's programs
    - SandboxUnavailable    the jail does not hold on this machine: no code is run
    - SandboxDied           its process is gone; it can be opened again
    - ProtocolViolation     it said something that is not in the protocol, and was killed
  + StorageError            the database cannot be opened or written
* Stopped                   the user asked to stop (not an error)
* LimitReached              the run used up one of its limits (not an error)
  + LedNowhere              its programs came to nothing; another method may do better

Anything else that escapes is a bug and is shown with its traceback.
An error in a program that the model wrote is none of these: it is a value, CodeEnded.error.
"""

from typing import ClassVar


class RlmError(Exception):
    """Base of the errors we expect. The message is one or two sentences, fit for the user.

    `exit_code` is what the command line ends with: 1 for a failure, 2 for bad usage or input.
    """

    exit_code: ClassVar[int] = 1


class UsageError(RlmError):
    """What was asked for makes no sense."""

    exit_code = 2


class DocumentError(RlmError):
    """A document cannot be read or kept. The message names the file."""

    exit_code = 2


class ModelError(RlmError):
    """The file of a model cannot be used. The message names the file and the way out."""

    exit_code = 2


class ModelMissing(ModelError):
    """A model of the catalogue was not fetched yet."""


class DownloadError(ModelError):
    """A model cannot be fetched."""

    exit_code = 1


class EngineError(RlmError):
    """The engine cannot load, or cannot answer."""


class PromptTooLong(EngineError):
    """A prompt does not fit into the window of the model.

    `tokens` is what it has, `allowed` what it may have.
    """

    def __init__(self, tokens: int, allowed: int) -> None:
        super().__init__(f"the prompt has {tokens:,} tokens, and the model takes {allowed:,}")
        self.tokens = tokens
        self.allowed = allowed


class EngineDied(EngineError):
    """The process of the engine is gone.

    `in_work` are the indexes of the prompts that it was answering then, of those it was asked by
    whoever gets this.
    """

    def __init__(self, message: str, in_work: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.in_work = in_work


class SandboxError(RlmError):
    """The sandbox cannot start, or cannot go on."""


class SandboxUnavailable(SandboxError):
    """The jail does not hold on this machine, so no code is run."""


class SandboxDied(SandboxError):
    """The process of the sandbox is gone, and the variables of the programs with it."""


class ProtocolViolation(SandboxDied):
    """The sandbox sent something that is not in the protocol, and was killed."""


class StorageError(RlmError):
    """The database cannot be opened or written."""


class Stopped(Exception):
    """The user asked to stop."""


class LimitReached(Exception):
    """The run used up one of its limits. The text names it: turns, calls, tokens or seconds."""


class LedNowhere(LimitReached):
    """The programs of a conversation came to no answer in the turns that they had."""
