"""Keeps the translations of the window: what is to be translated is read from the source.

    python packaging/translations.py update    bring resources/translations/*.ts up to date
    python packaging/translations.py release   compile them to .qm files, which the program reads

`lupdate` of Qt does not see that a function of a module hands its texts on to `translate`; this
does. The files are those of Qt Linguist, and can be edited with it.
"""

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "rlm_desktop" / "gui"
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de", "zh_CN")

#: A text to be translated: its context and itself.
Message = tuple[str, str]


def messages(folder: Path = SOURCES) -> list[Message]:
    """All texts of the window, by context, each once."""
    found: dict[Message, None] = {}
    for path in sorted(folder.rglob("*.py")):
        found |= dict.fromkeys(_in_module(ast.parse(path.read_text(encoding="utf-8")), path))
    return sorted(found, key=lambda message: message[0])


def _in_module(tree: ast.Module, path: Path) -> Iterator[Message]:
    own = next((_context_of(node) for node in tree.body if _is_helper(node)), None)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _calls(node, node.name, own, path)
        elif not _is_helper(node):
            yield from _calls(node, None, own, path)


def _is_helper(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "_tr"


def _context_of(node: ast.AST) -> str:
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
            return str(ast.literal_eval(each.args[0]))
    raise ValueError("_tr hands its text on to QCoreApplication.translate")


def _calls(tree: ast.AST, cls: str | None, own: str | None, path: Path) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name("_tr"):
                context, texts = own, node.args
            case ast.Attribute(ast.Name("self"), "tr"):
                context, texts = cls, node.args
            case ast.Attribute(ast.Name("QCoreApplication"), "translate"):
                context, texts = str(ast.literal_eval(node.args[0])), node.args[1:]
            case _:
                continue
        try:
            text = ast.literal_eval(texts[0])
        except ValueError as error:
            raise SystemExit(f"{path}:{node.lineno}: the text is not a literal") from error
        assert context is not None, f"{path}:{node.lineno}: no context"
        yield context, text


def read(path: Path) -> dict[Message, str]:
    """The translations in a file; of those that are not finished, nothing."""
    if not path.exists():
        return {}
    found = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        name = context.findtext("name", "")
        for message in context.iter("message"):
            made = message.find("translation")
            if made is not None and made.get("type") is None and made.text:
                found[name, message.findtext("source", "")] = made.text
    return found


def write(path: Path, language: str, wanted: list[Message], known: dict[Message, str]) -> None:
    """Write the file of a language; what is not translated yet is marked as unfinished."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for name, text in wanted:
        context = contexts.get(name)
        if context is None:
            context = contexts[name] = ET.SubElement(root, "context")
            ET.SubElement(context, "name").text = name
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        made = ET.SubElement(message, "translation")
        if (name, text) in known:
            made.text = known[name, text]
        else:
            made.set("type", "unfinished")
    ET.indent(root, "    ")
    body = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", encoding="utf-8")


def update() -> None:
    """Bring the files up to date; what is translated stays, what is not used any more goes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = messages()
    for language in LANGUAGES:
        path = FOLDER / f"rlm-desktop_{language}.ts"
        known = read(path)
        write(path, language, wanted, known)
        left = sum(message not in known for message in wanted)
        print(f"{path.name}: {len(wanted)} texts, {left} to be translated")


def release(folder: Path = FOLDER) -> None:
    """Compile the files, into `folder`."""
    import PySide6

    lrelease = Path(PySide6.__file__).parent / "lrelease"
    for source in sorted(FOLDER.glob("*.ts")):
        made = folder / f"{source.stem}.qm"
        command = [str(lrelease), "-silent", "-nounfinished", str(source), "-qm", str(made)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["release"]):
        sys.exit(__doc__)
    update() if sys.argv[1] == "update" else release()
