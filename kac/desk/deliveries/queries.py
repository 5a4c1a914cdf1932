"""Reading deliveries: how far an order is out, and what its slips come to."""

from __future__ import annotations

from collections.abc import Sequence

from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.desk.deliveries.policy import DeliveryPolicy
from kac.desk.deliveries.rules import (
    SIGNED,
    PartLine,
    SaleMoney,
    SlipLine,
    SlipMoney,
    earned,
    stand,
)


def policy(version: PolicyVersion) -> DeliveryPolicy:
    """The section of a version that rules part deliveries."""
    return version.section("delivery", DeliveryPolicy)


def parts(reader: Reader, order_id: int) -> list[PartLine]:
    """Every line of an order as its slips stand."""
    lines = reader.all(
        "SELECT line_id, line, product_id, quantity, amount_fen FROM v_order_line"
        " WHERE order_id = :id ORDER BY line",
        id=order_id,
    )
    slips = [
        SlipLine(
            row["line"],
            row["state"],
            row["quantity"],
            row["amount_fen"],
            row["short"] + row["damaged"],
            row["refused_fen"],
        )
        for row in slip_lines(reader, order_id)
    ]
    cuts = _cuts(reader, order_id)
    return [stand(PartLine(**dict(row)), slips, *cuts.get(row["line"], (0, 0))) for row in lines]


def slip_lines(reader: Reader, order_id: int) -> list[Row]:
    """Every line of the living slips of an order, the first slip first."""
    return reader.all(
        "SELECT * FROM v_dispatch_line WHERE order_id = :id AND state <> 'void'"
        " ORDER BY dispatch_id, line",
        id=order_id,
    )


def _cuts(reader: Reader, order_id: int) -> dict[int, tuple[int, int]]:
    rows = reader.all(
        "SELECT line, sum(quantity) AS quantity, sum(amount_fen) AS amount_fen FROM dispatch_cut"
        " WHERE order_id = :id GROUP BY line",
        id=order_id,
    )
    return {row["line"]: (row["quantity"], row["amount_fen"]) for row in rows}


def released(reader: Reader, order_id: int) -> bool:
    """Whether what is on no slip of an order was released to others."""
    row = reader.first(
        "SELECT 1 FROM dispatch WHERE order_id = :id AND rest = 'released'", id=order_id
    )
    return row is not None


def sale(reader: Reader, order: Row) -> SaleMoney:
    """What an order costs, what came for it, and what its living slips come to."""
    return SaleMoney(
        total_fen=order["total_fen"],
        deposit_fen=order["deposit_fen"],
        received_fen=order["received_fen"],
        slips=tuple(_money(row) for row in slips(reader, order["id"])),
        returned_fen=order["returned_fen"],
    )


def _money(row: Row) -> SlipMoney:
    net = row["amount_fen"] - row["refused_fen"]
    return SlipMoney(net, row["deposit_fen"], row["state"] in SIGNED)


def slips(reader: Reader, order_id: int) -> list[Row]:
    """The living slips of an order, the first first."""
    return reader.all(
        "SELECT * FROM v_dispatch WHERE order_id = :id AND state <> 'void' ORDER BY id",
        id=order_id,
    )


def earned_fen(reader: Reader, order_id: int) -> int:
    """How much of the money of an order is for goods that its customer has."""
    if not any_signed(reader, order_id):
        return 0
    return earned(sale(reader, reader.one("SELECT * FROM v_order WHERE id = :id", id=order_id)))


def any_signed(reader: Reader, order_id: int) -> bool:
    """Whether any of the goods of an order are with its customer."""
    row = reader.first(
        "SELECT 1 FROM dispatch WHERE order_id = :id AND signed_on IS NOT NULL", id=order_id
    )
    return row is not None


def unfinished(reader: Reader) -> Sequence[tuple[Row, SaleMoney]]:
    """Every order of which a part is delivered and a part is not, with its money."""
    rows = reader.all("SELECT * FROM v_order WHERE state = 'partly_delivered' ORDER BY number")
    return [(row, sale(reader, row)) for row in rows]
