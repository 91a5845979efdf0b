"""The one door for developers: python3 packaging/bootstrap.py run | test | check | bench | window.

This file must be readable for old versions of Python, so that they can say what is missing;
everything else is in the modules beside it.
"""

import shutil
import sys

OLDEST = (3, 11)


def version_sentence(version: "tuple[int, ...]", others: "list[str]") -> "str | None":
    """What to say to a Python of this version; None if it is new enough.

    `others` are the names of newer ones that are on this machine.
    """
    if version[:2] >= OLDEST:
        return None
    way_out = "run it with " + others[0] if others else "install python3.11 and python3.11-venv"
    return (
        f"RLM Desktop needs Python 3.11 or newer, and this is {version[0]}.{version[1]}: {way_out}."
    )


def main() -> int:
    newer = [name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)]
    sentence = version_sentence(tuple(sys.version_info[:2]), newer)
    if sentence:
        sys.stderr.write(f"{sentence}\n")
        return 2
    from bootstrap_commands import main as run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
