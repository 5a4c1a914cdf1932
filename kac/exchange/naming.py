"""Names of columns: a small file that says what another program calls ours."""

from __future__ import annotations

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.exchange.cells import clean
from kac.exchange.decoding import readings
from kac.exchange.rows import rows_of


def names_of(data: bytes) -> dict[str, str]:
    """Their names with ours, out of rows of two cells: `订单号,外部单号`.

    BadInput E-IMP-009 with the line that is not such a row, or that names a column again.
    """
    found: dict[str, str] = {}
    for number, row in rows_of(readings(data)[0].text):
        cells = [clean(cell) for cell in row]
        if not any(cells):
            continue
        if len(cells) != 2 or not all(cells) or cells[0] in found:
            raise BadInput(
                _("line {line} of the names is not one name of theirs and one of ours").format(
                    line=number
                ),
                code="E-IMP-009",
                cause=[_("write their name, a comma, and ours; each of theirs once")],
            )
        found[cells[0]] = cells[1]
    return found
