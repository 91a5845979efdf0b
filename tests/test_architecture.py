"""The rules about who may import whom, how long a module may be, and what may not be there."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "rlm_desktop"

#: From the top down: a module may import from its own part and from the parts below it.
LAYERS = [
    {"__main__"},
    {"gui", "cli"},
    {"session"},
    {"storage", "exporting"},
    {"runs"},
    {"engine", "sandbox", "models"},
    {"documents"},
    {"ipc", "jail", "settings", "places"},
    {"errors"},
]
#: Libraries that only one place may import.
OWNERS = {
    "PySide6": "rlm_desktop.gui",
    "shiboken6": "rlm_desktop.gui",
    "pygments": "rlm_desktop.gui",
    "sqlite_utils": "rlm_desktop.storage",
    # In memory and with no file: the words of passages.
    "sqlite3": ("rlm_desktop.storage", "rlm_desktop.documents.passages"),
    "llama_cpp": "rlm_desktop.engine.llama",
    "subprocess": "rlm_desktop.ipc",
    "pypdfium2": "rlm_desktop.documents.pdf",
    "charset_normalizer": "rlm_desktop.documents.encoding",
    "platformdirs": "rlm_desktop.places",
    # The two ways out: fetching models, and the user's own server.
    "http": ("rlm_desktop.models.address_source", "rlm_desktop.engine.http_link"),
    "urllib.request": "rlm_desktop.models.address_source",
    "ssl": "rlm_desktop.engine.http_link",
}
#: Loaded next to untrusted code: the standard library and each other only.
BESIDE_UNTRUSTED_CODE = (
    "rlm_desktop.sandbox.child",
    "rlm_desktop.ipc.wire",
    "rlm_desktop.ipc.child_side",
    "rlm_desktop.jail",
    "rlm_desktop.documents.text",
    "rlm_desktop.documents.building",
    "rlm_desktop.documents.code_files",
    "rlm_desktop.documents.heading_lines",
    "rlm_desktop.documents.mail",
    "rlm_desktop.documents.record_blocks",
    "rlm_desktop.documents.record_lines",
    "rlm_desktop.documents.talk",
)
MOST_LINES = 500


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield node.module
            yield from (
                f"{node.module}.{alias.name}"
                for alias in node.names
                if f"{node.module}.{alias.name}" in MODULES
            )


MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path
    for path in PACKAGE.rglob("*.py")
    if path.name != "__init__.py"
}


def part_of(module: str) -> str:
    return module.split(".")[1]


def layer_of(module: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part_of(module) in layer)


def ours(path: Path) -> set[str]:
    """The modules of this program that a file imports; a bare package counts for nothing."""
    return {
        name
        for name in imports_of(path)
        if name.startswith("rlm_desktop.") and (name in MODULES or "." in name)
    }


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    for name in ours(MODULES[module]):
        same_part = part_of(name) == part_of(module)
        assert same_part or layer_of(name) > layer_of(module), f"{module} imports {name}"


def test_gui_views_and_items_do_not_know_the_session() -> None:
    for module, path in MODULES.items():
        if module.startswith(("rlm_desktop.gui.views", "rlm_desktop.gui.items")):
            assert "rlm_desktop.session" not in ours(path), module


@pytest.mark.parametrize("module", MODULES)
def test_libraries_have_one_owner(module: str) -> None:
    for name in imports_of(MODULES[module]):
        owner = OWNERS.get(name, OWNERS.get(name.split(".")[0]))
        assert owner is None or module.startswith(owner), f"{module} imports {name}"


@pytest.mark.parametrize("child", ["engine", "documents", "sandbox"])
def test_no_process_of_ours_that_reads_texts_can_reach_a_server(child: str) -> None:
    """The engine that asks one lives in the process of the window, and in no other."""
    todo, seen = [f"rlm_desktop.{child}.child"], set[str]()
    while todo:
        module = todo.pop()
        if module in MODULES and module not in seen:
            seen.add(module)
            todo += imports_of(MODULES[module])
    assert "rlm_desktop.ipc.child_side" in seen
    assert not {name for name in seen if name.startswith("rlm_desktop.engine.openai")}
    assert "rlm_desktop.engine.http_link" not in seen


def test_what_runs_beside_untrusted_code_imports_the_standard_library() -> None:
    """Everything that the child of the sandbox loads, followed from module to module."""
    todo, seen = ["rlm_desktop.sandbox.child"], set[str]()
    while todo:
        module = todo.pop()
        if module in seen or module not in MODULES:
            continue
        seen.add(module)
        assert module.startswith(("rlm_desktop.sandbox.", *BESIDE_UNTRUSTED_CODE)), module
        for name in imports_of(MODULES[module]):
            top = name.split(".")[0]
            assert top == "rlm_desktop" or top in sys.stdlib_module_names, f"{module}: {name}"
            todo.append(name)
    assert "rlm_desktop.ipc.wire" in seen


def test_packages_import_nothing() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        assert not list(imports_of(path)), path


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_short(module: str) -> None:
    lines = MODULES[module].read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{module} has {lines} lines"


def test_only_two_places_catch_everything() -> None:
    broad = [
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) == "Exception")
    ]
    assert len(broad) <= 2, broad
