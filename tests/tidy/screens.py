"""What kac shows on a terminal, as pictures: real commands, their own colours, drawn as SVG.

`python -m tests.tidy.screens` draws them anew into tests/golden/screens; `draw` gives one picture.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tests.conftest import Desk

HERE = Path(__file__).parents[1] / "golden" / "screens"
# Name, columns of the terminal, language, who types, what is typed.
SCREENS = (
    ("orders-80-zh", 80, "zh_CN", "", "order list --state reviewed"),
    ("orders-120-en", 120, "en", "", "order list --state reviewed"),
    ("order-80-en", 80, "en", "gp_specialist", "order show 40"),
    ("order-60-zh", 60, "zh_CN", "gp_specialist", "order show 40"),
    ("todo-120-zh", 120, "zh_CN", "merchant_supervisor", "todo"),
    ("stock-80-en", 80, "en", "gp_specialist", "stock check DD20261120-0040"),
)
_CELL, _LINE, _SIZE, _EDGE = 8.4, 18, 14, 14
_COLOURS = {1: "#e06c75", 2: "#98c379", 3: "#e5c07b"}
_STEPS = (
    ("gp_specialist", "order new -c KH0001 -l P0001:50 -l P0006:20 --need-by +7d --submit"),
    ("merchant_supervisor", "order review 40"),
    ("gp_specialist", "order new -c KH0003 -l P0002:200 --need-by +9d --submit"),
    ("merchant_supervisor", "order review 41"),
    ("gp_specialist", "order new -c KH0042 -l P0003:12 --need-by +3d --submit"),
)


def written(desk: Desk, width: int, language: str, who: str, command: str) -> str:
    """What a command writes on a terminal of this width, with its colours."""
    desk.lang = language
    env = {"COLUMNS": str(width), "TERM": "xterm-256color"}
    result = desk.run(f"{command} --color always", as_=who, env=env)
    return result.out


def draw(command: str, width: int, shown: str) -> str:
    """A screen as an SVG picture: each run of text held to the cells that a terminal gives it."""
    lines = [Text(f"$ kac {command}", style="bold"), Text(""), *Text.from_ansi(shown).split("\n")]
    console = Console(file=io.StringIO(), width=width, color_system="truecolor")
    height = len(lines) * _LINE + 2 * _EDGE
    drawn = [
        line
        for number, text in enumerate(lines)
        for line in _line(console, text, number * _LINE + _EDGE + _SIZE)
    ]
    across = width * _CELL + 2 * _EDGE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:.0f} {height}"'
            f' font-family="monospace" font-size="{_SIZE}" fill="#d7dae0">',
            '<rect width="100%" height="100%" rx="6" fill="#282c34"/>',
            *drawn,
            "</svg>\n",
        ]
    )


def _line(console: Console, text: Text, baseline: float) -> Iterator[str]:
    place = 0
    for piece in text.render(console):
        for part, cells in _runs(piece.text):
            if part.strip():
                style = piece.style
                colour = style.color.number if style and style.color else None
                look = f' fill="{_COLOURS[colour]}"' if colour in _COLOURS else ""
                look += ' font-weight="bold"' if style and style.bold else ""
                look += ' fill-opacity="0.6"' if style and style.dim else ""
                yield (
                    f'<text x="{_EDGE + place * _CELL:.1f}" y="{baseline}"'
                    f' textLength="{cells * _CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
                    f'{look} xml:space="preserve">{escape(part)}</text>'
                )
            place += cells


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """A text in runs of narrow, of wide, and of blank characters, each with its cells."""
    run, kind = "", ""
    for character in text:
        here = " " if character == " " else "w" if cell_len(character) == 2 else "n"
        if run and here != kind:
            yield run, cell_len(run)
            run = ""
        run, kind = run + character, here
    if run:
        yield run, cell_len(run)


def pictures(home: Path) -> Iterator[tuple[str, str]]:
    """Every picture by name, drawn on a fresh training ledger in an empty directory."""
    desk = Desk(home)
    desk.ok("init --training --language zh_CN")
    for who, command in _STEPS:
        desk.ok(command, as_=who)
    for name, width, language, who, command in SCREENS:
        yield name, draw(command, width, written(desk, width, language, who, command))


def main() -> None:
    """Draw them anew."""
    HERE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name, picture in pictures(Path(home)):
            (HERE / f"{name}.svg").write_text(picture, "utf-8")
            sys.stdout.write(f"{name}.svg {len(picture.encode())}\n")


if __name__ == "__main__":
    main()
