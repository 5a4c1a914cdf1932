"""What the books must always satisfy, each proved anew from entries and moves."""

from __future__ import annotations

from collections.abc import Callable

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.reader import Reader, Row
from kac.ledger.chart import (
    ACCOUNTS,
    INVENTORY,
    RETURNED,
    RETURNED_GOODS,
    ROAD,
    SHIPPED,
    TRANSIT,
)


def trial_balance(reader: Reader) -> list[Finding]:
    """Debits equal credits, in known accounts, and every entry has postings."""
    found = []
    off = reader.value("SELECT coalesce(sum(balance_fen), 0) FROM v_account")
    if off:
        says = _("debits and credits differ by {amount}").format(amount=Money(off))
        found.append(Finding("trial_balance", "", says, ("CRH-DAT-02",)))
    for row in reader.all("SELECT account FROM v_account ORDER BY account"):
        if row["account"] not in ACCOUNTS:
            says = _("account {account} is not in the chart").format(account=row["account"])
            found.append(Finding("trial_balance", row["account"], says, ("CRH-DAT-02",)))
    for row in _empty_entries(reader):
        says = _("entry {key} has no postings").format(key=row["key"])
        found.append(Finding("trial_balance", row["document"], says, ("CRH-DAT-02",)))
    return found


def _empty_entries(reader: Reader) -> list[Row]:
    """Entries without postings; each is looked for only where the two counts differ."""
    entries = reader.value("SELECT count(*) FROM journal_entry")
    if entries == reader.value("SELECT count(*) FROM (SELECT 1 FROM posting GROUP BY entry_id) e"):
        return []
    return reader.all(
        "SELECT e.key, e.document FROM journal_entry e WHERE NOT EXISTS"
        " (SELECT 1 FROM posting p WHERE p.entry_id = e.id)"
    )


def stock_never_negative(reader: Reader) -> list[Finding]:
    """No place that holds goods holds less than nothing."""
    rows = reader.all(
        "SELECT p.code, p.name, v.place, v.quantity, v.value_fen FROM v_place v"
        " JOIN product p ON p.id = v.product_id"
        " WHERE v.place NOT IN ('@counted', '@supplier') AND (v.quantity < 0 OR v.value_fen < 0)"
        " ORDER BY p.code, v.place"
    )
    return [
        Finding(
            "stock_never_negative",
            row["code"],
            _("{name} at {place}: {quantity} base units worth {value}").format(
                name=row["name"],
                place=row["place"],
                quantity=row["quantity"],
                value=Money(row["value_fen"]),
            ),
            ("CRH-DAT-02",),
            f"kac stock check {row['code']}",
        )
        for row in rows
    ]


def stock_value_equals_accounts(reader: Reader) -> list[Finding]:
    """What goods are worth by their moves is what the accounts of goods say."""
    places = {
        INVENTORY: f"(v.place NOT LIKE '@%' OR v.place = '{ROAD}')",
        SHIPPED: f"v.place = '{TRANSIT}'",
        RETURNED_GOODS: f"v.place = '{RETURNED}'",
    }
    found = []
    for account, where in places.items():
        moved = reader.value(f"SELECT coalesce(sum(v.value_fen), 0) FROM v_place v WHERE {where}")
        booked = balance(reader, account)
        if moved != booked:
            says = _("account {account} {name}: booked {booked}, goods are worth {moved}").format(
                account=account,
                name=_(ACCOUNTS[account]),
                booked=Money(booked),
                moved=Money(moved),
            )
            found.append(
                Finding("stock_value_equals_accounts", account, says, ("CRH-DAT-02", "RTL-DUT-08"))
            )
    return found


def balance(reader: Reader, account: str) -> int:
    """Debits less credits of an account, in fen."""
    return int(
        reader.value(
            "SELECT coalesce((SELECT sum(amount_fen) FROM posting WHERE debit = :account), 0)"
            " - coalesce((SELECT sum(amount_fen) FROM posting WHERE credit = :account), 0)",
            account=account,
        )
    )


CHECKS: tuple[Callable[[Reader], list[Finding]], ...] = (
    trial_balance,
    stock_never_negative,
    stock_value_equals_accounts,
)
