"""What a file is that was taken for a GGUF model and is none, told from how it begins.

A link in a page, a page saved in place of a file, a clone without its large files: these are the
ways in which a model goes wrong before anything is broken, and each has its own way out.
"""

#: How a file begins, in small letters and without space before it, and what it is then.
_TEXTS = (
    (
        b"version https://git-lfs",
        "it is only a note by Git LFS of where the model is: run git lfs pull in its folder",
    ),
    (b"<!doctype html", "it is a web page: use the link for downloading that stands on it"),
    (b"<html", "it is a web page: use the link for downloading that stands on it"),
    (b"<?xml", "it is an XML file, most likely the message of a server that did not give the file"),
    (b"{", "it is a JSON file, most likely the message of a server that did not give the file"),
)
_BYTES = (
    (b"PK\x03\x04", "it is a ZIP archive or a PyTorch model: look for a .gguf file of the model"),
    (b"\x1f\x8b", "it is compressed (gzip): unpack it first"),
    (b"7z\xbc\xaf", "it is compressed (7-Zip): unpack it first"),
    (b"\xfd7zXZ", "it is compressed (xz): unpack it first"),
    (b"lmgg", "it is of a format from before GGUF: look for a newer file of the model"),
    (b"fmgg", "it is of a format from before GGUF: look for a newer file of the model"),
    (b"tjgg", "it is of a format from before GGUF: look for a newer file of the model"),
)


def what_it_is(beginning: bytes) -> str:
    """What a file that begins like this is, and what to do; for the middle of a sentence."""
    for mark, told in _BYTES:
        if beginning.startswith(mark):
            return told
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, told in _TEXTS:
        if text.startswith(mark):
            return told
    if not beginning:
        return "it is empty"
    if not beginning.strip(b"\0"):
        return "it begins with nothing but zeros, so its download was cut short"
    if beginning[8:9] == b"{" and beginning[7:8] == b"\0":
        return "it is a safetensors file: look for a .gguf file of the model"
    return "it does not begin like a GGUF file"
