"""Whether a file is a model this program can use, found out without loading it."""

from dataclasses import dataclass
from pathlib import Path

from rlm_desktop.errors import ModelError
from rlm_desktop.models import gguf
from rlm_desktop.models.architectures import ARCHITECTURES

NOT_STATED = "not stated in the file"


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What a file says about the model in it. Sizes are in bytes.

    `context_length` is the most tokens the model was made for. `cells_per_token` is how many
    numbers of keys and values one token takes in all layers together. `vocabulary` is 0 where
    the file does not state it.
    """

    path: Path
    size: int
    name: str
    licence: str
    architecture: str
    file_type: str
    context_length: int
    block_count: int
    embedding_length: int
    head_count: int
    head_count_kv: int
    cells_per_token: int
    vocabulary: int
    weight_bytes: int
    has_chat_template: bool


def check(path: Path) -> GgufFacts:
    """Check the file of a model. Raises ModelError, which names the file and the way out."""
    if path.is_dir():
        raise ModelError(f"{path} is a folder: choose the .gguf file in it")
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise ModelError(f"there is no model file {path}") from None
    except OSError as error:
        raise ModelError(f"the model file {path} cannot be read: {error.strerror}") from error
    if size == 0:
        raise ModelError(f"the model file {path} is empty: fetch it again")
    head = gguf.read_head(path)
    if size < head.expected_size:
        raise ModelError(
            f"the model file {path} is cut off: it holds {size / 1e6:,.1f} of"
            f" {head.expected_size / 1e6:,.1f} MB; fetch it again"
        )
    facts = _facts(path, size, head)
    if facts.architecture not in ARCHITECTURES:
        raise ModelError(
            f"{path} is of the architecture {facts.architecture!r}, which this version cannot"
            f" run; it knows {', '.join(sorted(ARCHITECTURES))}"
        )
    if not facts.has_chat_template:
        raise ModelError(
            f"{path} has no chat template, so it cannot be told what to do: choose an"
            " 'instruct' or 'chat' version of the model"
        )
    return facts


def _facts(path: Path, size: int, head: gguf.GgufHead) -> GgufFacts:
    architecture = head.text("general.architecture")
    if not architecture or head.tensor_count == 0:
        raise ModelError(
            f"{path} is a GGUF file without a language model: choose the file of the model itself"
        )

    def number(key: str) -> int:
        value = max(head.numbers(f"{architecture}.{key}"), default=0)
        return value if 0 < value < 1 << 32 else 0

    blocks, embedding = number("block_count"), number("embedding_length")
    heads = number("attention.head_count")
    return GgufFacts(
        path=path,
        size=size,
        name=head.text("general.name") or path.stem,
        licence=head.text("general.license") or NOT_STATED,
        architecture=architecture,
        file_type=head.file_type,
        context_length=number("context_length"),
        block_count=blocks,
        embedding_length=embedding,
        head_count=heads,
        head_count_kv=number("attention.head_count_kv") or heads,
        cells_per_token=_cells(head, architecture, blocks, embedding, heads),
        vocabulary=head.array_lengths.get("tokenizer.ggml.tokens", 0),
        weight_bytes=head.tensor_bytes,
        has_chat_template=bool(head.text("tokenizer.chat_template")),
    )


def _cells(head: gguf.GgufHead, architecture: str, blocks: int, embedding: int, heads: int) -> int:
    """Numbers of keys and values that one token takes in all layers together.

    A layer has its own count of heads in some architectures (0 where it keeps no keys). Layers
    that only look back a little way are counted in full: the estimate errs on the safe side.
    """
    usual = embedding // heads if heads else 0
    width = sum(
        head.number(f"{architecture}.attention.{part}_length") or usual for part in ("key", "value")
    )
    counts = head.numbers(f"{architecture}.attention.head_count_kv") or (heads,)
    layers = sum(counts) if len(counts) > 1 else counts[0] * blocks
    return max(0, layers * width)
