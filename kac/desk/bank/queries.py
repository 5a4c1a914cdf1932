"""Reading bank statements: their lines, the payments they may prove, and what is left over."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from kac.core.errors import NotFound
from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money, format_fen
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.bank import rules
from kac.desk.bank.policy import BankPolicy
from kac.desk.bank.rules import Candidate, Known, OpenLine, OpenPayment
from kac.desk.payments.states import PAYMENT


def find_line(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The statement line meant by its number or by the bank's own reference."""
    rows = reader.all("SELECT * FROM v_bank_line WHERE reference = :word", word=reference.strip())
    if len(rows) == 1:
        return rows[0]
    if len(rows) > 1:
        raise NotFound(
            _("{reference} is the reference of {count} statement lines").format(
                reference=reference.strip(), count=len(rows)
            ),
            cause=[row["number"] for row in rows],
            fix=[f"kac reconcile show {rows[0]['number']}"],
        )
    number = resolve(reader, "YH", "bank_line", reference, speaker)
    return reader.one("SELECT * FROM v_bank_line WHERE number = :number", number=number)


def policy_of(reader: Reader, on: date) -> BankPolicy:
    """How statements are matched on a day."""
    return policybook.in_force(reader, policybook.DESK, on).section("bank", BankPolicy)


def listing(reader: Reader, open_only: bool = False) -> list[dict[str, Any]]:
    """Statement lines with what became of them, the newest first."""
    lines = reader.all(
        "SELECT b.*, b.received_fen - b.used_fen AS open_fen FROM v_bank_line b"
        " WHERE :open = 0 OR b.received_fen > b.used_fen ORDER BY b.id DESC",
        open=int(open_only),
    )
    settled = _matches(reader)
    return [dict(line) | _became(settled.get(line["id"], [])) for line in lines]


def _matches(reader: Reader) -> dict[int, list[Row]]:
    """The matches that stand, by line."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in reader.all(
        "SELECT m.bank_line_id, m.how, m.reason, coalesce(y.number, '') AS payment"
        " FROM v_bank_match m LEFT JOIN v_payment y ON y.id = m.payment_id ORDER BY m.id"
    ):
        found[row["bank_line_id"]].append(row)
    return found


def _became(matches: list[Row]) -> dict[str, str]:
    return {
        "how": matches[0]["how"] if matches else "",
        "payment": ", ".join(row["payment"] for row in matches if row["payment"]),
        "reason": "; ".join(dict.fromkeys(row["reason"] for row in matches if row["reason"])),
    }


def history(reader: Reader, line_id: int) -> list[Row]:
    """Everything that was ever said of a line, in the order in which it was."""
    return reader.all(
        "SELECT m.id, coalesce(y.number, z.number, '') AS payment, m.how, m.line_fen,"
        " m.payment_fen, m.fee_fen, m.score, m.reason, m.by, m.at,"
        " EXISTS (SELECT 1 FROM bank_match r WHERE r.reverses_id = m.id) AS taken_back"
        " FROM bank_match m LEFT JOIN v_payment y ON y.id = m.payment_id"
        " LEFT JOIN bank_match o ON o.id = m.reverses_id"
        " LEFT JOIN v_payment z ON z.id = o.payment_id"
        " WHERE m.bank_line_id = :id ORDER BY m.id",
        id=line_id,
    )


def standing(reader: Reader, line_id: int) -> list[Row]:
    """The matches of a line that nobody has taken back."""
    return reader.all(
        "SELECT m.*, coalesce(y.number, '') AS payment, coalesce(y.method, '') AS method"
        " FROM v_bank_match m LEFT JOIN v_payment y ON y.id = m.payment_id"
        " WHERE m.bank_line_id = :id ORDER BY m.id",
        id=line_id,
    )


def open_lines(reader: Reader) -> list[OpenLine]:
    """Receipts on statements of which something is not used yet.

    What the hypermarket settled under the same number and amount is proved by it (HYP-FIN-12).
    """
    rows = reader.all(
        "SELECT b.* FROM v_bank_line b WHERE b.received_fen > b.used_fen"
        " AND NOT EXISTS (SELECT 1 FROM taking t WHERE t.state = 'settled' AND t.funds <> 'cash'"
        " AND upper(t.reference) = upper(b.reference) AND t.amount_fen = b.received_fen)"
        " ORDER BY b.id"
    )
    return [
        OpenLine(
            row["id"],
            row["number"],
            row["channel"],
            row["reference"],
            date.fromisoformat(row["day"]),
            row["summary"],
            row["counterparty"],
            row["counterparty_account"],
            row["received_fen"] - row["used_fen"],
        )
        for row in rows
    ]


# What a payment still needs proved; the methods of the desk that no statement shows are left out.
# The few that need something are found in the table, before the view is asked about them.
_PROVED = "SELECT coalesce(sum(m.payment_fen), 0) FROM v_bank_match m WHERE m.payment_id = y.id"
_UNPROVED = (
    f"SELECT y.*, ({_PROVED}) AS proved_fen FROM v_payment y"
    " WHERE y.id IN (SELECT y.id FROM payment y WHERE y.state IN ('received', 'verified')"
    f" AND y.amount_fen > ({_PROVED}))"
)


def open_payments(reader: Reader, policy: BankPolicy) -> list[OpenPayment]:
    """Payments that leave a trace on statements, with what of each no line proves yet."""
    quotable = _quotable(reader)
    return [
        OpenPayment(
            row["id"],
            row["number"],
            (row["number"], *quotable.get(row["id"], ())),
            policy.channels[row["method"]],
            row["reference"] or "",
            row["payer"],
            date.fromisoformat(row["on_day"]),
            row["amount_fen"] - row["proved_fen"],
        )
        for row in reader.all(f"{_UNPROVED} AND NOT y.opening ORDER BY y.id")
        if row["method"] in policy.channels and row["amount_fen"] > row["proved_fen"]
    ]


def _quotable(reader: Reader) -> dict[int, list[str]]:
    """The numbers of the orders that each payment is for, ours and the customer's own."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in reader.all(
        "SELECT DISTINCT a.payment_id AS id, o.number, o.external_number FROM v_allocation a"
        " JOIN sales_order o ON o.id = a.order_id"
    ):
        found[row["id"]] += [word for word in (row["number"], row["external_number"]) if word]
    return found


