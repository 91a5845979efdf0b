"""A model that was cut into several files, as gguf-split of llama.cpp does it.

The parts are called NAME-00001-of-00003.gguf and so on, and each says in its head which one it is.
llama.cpp is given the first and looks for the others beside it; so do we, to name the missing one.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from rlm_desktop.errors import ModelError
from rlm_desktop.models.gguf import GgufHead

_NAME = re.compile(r"(?P<stem>.+)-(?P<number>[0-9]{5})-of-(?P<count>[0-9]{5})\.gguf")
_NUMBER, _COUNT, _TENSORS = "split.no", "split.count", "split.tensors.count"
#: More parts than any model has; so that a strange name costs nothing.
_MOST = 1000


def parts(path: Path) -> tuple[Path, ...]:
    """All files of the model that a file belongs to, going by its name; the first is to be loaded.

    Just the file itself if its name is not that of a part. Which of them are there is not looked
    at.
    """
    match = _NAME.fullmatch(path.name)
    if match is None:
        return (path,)
    count = int(match["count"])
    if not 1 <= int(match["number"]) <= count <= _MOST:
        return (path,)
    names = [f"{match['stem']}-{number:05}-of-{count:05}.gguf" for number in range(1, count + 1)]
    return tuple(path.with_name(name) for name in names)


def stem(path: Path) -> str:
    """The name of the file without its ending, and without which part it is."""
    match = _NAME.fullmatch(path.name)
    return path.stem if match is None or len(parts(path)) == 1 else match["stem"]


def require_all(files: Sequence[Path]) -> None:
    """Raise ModelError, which names the parts that are missing, unless all are there."""
    missing = [file.name for file in files if not file.exists()]
    if missing and len(missing) < len(files):
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise ModelError(
            f"the model {files[0]} is in {len(files)} files, and {len(missing)} of them are not"
            f" here: put {', '.join(missing[:3])}{more} beside the others"
        )


def require_match(files: Sequence[Path], heads: Sequence[GgufHead]) -> None:
    """Raise ModelError unless the heads say that these files, in this order, are one model."""
    if len(files) == 1:
        _require_whole(files[0], heads[0])
        return
    for index, (file, head) in enumerate(zip(files, heads, strict=True)):
        if head.number(_COUNT) != len(files) or head.number(_NUMBER) != index:
            raise ModelError(
                f"{file} does not belong to the others: it is {_told(head)}, and its name says part"
                f" {index + 1} of {len(files)}; fetch all parts from one place"
            )
    stated = heads[0].number(_TENSORS)
    found = sum(head.tensor_count for head in heads)
    if stated is not None and stated != found:
        raise ModelError(
            f"the parts of {files[0]} do not belong together: they hold {found:,} of"
            f" {stated:,} tensors; fetch all parts from one place"
        )


def _require_whole(file: Path, head: GgufHead) -> None:
    count = head.number(_COUNT) or 1
    if count > 1:
        number = (head.number(_NUMBER) or 0) + 1
        raise ModelError(
            f"{file} is {_told(head)}, but has lost its name: give each part its own again, this"
            f" one NAME-{number:05}-of-{count:05}.gguf"
        )


def _told(head: GgufHead) -> str:
    number, count = head.number(_NUMBER), head.number(_COUNT)
    if number is None or not count:
        return "a whole model by its own account"
    return f"part {number + 1} of {count} by its own account"
