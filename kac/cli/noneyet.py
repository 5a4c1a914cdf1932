"""What an empty list says: whether there is none at all yet, and how the first one is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kac.cli.helppage import placeholder
from kac.cli.rights import pasteable
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Reader

FIRST = {
    "customer": "kac customer add NAME --phone … --address … --area …",
    "product": "kac import products FILE",
    "stock_move": "kac import stock FILE",
    "sales_order": "kac order new -c CUSTOMER --line CODE:QTY --need-by DAY",
    "quotation": "kac quote new -c CUSTOMER --line CODE:QTY@PRICE",
    "inquiry": "kac inquiry new --phone … --need …",
    "contract": "kac contract add CUSTOMER --amount … --from DAY --to DAY --terms …",
    "ka_application": "kac customer apply CUSTOMER",
    "dispatch": "kac dispatch new ORDER",
    "vehicle_run": "kac dispatch load SLIP --truck … --driver …",
    "deposit_exception": "kac deposit waive ORDER --short YUAN --reason …",
    "visit": "kac visit new NAME --contact … --phone … --area … --content …",
    "campaign": "kac campaign new NAME --event-day DAY",
    "order_table": "kac table new ORDER",
    "rebate": "kac rebate propose ORDER --rate PERCENT",
    "bank_line": "kac reconcile import FILE",
}


def none_of(reader: Reader, table: str, found: Sequence[Any], otherwise: str) -> str:
    """What to say of an empty list; `otherwise` where only its conditions leave nothing."""
    if found or reader.first(f"SELECT 1 FROM {table} LIMIT 1"):
        return otherwise
    command = placeholder(pasteable(FIRST[table]))
    return _("there is none yet; the first is made with: {command}").format(command=command)
