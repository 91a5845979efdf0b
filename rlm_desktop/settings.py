"""What the user can set."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit

from rlm_desktop.errors import UsageError

#: The least and the most that a number may be.
RANGES: dict[str, tuple[float, float]] = {
    "max_minutes": (0.1, 10_080),
    "threads": (0, 1024),
    "window": (0, 16_777_216),
    "gpu_layers": (-1, 9999),
    "sandbox_megabytes": (128, 1_048_576),
    "program_seconds": (0.1, 86_400),
    "server_window": (0, 16_777_216),
    "keep_days": (0, 36_500),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, with their defaults.

    `model` names a model of the library or is a path. `threads` 0 means one for each physical
    core, leaving one free on machines with more than four. `window` is the most tokens of
    context to make room for; 0 means what the model has, up to 16,384. `gpu_layers` is how many
    layers go to a GPU: -1 means as many as fit. `sub_model` names a second, smaller model that
    answers what programs ask about pieces of text; empty means that `model` does that too.

    `keep_days` is how long past runs are kept, 0 for as long as nobody deletes them; those that
    are pinned stay. With `reopen` the window opens with what was open when it was closed.

    `server_address` is that of the user's own server of the OpenAI kind, such as
    http://192.168.1.5:8080; empty, as it is at first, means that nothing leaves this program.
    `server_model` is the name of a model there, and may be empty if there is one only;
    `server_window` is how many tokens it takes at once, 0 if the server tells. Its key is never
    kept here: it comes from the environment variable RLM_DESKTOP_SERVER_KEY.
    """

    model: str = "starter"
    max_minutes: float = 14.0
    threads: int = 0
    window: int = 0
    gpu_layers: int = -1
    sandbox_megabytes: int = 2048
    program_seconds: float = 60.0
    theme: str = "system"
    language: str = "system"
    server_address: str = ""
    server_model: str = ""
    server_window: int = 0
    sub_model: str = ""
    keep_days: int = 0
    reopen: bool = True

    def __post_init__(self) -> None:
        for field in fields(self):
            value, kind = getattr(self, field.name), type(field.default)
            fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
            if not fits and not (kind is float and isinstance(value, int)):
                raise UsageError(
                    f"the setting {field.name!r} is {value!r}, and should be like {field.default!r}"
                )
        for name, (least, most) in RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise UsageError(
                    f"the setting {name!r} is {getattr(self, name)}: use {least:,} to {most:,}"
                )
        if self.theme not in ("system", "light", "dark"):
            raise UsageError(f"the setting 'theme' is {self.theme!r}: use system, light or dark")
        if self.language not in ("system", "en", "de", "zh_CN"):
            raise UsageError(
                f"the setting 'language' is {self.language!r}: use system, en, de or zh_CN"
            )
        if self.server_address:
            server_parts(self.server_address)

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


def server_parts(address: str) -> SplitResult:
    """The parts of the address of a server. Raises UsageError if it is none.

    A name and password in it are refused: they would be kept, and shown with the address.
    """
    try:
        parts = urlsplit(address)
        usable = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = None
    if not usable or not address.isprintable() or parts.scheme not in ("http", "https"):
        raise UsageError(
            f"the setting 'server_address' is {address!r}: write it like http://192.168.1.5:8080"
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError(
            "the setting 'server_address' may hold a host, a port and a path; a key belongs into "
            "the environment variable RLM_DESKTOP_SERVER_KEY"
        )
    return parts