def proved_fen(reader: Reader, payment_id: int) -> int:
    """How much of a payment statements prove."""
    return int(
        reader.value(
            "SELECT coalesce(sum(payment_fen), 0) FROM v_bank_match WHERE payment_id = :id",
            id=payment_id,
        )
    )


def known(reader: Reader) -> Known:
    """What the links that stand teach, and which pairs people have taken apart."""
    payers: dict[str, set[str]] = defaultdict(set)
    for row in reader.all(
        "SELECT DISTINCT b.counterparty_account, b.counterparty, y.payer FROM v_bank_match m"
        " JOIN bank_line b ON b.id = m.bank_line_id JOIN v_payment y ON y.id = m.payment_id"
        " WHERE b.counterparty <> '' AND y.payer <> ''"
    ):
        payers[row["counterparty_account"] or row["counterparty"]].add(row["payer"])
    parted = reader.all(
        "SELECT m.bank_line_id, m.payment_id FROM bank_match r"
        " JOIN bank_match m ON m.id = r.reverses_id WHERE m.payment_id IS NOT NULL"
    )
    return Known(
        {key: frozenset(names) for key, names in payers.items()},
        frozenset((row[0], row[1]) for row in parted),
    )


def certain(reader: Reader, policy: BankPolicy) -> list[Candidate]:
    """What would be linked by itself now."""
    lines = open_lines(reader)
    if not lines:
        return []
    return rules.match(lines, open_payments(reader, policy), policy, known(reader))


def offered(reader: Reader, line_id: int, policy: BankPolicy) -> list[Candidate]:
    """What a person may link a line to, the likeliest first; nothing for a line that is used."""
    lines = open_lines(reader)
    offers = rules.Offers(lines, open_payments(reader, policy), policy, known(reader))
    return [candidate for line in lines if line.id == line_id for candidate in offers.of(line)]


def bank_receipts_are_recorded(reader: Reader, on: date) -> list[Finding]:
    """Every receipt on a statement proves a payment, or somebody said why it does not."""
    policy, lines = policy_of(reader, on), open_lines(reader)
    if not lines:
        return []
    offers = rules.Offers(lines, open_payments(reader, policy), policy, known(reader))
    found = []
    for line in lines:
        says = _("{amount} from {payer} on the statement ({reference})").format(
            amount=format_fen(line.amount_fen),
            payer=line.counterparty or "?",
            reference=line.reference or "-",
        )
        candidates = offers.of(line)
        told, command = _advice(candidates) if candidates else ("", "")
        says += "; " + (told or _("no payment of this amount"))
        command = command or _way_to_settle(reader, line)
        found.append(
            Finding("bank_receipts_are_recorded", line.number, says, ("RTL-DUT-07",), command)
        )
    return found


