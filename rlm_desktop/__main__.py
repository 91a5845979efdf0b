"""Where the program starts: one of its child processes, the command line, or the window.

Imports come late: a child must not load Qt, and the command line must not wait for it.
"""

import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> int:
    """Run what the arguments ask for, and return the exit code."""
    if sys.argv[1:2] == ["--child"]:
        return _child(sys.argv[2])
    if len(sys.argv) > 1:
        from rlm_desktop.cli import main as command_line

        return command_line.main(sys.argv[1:], _open_window)
    return _open_window([], None)


def _open_window(files: Sequence[Path], run: int | None) -> int:
    from rlm_desktop.gui import app

    return app.main(files=files, run=run)


def _child(name: str) -> int:
    """Be one of our child processes, which speak `ipc.wire` on stdin and stdout."""
    match name:
        case "engine":
            from rlm_desktop.engine import child as engine_child

            engine_child.main()
        case "sandbox":
            from rlm_desktop.sandbox import child as sandbox_child

            sandbox_child.main()
        case "reader":
            from rlm_desktop.documents import child as reader_child

            reader_child.main()
        case _:
            sys.stderr.write(f"there is no child process {name!r}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
