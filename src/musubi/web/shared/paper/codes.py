"""QR codes: from a notice board or a folder back to the page."""

import io

import segno


def code_of(link: str) -> str:
    """SVG of the QR code of a link. Level M still reads with a tenth of it torn or stained."""
    out = io.BytesIO()
    segno.make(link, micro=False, error="m").save(out, kind="svg", border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()
