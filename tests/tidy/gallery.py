"""Pictures of every paper, drawn from the PDF that kac makes of it.

`python -m tests.tidy.gallery` draws them anew into tests/golden/gallery; it needs pdftoppm.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from kac.documents import pdf
from kac.documents.layout import fitted
from kac.documents.sheets import PROFILES
from tests.golden.samples import SAMPLES

HERE = Path(__file__).parent.parent / "golden" / "gallery"
_DOTS_PER_INCH = "72"
# The sheet of each picture; what is not named here lies on A5.
_SHEETS = {
    "slip": "dm2",
    "order_form": "dm2",
    "sales_detail": "dm3",
    "box_label": "th80",
    "contract": "a4",
    "settlement": "a4",
    "card_receipt": "a4",
}
# Papers that are shown on more than one sheet.
_AGAIN = (("slip", "th80"), ("slip", "a4"), ("order_form", "a4"))
PICTURES = tuple((name, _SHEETS.get(name, "a5")) for name in SAMPLES) + _AGAIN


def draw(name: str, profile: str) -> bytes:
    """The first page of a paper on a sheet, as a PNG in shades of grey."""
    made = pdf.pdf(fitted(PROFILES[profile], SAMPLES[name]))
    with tempfile.TemporaryDirectory() as home:
        Path(home, "paper.pdf").write_bytes(made)
        order = ["pdftoppm", "-r", _DOTS_PER_INCH, "-gray", "-png", "-singlefile"]
        subprocess.run([*order, "paper.pdf", "paper"], cwd=home, check=True)
        return Path(home, "paper.png").read_bytes()


def main() -> None:
    """Draw every picture."""
    HERE.mkdir(exist_ok=True)
    for name, profile in PICTURES:
        picture = draw(name, profile)
        (HERE / f"{name}-{profile}.png").write_bytes(picture)
        sys.stdout.write(f"{name}-{profile}.png {len(picture)}\n")


if __name__ == "__main__":
    main()
