"""The models on this machine: fetched ones, and files of the user's own, used where they lie."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rlm_desktop.errors import ModelError
from rlm_desktop.models import catalogue, verify
from rlm_desktop.models.catalogue import Entry


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model that can be loaded, or (`present` is False) fetched. `size` is in bytes."""

    name: str
    title: str
    path: Path
    licence: str
    size: int
    present: bool
    in_catalogue: bool


class Library:
    """The list of models: the catalogue, and the files added to `models.json` in `folder`.

    An added file is linked, never copied or changed.
    """

    def __init__(self, folder: Path, catalogue_file: Path) -> None:
        self._folder = folder
        self._list = folder / "models.json"
        self._entries = catalogue.load(catalogue_file)

    @property
    def folder(self) -> Path:
        """Where fetched models are kept."""
        return self._folder

    def entry(self, name: str) -> Entry:
        """What can be fetched under a name. Raises ModelError, which lists the names."""
        return catalogue.find(self._entries, name)

    def models(self) -> list[ModelFile]:
        """All models of the list, the catalogue first. Added files that are gone are not present.

        The files are not opened; `size` and `licence` of added ones are as when they were added.
        """
        fetched = [self._of_entry(entry) for entry in self._entries]
        return fetched + [self._of_added(name, item) for name, item in self._added().items()]

    def get(self, name_or_path: str) -> ModelFile:
        """The model of a name in the list, or the .gguf file at a path.

        Raises ModelError with the way out if it is not here. The file is not verified
        (see `verify.check`).
        """
        for model in self.models():
            if model.name == name_or_path:
                return _require_present(model)
        path = Path(name_or_path).expanduser()
        if path.suffix.lower() == ".gguf" or path.is_file():
            return _of_file(verify.check(path), path.stem)
        known = ", ".join(model.name for model in self.models())
        raise ModelError(
            f"there is no model {name_or_path!r}: use one of {known}, or the path of a .gguf file"
        )

    def add(self, path: Path) -> ModelFile:
        """Put a file of the user's own on the list, under its name without the ending.

        It is verified first. Adding it again changes nothing. Raises ModelError if it is no
        usable model, or if another model has that name.
        """
        path = path.expanduser().absolute()
        model = _of_file(verify.check(path), path.stem)
        for other in self.models():
            if other.name == model.name:
                if other.path == model.path:
                    return other
                raise ModelError(
                    f"there is a model {model.name!r} already, at {other.path}: rename the new"
                    " file, or take the other off the list"
                )
        item = {"path": str(path), "size": model.size, "licence": model.licence}
        item["title"] = model.title
        self._write({**self._added(), model.name: item})
        return model

    def remove(self, name: str) -> None:
        """Take an added model off the list; its file stays. Raises ModelError if it is not on."""
        added = self._added()
        if name not in added:
            if any(entry.name == name for entry in self._entries):
                raise ModelError(f"the model {name!r} comes with the program and stays on the list")
            raise ModelError(f"there is no model {name!r} on the list")
        del added[name]
        self._write(added)

    def _of_entry(self, entry: Entry) -> ModelFile:
        path = self._folder / entry.file
        # Only a whole and verified file gets this name (see `download`).
        present = path.is_file() and path.stat().st_size == entry.size
        return ModelFile(
            entry.name, entry.title, path, entry.licence, entry.size, present, in_catalogue=True
        )

    @staticmethod
    def _of_added(name: str, item: dict[str, Any]) -> ModelFile:
        path = Path(item["path"])
        return ModelFile(
            name,
            item["title"],
            path,
            item["licence"],
            item["size"],
            path.is_file(),
            in_catalogue=False,
        )

    def _added(self) -> dict[str, dict[str, Any]]:
        try:
            untrusted: Any = json.loads(self._list.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the list of models {self._list} cannot be read ({error}): mend or delete it"
            ) from error
        if not isinstance(untrusted, dict) or not all(map(_is_item, untrusted.values())):
            raise ModelError(f"the list of models {self._list} is damaged: mend or delete it")
        return untrusted

    def _write(self, added: dict[str, dict[str, Any]]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._list.with_suffix(".new")
        fresh.write_text(json.dumps(added, indent=2) + "\n", encoding="utf-8")
        fresh.replace(self._list)


def _is_item(untrusted: object) -> bool:
    kinds = {"path": str, "size": int, "licence": str, "title": str}
    return isinstance(untrusted, dict) and all(
        isinstance(untrusted.get(key), kind) for key, kind in kinds.items()
    )


def _of_file(facts: verify.GgufFacts, name: str) -> ModelFile:
    path = facts.path.absolute()
    return ModelFile(
        name, facts.name, path, facts.licence, facts.size, present=True, in_catalogue=False
    )


def _require_present(model: ModelFile) -> ModelFile:
    if model.present:
        return model
    if model.in_catalogue:
        raise ModelError(
            f"the model {model.name!r} is not here yet: run rlm-desktop models get {model.name}"
        )
    raise ModelError(
        f"the file of the model {model.name!r} is gone from {model.path}: put it back, or add it"
        " again where it is now"
    )
