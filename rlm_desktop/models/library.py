"""The models on this machine: fetched ones, and files of the user's own, used where they lie."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rlm_desktop.errors import ModelError, ModelMissing
from rlm_desktop.models import catalogue, download, split, verify
from rlm_desktop.models.catalogue import Entry
from rlm_desktop.models.file_lock import FileLock

#: Another program changes the list in less than a millisecond.
_LOCK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model that can be loaded, or (`present` is False) fetched. `size` is in bytes.

    `path` is the file to load; of a model in several files the first. `good_for` is what the
    catalogue says of it, and `notice` what the user should know of an added one; often empty.
    """

    name: str
    title: str
    path: Path
    licence: str
    size: int
    present: bool
    in_catalogue: bool
    good_for: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """A model that was removed. `freed_bytes` were deleted with it: 0 for an added one."""

    model: ModelFile
    freed_bytes: int


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
            return _of_file(verify.check(path))
        raise ModelError(
            f"there is no model {name_or_path!r}: use one of {self._names()}, or the path of a"
            " .gguf file"
        )

    def add(self, path: Path) -> ModelFile:
        """Put a file of the user's own on the list, under its name without the ending.

        It is verified first. Any part of a model in several files stands for all. Adding it again
        changes nothing. Raises ModelError if it is no usable model, or if another model has that
        name.
        """
        model = _of_file(verify.check(path.expanduser().absolute()))
        with self._changing() as added:
            for other in self.models():
                if other.name == model.name:
                    if other.path == model.path:
                        return other
                    raise ModelError(
                        f"there is a model {model.name!r} already, at {other.path}: rename the new"
                        " file, or take the other off the list"
                    )
            item: dict[str, Any] = {"path": str(model.path), "size": model.size}
            item |= {"licence": model.licence, "title": model.title, "notice": model.notice}
            added[model.name] = item
        return model

    def remove(self, name: str) -> Removed:
        """Take an added model off the list, whose file stays; or delete a fetched one.

        Raises ModelError if it is not on the list, or not here.
        """
        for model in self.models():
            if model.name == name:
                break
        else:
            raise ModelError(f"there is no model {name!r} on the list: there are {self._names()}")
        if not model.in_catalogue:
            with self._changing() as added:
                added.pop(name, None)
            return Removed(model, 0)
        freed = download.discard(self.entry(name), self._folder) if self._folder.is_dir() else 0
        if not freed:
            raise ModelError(
                f"the model {name!r} is not here, so there is nothing to remove: it comes with the"
                " program, and stays on the list"
            )
        return Removed(model, freed)

    def _names(self) -> str:
        return ", ".join(model.name for model in self.models())

    def _of_entry(self, entry: Entry) -> ModelFile:
        path = self._folder / entry.file
        # Only a whole and verified file gets this name (see `download`).
        present = path.is_file() and path.stat().st_size == entry.size
        return ModelFile(
            entry.name,
            entry.title,
            path,
            entry.licence,
            entry.size,
            present,
            in_catalogue=True,
            good_for=entry.good_for,
        )

    @staticmethod
    def _of_added(name: str, item: dict[str, Any]) -> ModelFile:
        path = Path(item["path"])
        notice = item.get("notice", "")
        return ModelFile(
            name,
            item["title"],
            path,
            item["licence"],
            item["size"],
            all(file.is_file() for file in split.parts(path)),
            in_catalogue=False,
            notice=notice if isinstance(notice, str) else "",
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

    @contextmanager
    def _changing(self) -> Iterator[dict[str, dict[str, Any]]]:
        """The added models, which are written back; no other program changes them meanwhile."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / ".models.lock") as lock:
                if not lock.acquire_within(_LOCK_SECONDS):
                    raise ModelError(
                        f"the list of models {self._list} is being changed by another program: try"
                        " again"
                    )
                added = self._added()
                before = dict(added)
                yield added
                if added != before:
                    self._write(added)
        except OSError as error:
            raise ModelError(
                f"the list of models {self._list} cannot be changed: {error.strerror}"
            ) from error

    def _write(self, added: dict[str, dict[str, Any]]) -> None:
        fresh = self._list.with_suffix(".new")
        fresh.write_text(json.dumps(added, indent=2) + "\n", encoding="utf-8")
        fresh.replace(self._list)


def _is_item(untrusted: object) -> bool:
    kinds = {"path": str, "size": int, "licence": str, "title": str}
    return isinstance(untrusted, dict) and all(
        isinstance(untrusted.get(key), kind) for key, kind in kinds.items()
    )


def _of_file(facts: verify.GgufFacts) -> ModelFile:
    path = facts.path.absolute()
    return ModelFile(
        split.stem(path),
        facts.name,
        path,
        facts.licence,
        facts.size,
        present=True,
        in_catalogue=False,
        notice=facts.notice,
    )


def _require_present(model: ModelFile) -> ModelFile:
    if model.present:
        return model
    if model.in_catalogue:
        raise ModelMissing(
            f"the model {model.name!r} is not here yet: run rlm-desktop models get {model.name}"
        )
    missing = [file for file in split.parts(model.path) if not file.is_file()]
    raise ModelError(
        f"the file of the model {model.name!r} is gone from {missing[0]}: put it back, or add it"
        " again where it is now"
    )