def _advice(candidates: list[Candidate]) -> tuple[str, str]:
    """What a person may link a line to, and the command that links the likeliest."""
    best = candidates[0]
    exact = [each for each in candidates if not each.difference_fen and len(each.payments) == 1]
    if exact:
        numbers = ", ".join(each.numbers[0] for each in exact)
        return _("same amount: {numbers}").format(numbers=numbers), link_command(exact[0])
    if best.difference_fen:
        told = _("{payment} is {difference} more: a charge?").format(
            payment=best.numbers[0], difference=Money(best.difference_fen)
        )
        return told, link_command(best)
    told = _("together: {numbers}").format(numbers=", ".join(best.numbers))
    return told, link_command(best)


def link_command(candidate: Candidate) -> str:
    """The command that links a line to what it may prove."""
    fee = candidate.difference_fen
    charge = f" --fee {Money(fee).plain()}" if fee else ""
    return f"kac reconcile link {candidate.line.number} {' '.join(candidate.numbers)}{charge}"


def _way_to_settle(reader: Reader, line: OpenLine) -> str:
    """A customer's money is recorded; what somebody else paid is set aside with a reason."""
    customer = reader.first("SELECT 1 FROM customer WHERE name = :name", name=line.counterparty)
    if customer is None:
        return f"kac reconcile ignore {line.number} --reason …"
    yuan = Money(line.amount_fen).plain()
    return f"kac payment record ORDER --amount {yuan} --ref {line.reference or '…'}"


def transfers_are_on_the_statement(reader: Reader, on: date) -> list[Finding]:
    """Verified money of the days that statements of its channel cover is on one of them."""
    channels = policy_of(reader, on).channels
    covered = {
        row["channel"]: row["last_day"]
        for row in reader.all(
            "SELECT channel, max(day) AS last_day FROM bank_line GROUP BY channel"
        )
    }
    rows = reader.all(f"{_UNPROVED} AND y.state = 'verified' AND NOT y.opening ORDER BY y.id")
    return [
        Finding(
            "transfers_are_on_the_statement",
            row["number"],
            _("{amount} for {order}, reference {reference}, is on no statement").format(
                amount=Money(row["amount_fen"] - row["proved_fen"]),
                order=row["order_number"] or row["customer_name"],
                reference=row["reference"] or "-",
            ),
            ("RTL-DUT-07", "RTL-PAY-03"),
            f"kac payment show {row['number']}",
        )
        for row in rows
        if row["amount_fen"] > row["proved_fen"]
        and row["on_day"] <= covered.get(channels.get(row["method"], ""), "")
    ]


def lines_are_used_once(reader: Reader, _on: date) -> list[Finding]:
    """No line proves more than it is, and no payment is proved beyond what it is."""
    rows = reader.all(
        "SELECT b.number, b.received_fen AS is_fen, b.used_fen FROM v_bank_line b"
        " WHERE b.used_fen > b.received_fen"
        " UNION ALL SELECT t.number, t.amount_fen, t.proved_fen FROM"
        f" (SELECT y.number, y.amount_fen, ({_PROVED}) AS proved_fen FROM payment y) t"
        " WHERE t.proved_fen > t.amount_fen"
    )
    return [
        Finding(
            "lines_are_used_once",
            row["number"],
            _("{number} is {amount}, and {used} of it is matched").format(
                number=row["number"], amount=Money(row["is_fen"]), used=Money(row["used_fen"])
            ),
            ("RTL-DUT-07", "CRH-DAT-02"),
            "kac audit verify",
        )
        for row in rows
    ]


def proved_money_stands(reader: Reader, _on: date) -> list[Finding]:
    """No line proves money that was taken back since."""
    rows = reader.all(
        "SELECT b.number, y.number AS payment, y.state FROM v_bank_match m"
        " JOIN bank_line b ON b.id = m.bank_line_id JOIN v_payment y ON y.id = m.payment_id"
        " WHERE y.state NOT IN ('received', 'verified') ORDER BY m.id"
    )
    return [
        Finding(
            "proved_money_stands",
            row["number"],
            _("it proves {payment}, which is {state} since").format(
                payment=row["payment"], state=PAYMENT.label(row["state"])
            ),
            ("RTL-DUT-07",),
            f"kac reconcile unlink {row['number']} --reason …",
        )
        for row in rows
    ]
