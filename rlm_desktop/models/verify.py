"""Whether a file is a model this program can use, found out without loading it."""

from dataclasses import dataclass, field
from pathlib import Path

from rlm_desktop.errors import ModelError
from rlm_desktop.models import gguf, split
from rlm_desktop.models.architectures import ARCHITECTURES, EMBEDDING
from rlm_desktop.models.weights import Weights, weigh

NOT_STATED = "not stated in the file"
#: The engine's name for the template that a model gets whose file has none (engine/chat_default).
DEFAULT_TEMPLATE = "chatml"

#: LLAMA_POOLING_TYPE_RANK. 1 to 3 are ways to make one list of numbers of a whole text.
_RANK = 4
#: Names and licences are a few words; what is longer was not meant to be read.
_TEXT_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What a file says about the model in it. Sizes are in bytes.

    `path` is the file to be loaded: of a model in several `files`, the first. `size` and
    `weight_bytes` are of all of them together. `context_length` is the most tokens the model was
    made for. `cells_per_token` is how many numbers of keys and values one token takes in all
    layers together. `vocabulary` is 0 where the file does not state it. `parameters` are the
    numbers that the weights are; `weights` says how they are spread.
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
    files: tuple[Path, ...] = ()
    parameters: int = 0
    languages: tuple[str, ...] = ()
    weights: Weights = field(default_factory=Weights)

    @property
    def template(self) -> str:
        """Which chat template is used: the model's own, or a named one in its place."""
        return "its own" if self.has_chat_template else f"{DEFAULT_TEMPLATE}, by default"

    @property
    def notice(self) -> str:
        """What the user should know before using this model, as a sentence; empty if nothing."""
        if self.has_chat_template:
            return ""
        return (
            f"{self.name} has no chat template in its file, so {DEFAULT_TEMPLATE} is used: it may"
            " follow instructions badly. An 'instruct' or 'chat' version would do better"
        )

    @property
    def bits_per_weight(self) -> float:
        """Bits that one number of the weights takes on average; 0 where that is not known."""
        return 8 * self.weight_bytes / self.parameters if self.parameters else 0.0


def check(path: Path) -> GgufFacts:
    """Check the file of a model, and those that belong to it if it is in several.

    Raises ModelError, which names the file and the way out.
    """
    files = split.parts(path)
    split.require_all(files)
    heads = [_head(file) for file in files]
    split.require_match(files, heads)
    facts = _facts(files, heads)
    _require_usable(facts, heads[0])
    return facts


def _head(path: Path) -> gguf.GgufHead:
    """The head of a file, which is found to be whole."""
    if path.is_dir():
        raise ModelError(f"{path} is a folder: choose the .gguf file in it")
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise ModelError(f"there is no model file {path}") from None
    except OSError as error:
        raise ModelError(f"the model file {path} cannot be read: {error.strerror}") from error
    if not path.is_file():
        raise ModelError(f"{path} is no file: choose the .gguf file of a model")
    if size == 0:
        raise ModelError(f"the model file {path} is empty: fetch it again")
    head = gguf.read_head(path)
    if size < head.expected_size:
        raise ModelError(
            f"the model file {path} is cut off: it holds {size / 1e6:,.1f} of"
            f" {head.expected_size / 1e6:,.1f} MB; fetch it again"
        )
    return head


def _require_usable(facts: GgufFacts, head: gguf.GgufHead) -> None:
    """Raise ModelError unless it is a model that writes, of a kind that we can run."""
    path, architecture = facts.path, facts.architecture
    pooling = head.number(f"{architecture}.pooling_type") or 0
    if pooling == _RANK:
        raise ModelError(
            f"{path} is a model for ranking search results; it cannot write: choose an 'instruct'"
            " or 'chat' model"
        )
    causal = head.values.get(f"{architecture}.attention.causal", True)
    if architecture in EMBEDDING or pooling > 0 or causal is False:
        raise ModelError(
            f"{path} is an embedding model, which turns texts into numbers for searching; it cannot"
            " write: choose an 'instruct' or 'chat' model"
        )
    if architecture not in ARCHITECTURES:
        raise ModelError(
            f"{path} is of the architecture {architecture!r}, which this version cannot"
            f" run; it knows {', '.join(sorted(ARCHITECTURES))}"
        )
    lacking = [
        name
        for name, number in (
            ("layers", facts.block_count),
            ("context length", facts.context_length),
            ("width", facts.embedding_length),
            ("vocabulary", facts.vocabulary),
        )
        if number == 0
    ]
    if lacking:
        raise ModelError(
            f"{path} is broken: its head does not state the model's {' and '.join(lacking)}; fetch"
            " it again, or choose another file"
        )


def _facts(files: tuple[Path, ...], heads: list[gguf.GgufHead]) -> GgufFacts:
    head = heads[0]
    architecture = head.text("general.architecture")
    if not architecture or not any(part.tensor_count for part in heads):
        raise ModelError(
            f"{files[0]} is a GGUF file without a language model: choose the file of the model"
            " itself"
        )

    def number(key: str) -> int:
        value = max(head.numbers(f"{architecture}.{key}"), default=0)
        return value if 0 < value < 1 << 32 else 0

    blocks, embedding = number("block_count"), number("embedding_length")
    heads_of_layer = number("attention.head_count")
    return GgufFacts(
        path=files[0],
        size=sum(file.stat().st_size for file in files),
        name=_plain(head.text("general.name") or "") or split.stem(files[0]),
        licence=_plain(head.text("general.license") or "") or NOT_STATED,
        architecture=architecture,
        file_type=head.file_type,
        context_length=number("context_length"),
        block_count=blocks,
        embedding_length=embedding,
        head_count=heads_of_layer,
        head_count_kv=number("attention.head_count_kv") or heads_of_layer,
        cells_per_token=_cells(head, architecture, blocks, embedding, heads_of_layer),
        vocabulary=head.array_lengths.get("tokenizer.ggml.tokens", 0),
        weight_bytes=sum(part.tensor_bytes for part in heads),
        has_chat_template=bool((head.text("tokenizer.chat_template") or "").strip()),
        files=files,
        parameters=sum(part.parameter_count for part in heads),
        languages=tuple(map(_plain, head.texts("general.languages"))),
        weights=weigh(tensor for part in heads for tensor in part.tensors),
    )


def _plain(untrusted: str) -> str:
    """A text of the file in one line, without what would move a cursor or change a direction."""
    printable = "".join(c if c.isprintable() else " " for c in untrusted[:_TEXT_CHARACTERS])
    return " ".join(printable.split())


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
