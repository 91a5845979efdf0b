"""Small PDFs, written by hand: each one holds just what a test is about."""

import hashlib
from collections.abc import Sequence


def pdf(pages: Sequence[str], extra: str = "", trailer: str = "") -> bytes:
    """A PDF with a line of text for each line of each page; an empty page shows nothing."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(pages):
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in text.split("\n") if line)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td\n{shown}ET" if shown else ""
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> {extra} >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return assembled(objects, trailer)


def assembled(objects: Sequence[str], trailer: str = "") -> bytes:
    """Objects, numbered from 1, of which the first is the catalogue, with their index."""
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    index = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{index}"
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    return body + end.encode()


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def locked_pdf() -> bytes:
    """A PDF that asks for a password: its check value is that of no password."""
    value = hashlib.sha256(b"secret").hexdigest().upper()
    encrypt = f"<< /Filter /Standard /V 1 /R 2 /O <{value}> /U <{value}> /P -44 >>"
    return pdf(["secret"], trailer=f"/Encrypt {encrypt} /ID [<{value[:32]}> <{value[:32]}>]")


def bomb(before: int = 0) -> bytes:
    """A page with a form that draws itself, twice: PDFium takes all memory there is for it.

    `before` is how many good pages come first.
    """
    draw = "/X0 Do /X0 Do"
    stream = f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream"
    resources = "/Resources << /XObject << /X0 5 0 R >> /Font << /F1 6 0 R >> >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
    good = "BT /F1 12 Tf 72 720 Td (A good page) Tj ET"
    kids = " ".join(f"{8 + number} 0 R" for number in range(before))
    return assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids} 3 0 R] /Count {before + 1} >>",
            f"{page} {resources} /Contents 4 0 R >>",
            stream,
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] {resources} {stream[3:]}",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            f"<< /Length {len(good)} >>\nstream\n{good}\nendstream",
            *[f"{page} {resources} /Contents 7 0 R >>"] * before,
        ]
    )
