"""What the starter model is, for tests that have no need of its file."""

from pathlib import Path

from rlm_desktop.models.verify import GgufFacts
from rlm_desktop.models.weights import Weights

#: The facts of Qwen2.5-Coder 1.5B, Q4_K_M.
STARTER = GgufFacts(
    path=Path("starter.gguf"),
    size=1_117_320_768,
    name="Qwen",
    licence="Apache-2.0",
    architecture="qwen2",
    file_type="Q4_K_M",
    context_length=32_768,
    block_count=28,
    embedding_length=1536,
    head_count=12,
    head_count_kv=2,
    cells_per_token=14_336,
    vocabulary=151_936,
    weight_bytes=1_111_370_240,
    has_chat_template=True,
    weights=Weights(layer=29_989_000, output=191_434_752, repacked=625_508_352),
)
