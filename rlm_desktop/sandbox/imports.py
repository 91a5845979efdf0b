"""What a program may import, and what it is told to use instead of the rest.

Loaded next to untrusted code: standard library only. After the lock no file can be opened, so
everything allowed is imported before; the refusal here is for its clear sentence.
"""

import importlib
from collections.abc import Callable, Mapping
from typing import Any

ALLOWED = (
    "re", "json", "math", "statistics", "datetime", "collections", "itertools", "csv",
    "textwrap", "difflib", "string", "random", "functools", "operator", "heapq", "bisect",
    "decimal", "fractions", "time", "typing", "dataclasses", "enum", "io", "hashlib",
    "unicodedata", "copy", "pprint", "html", "calendar", "contextlib", "numbers", "abc",
    "__future__",
)  # fmt: skip

#: Modules that the allowed ones import late; a program does not name them.
_INNER = ("_strptime", "locale", "encodings", "html.entities", "html.parser", "collections.abc")

_NO_FILES = "there are no files here; the text is in `context`, the documents are in `files`"
_NO_NETWORK = "there is no network here; the text is in `context`"
_ROWS = "use `rows`, a list of dicts, or `context`"
_ASK_ALL = "use ask_all(question, pieces) to ask about many pieces at once"
_MODEL = "use ask(question, piece) or classify(items, labels)"
_READ_ALREADY = "the text is already read: use `context`"

_INSTEAD = {
    "pandas": _ROWS, "polars": _ROWS, "numpy": f"{_ROWS}, with the modules math and statistics",
    "scipy": "use the module statistics", "matplotlib": "print the numbers instead",
    "os": _NO_FILES, "pathlib": _NO_FILES, "glob": _NO_FILES, "shutil": _NO_FILES,
    "tempfile": _NO_FILES, "sys": "it is not needed here", "subprocess": _NO_FILES,
    "sqlite3": _ROWS, "pickle": "variables are kept from one program to the next",
    "requests": _NO_NETWORK, "urllib": _NO_NETWORK, "http": _NO_NETWORK, "socket": _NO_NETWORK,
    "bs4": "use re or html", "threading": _ASK_ALL, "multiprocessing": _ASK_ALL,
    "concurrent": _ASK_ALL, "asyncio": _ASK_ALL, "openai": _MODEL, "transformers": _MODEL,
    "torch": _MODEL, "sklearn": _MODEL, "nltk": _MODEL, "spacy": _MODEL, "textblob": _MODEL,
    "PyPDF2": _READ_ALREADY, "pypdf": _READ_ALREADY, "pdfplumber": _READ_ALREADY,
    "fitz": _READ_ALREADY, "docx": _READ_ALREADY, "openpyxl": _READ_ALREADY,
    "dateutil": "use datetime", "regex": "use re",
}  # fmt: skip

Import = Callable[..., Any]


def load_allowed() -> dict[str, Any]:
    """Import everything that a program may use, and make it do its late imports now."""
    modules = {name: importlib.import_module(name) for name in (*ALLOWED, *_INNER)}
    modules["datetime"].datetime.strptime("2000-01-02", "%Y-%m-%d")
    modules["hashlib"].sha256(b"").hexdigest()
    modules["statistics"].median([1, 2])
    modules["unicodedata"].name("a")
    modules["random"].sample(range(9), 2)
    return modules


def restricted(real: Import, substitutes: Mapping[str, Any], of_program: object) -> Import:
    """An `__import__` that refuses the program what is not allowed, in words.

    `substitutes` stand in for modules of that name. Code of the library, whose globals are not
    `of_program`, imports as ever.
    """

    def import_allowed(
        name: str,
        importer: Any = None,
        local: Any = None,
        names: Any = (),
        level: int = 0,
    ) -> Any:
        if importer is not None and importer.get("__name__") == of_program:
            top = name.partition(".")[0]
            if name in substitutes:
                return substitutes[name]
            if level or (top not in ALLOWED and name not in _INNER):
                instead = _INSTEAD.get(top, f"what is here: {', '.join(sorted(ALLOWED[:-2]))}")
                raise ImportError(f"{top} is not here; {instead}", name=top)
        return real(name, importer, local, names, level)

    return import_allowed
