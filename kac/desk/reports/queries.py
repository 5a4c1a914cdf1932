"""Figures of the reports, all from deliveries, moves of goods and postings; no total is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kac.db.reader import Reader, Row
from kac.desk.deliveries import queries as deliveries
from kac.desk.deliveries.rules import earned as earned_of
from kac.desk.receivables.queries import owed as all_owed
from kac.desk.reports.rules import Promise, Season, Sold, seasons

# What sales may be told by: the key, its name, whether rebates can be told by it too.
_HEADINGS = {
    "customer": ("customer", "customer_name", True),
    "product": ("code", "name", False),
    "category": ("category", "''", False),
    "officer": ("officer", "''", True),
    "order": ("order_number", "customer_name", True),
    "day": ("day", "''", True),
    "month": ("substr(day, 1, 7)", "''", True),
}
HEADINGS = tuple(_HEADINGS)
# What promises may be told by.
_PROMISED = {
    "customer": ("customer", "customer_name"),
    "location": ("location", "''"),
    "driver": ("driver", "''"),
    "officer": ("officer", "''"),
    "month": ("substr(need_by, 1, 7)", "''"),
}
PROMISED = tuple(_PROMISED)


def sold(reader: Reader, by: str, first: date, last: date) -> list[Sold]:
    """Sales by a heading from a day to a day, with what they cost; rebates not counted."""
    key, label, _rebates = _HEADINGS[by]
    rows = reader.all(
        f"SELECT {key} AS key, {label} AS label, count(DISTINCT order_number) AS orders,"
        " sum(amount_fen) AS sales_fen, sum(cost_fen) AS cost_fen FROM v_sale"
        f" WHERE day >= :first AND day <= :last GROUP BY {key}, {label} ORDER BY {key}",
        **_between(first, last),
    )
    return [Sold(**dict(row)) for row in rows]


def earned(reader: Reader, by: str, first: date, last: date) -> list[Sold]:
    """Sales with cost and rebates; rebates that belong to no heading stand under an empty one."""
    key, label, has_rebates = _HEADINGS[by]
    columns = f"{key} AS key, {label} AS label" if has_rebates else "'' AS key, '' AS label"
    rebates = reader.all(
        f"SELECT {columns}, sum(amount_fen) AS rebate_fen FROM v_rebate_paid"
        " WHERE day >= :first AND day <= :last GROUP BY 1, 2 ORDER BY 1",
        **_between(first, last),
    )
    found = {row.key: row for row in sold(reader, by, first, last)}
    for row in rebates:
        known = found.get(row["key"], Sold(row["key"], row["label"]))
        found[row["key"]] = Sold(
            known.key,
            known.label,
            known.orders,
            known.sales_fen,
            known.cost_fen,
            known.rebate_fen + row["rebate_fen"],
        )
    return list(found.values())


def in_season(reader: Reader, season: Season) -> tuple[int, int]:
    """(orders, fen) of a season."""
    row = reader.one(
        "SELECT count(DISTINCT order_number) AS orders, coalesce(sum(amount_fen), 0) AS sales_fen"
        " FROM v_sale WHERE day >= :first AND day <= :last",
        **_between(season.first, season.last),
    )
    return row["orders"], row["sales_fen"]


def peak(reader: Reader, season: Season) -> tuple[str, int]:
    """(the best day of a season, fen of that day); nothing where nothing was sold."""
    row = reader.first(
        "SELECT day, sum(amount_fen) AS sales_fen FROM v_sale"
        " WHERE day >= :first AND day <= :last GROUP BY day ORDER BY sales_fen DESC, day LIMIT 1",
        **_between(season.first, season.last),
    )
    return (row["day"], row["sales_fen"]) if row else ("", 0)


def seasons_of(reader: Reader, year: int, length: int) -> list[Season]:
    """The seasons of a year, as the calendar names its holidays."""
    rows = reader.all(
        "SELECT day, name FROM v_calendar WHERE NOT is_workday AND day >= :first AND day <= :last",
        **_between(date(year, 1, 1), date(year, 12, 31)),
    )
    days = [(date.fromisoformat(row["day"]), row["name"]) for row in rows]
    return seasons(days, year, length)


def deposits(reader: Reader, account: str) -> list[Row]:
    """What each customer has paid in advance, as the account says, the most first.

    `last_on` is the day of the last payment, `orders` how many orders wait for their goods.
    """
    return reader.all(
        "SELECT t.customer, coalesce(c.name, '') AS customer_name, t.held_fen, t.last_on,"
        " (SELECT coalesce(sum(y.amount_fen), 0) FROM v_payment y WHERE y.customer = t.customer"
        "  AND y.state = 'received') AS unverified_fen,"
        " (SELECT count(*) FROM v_order o WHERE o.customer = t.customer AND o.received_fen > 0"
        "  AND o.state IN ('draft', 'submitted', 'reviewed', 'slip_issued', 'partly_delivered'))"
        " AS orders"
        " FROM (SELECT coalesce(y.customer, d.customer, '') AS customer,"
        "       sum(s.credit_fen - s.debit_fen) AS held_fen, max(y.on_day) AS last_on"
        "       FROM v_account_side s LEFT JOIN v_payment y ON y.number = s.document"
        "       LEFT JOIN v_dispatch d ON d.number = s.document"
        "       WHERE s.account = :account GROUP BY 1) t"
        " LEFT JOIN customer c ON c.number = t.customer"
        " WHERE t.held_fen <> 0 ORDER BY t.held_fen DESC, t.customer",
        account=account,
    )


def owed(reader: Reader) -> list[tuple[date, int]]:
    """(day of delivery, fen) of what customers have had and not paid for."""
    found: dict[date, int] = {}
    for debt in all_owed(reader, date.max):
        found[debt.delivered_on] = found.get(debt.delivered_on, 0) + debt.owed_fen
    return sorted((day, fen) for day, fen in found.items() if fen)


def held(reader: Reader) -> list[tuple[date, int]]:
    """(day of payment, fen) of what customers have paid and had no goods for."""
    rows = reader.all(
        "SELECT y.on_day AS day, sum(y.amount_fen - coalesce((SELECT sum(a.amount_fen)"
        "  FROM v_allocation a JOIN sales_order o ON o.id = a.order_id"
        "  WHERE a.payment_id = y.id AND o.state IN ('delivered', 'closed')), 0)) AS fen"
        " FROM payment y WHERE y.state IN ('received', 'verified') GROUP BY y.on_day"
    )
    found = {row["day"]: row["fen"] for row in rows}
    for day, fen in _used_for_parts(reader):
        found[day] -= fen
    return sorted((date.fromisoformat(day), fen) for day, fen in found.items() if fen)


def _used_for_parts(reader: Reader) -> Iterator[tuple[str, int]]:
    """(day of payment, fen) of money that is for the delivered part of orders partly delivered."""
    for order, sale in deliveries.unfinished(reader):
        left = earned_of(sale)
        for row in reader.all(
            "SELECT y.on_day AS day, a.amount_fen FROM v_allocation a JOIN payment y"
            " ON y.id = a.payment_id WHERE a.order_id = :id AND a.held ORDER BY a.id",
            id=order["id"],
        ):
            used = min(left, row["amount_fen"])
            left -= used
            yield row["day"], used


def officers(reader: Reader, first: date, last: date) -> list[Row]:
    """What each officer did from a day to a day, and what lies with them now."""
    return reader.all(
        "SELECT t.officer, coalesce(s.name, '') AS name, sum(t.quotes) AS quotes,"
        " sum(t.taken) AS taken, sum(t.taken_fen) AS taken_fen, sum(t.voided) AS voided,"
        " sum(t.delivered) AS delivered, sum(t.sales_fen) AS sales_fen, sum(t.open) AS open FROM ("
        "  SELECT prepared_by AS officer, 0 AS quotes, 1 AS taken, total_fen AS taken_fen,"
        "  CASE WHEN state IN ('collecting', 'voided') THEN 1 ELSE 0 END AS voided,"
        "  0 AS delivered, 0 AS sales_fen, 0 AS open"
        "  FROM v_order WHERE on_day >= :first AND on_day <= :last"
        "  UNION ALL SELECT prepared_by, 1, 0, 0, 0, 0, 0, 0 FROM quotation"
        "  WHERE on_day >= :first AND on_day <= :last"
        "  UNION ALL SELECT officer, 0, 0, 0, 0, count(DISTINCT order_number), sum(amount_fen), 0"
        "  FROM v_sale WHERE day >= :first AND day <= :last GROUP BY officer"
        "  UNION ALL SELECT prepared_by, 0, 0, 0, 0, 0, 0, 1 FROM sales_order"
        "  WHERE state NOT IN ('closed', 'collecting', 'voided')) t"
        " LEFT JOIN staff s ON s.code = t.officer GROUP BY t.officer, s.name ORDER BY t.officer",
        **_between(first, last),
    )


def promises(reader: Reader, by: str, first: date, last: date) -> Iterator[Promise]:
    """The orders that were to be delivered from a day to a day."""
    key, label = _PROMISED[by]
    for row in reader.each(
        f"SELECT {key} AS key, {label} AS label, need_by, signed_on FROM v_promise"
        " WHERE need_by >= :first AND need_by <= :last",
        **_between(first, last),
    ):
        signed = row["signed_on"]
        yield Promise(
            row["key"],
            row["label"],
            date.fromisoformat(row["need_by"]),
            date.fromisoformat(signed) if signed else None,
        )


def _between(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def sold_by_officer(reader: Reader, first: date, last: date) -> list[tuple[str, int]]:
    """(officer, fen) of all that was delivered and signed for from a day to a day."""
    rows = reader.all(
        "SELECT officer, sum(amount_fen) AS sales_fen FROM v_sale"
        " WHERE day >= :first AND day <= :last GROUP BY officer ORDER BY officer",
        **_between(first, last),
    )
    return [(row["officer"], row["sales_fen"]) for row in rows]


def won_by_officer(reader: Reader, first: date, last: date) -> list[tuple[str, str]]:
    """(who applied, customer) of key accounts that were designated from a day to a day."""
    rows = reader.all(
        "SELECT a.opened_by AS officer, c.name AS customer_name FROM ka_application_event e"
        " JOIN ka_application a ON a.id = e.application_id JOIN customer c ON c.id = a.customer_id"
        " WHERE e.verb = 'designate' AND e.on_day >= :first AND e.on_day <= :last"
        " ORDER BY e.on_day, e.id",
        **_between(first, last),
    )
    return [(row["officer"], row["customer_name"]) for row in rows]
