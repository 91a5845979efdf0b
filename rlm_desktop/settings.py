"""What the user can set."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

from rlm_desktop.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, with their defaults.

    `model` names a model of the library or is a path. `threads` 0 means one for each physical
    core, leaving one free on machines with more than four. `window` is the most tokens of
    context to make room for; 0 means what the model has, up to 16,384. `gpu_layers` is how many
    layers go to a GPU: -1 means as many as fit.
    """

    model: str = "starter"
    max_minutes: float = 30.0
    threads: int = 0
    window: int = 0
    gpu_layers: int = -1
    sandbox_megabytes: int = 2048
    program_seconds: float = 60.0
    theme: str = "system"

    def __post_init__(self) -> None:
        for field in fields(self):
            value, kind = getattr(self, field.name), type(field.default)
            fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
            if not fits and not (kind is float and isinstance(value, int)):
                raise UsageError(
                    f"the setting {field.name!r} is {value!r}, and should be like {field.default!r}"
                )
        if self.theme not in ("system", "light", "dark"):
            raise UsageError(f"the setting 'theme' is {self.theme!r}: use system, light or dark")

    @classmethod
    def read(cls, path: Path) -> Self:
        """The settings kept in a file; the defaults if there is none.

        Raises UsageError if the file is damaged; the message names it and the setting.
        """
        try:
            untrusted: Any = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            raise UsageError(
                f"the settings in {path} cannot be read ({error}): mend or delete the file"
            ) from error
        known = {field.name for field in fields(cls)}
        if not isinstance(untrusted, dict) or not set(untrusted) <= known:
            strange = sorted(set(untrusted) - known) if isinstance(untrusted, dict) else untrusted
            raise UsageError(f"{path} holds settings this version does not know: {strange}")
        return replace(cls(), **untrusted)

    def write(self, path: Path) -> None:
        """Keep the settings; all or nothing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        fresh.replace(path)
