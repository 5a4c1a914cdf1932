"""Verbs of the order table: make it, or the simple list; bring it up to date, print it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kac.core.calendar import local_text, parse_instant
from kac.core.errors import BadInput, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.policybook import version as version_of
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.margins.rules import margin_not_negative
from kac.desk.orders import queries as orders
from kac.desk.orders import rules as order_rules
from kac.desk.papers import actions as papers
from kac.desk.papers.rules import HOLDERS
from kac.desk.staff.actions import require
from kac.desk.tabulations import queries, rules
from kac.desk.tabulations.queries import Told
from kac.desk.tabulations.rules import TableLine


@dataclass(frozen=True)
class Described:
    """What the clerk found out of goods, by line of the form: brand and packaging (GPA-TAB-02)."""

    brands: Mapping[int, str]
    packagings: Mapping[int, str]


NOTHING = Described({}, {})


def new(work: Work, reference: str, described: Described = NOTHING) -> Outcome:
    """Tabulate an order that was accepted; late is told, never refused.

    GPA-ORD-01, GPA-TAB-01, GPA-TAB-02, A-51, A-66.
    """
    require(work, "table.new")
    order = orders.find(work.reader, reference, work.speaker)
    work.require_not_before(orders.latest_day(work.reader, order), order["number"])
    _refuse_unaccepted(order)
    if known := queries.of_order(work.reader, order["id"]):
        raise _there_is(order["number"], known["number"])
    _check(work, described, [line.line for line in queries.form_lines(work.reader, order["id"])])
    accepted = queries.accepted_at(work.reader, order)
    policy = queries.policy(orders.policy(work.reader, order))
    row = _made(work, order, rules.TABLE, "", None, (accepted, rules.due_at(accepted, policy)))
    return _write(work, row, "", described)


def simple(work: Work, slip: Row, reason: str = "") -> Outcome:
    """List the goods of a slip for the customer where the order has no table (GPA-TAB-03, -04).

    `slip` is a row of v_dispatch. An order that is neither small nor mixed needs a reason (A-20).
    """
    require(work, "table.simple")
    order = orders.by_id(work.reader, slip["order_id"])
    work.require_not_before(orders.latest_day(work.reader, order), order["number"])
    why = safe_text(reason, field=_("reason"))
    known = queries.of_order(work.reader, order["id"]) or queries.of_slip(work.reader, slip["id"])
    if known:
        raise _there_is(slip["number"], known["number"])
    if slip["state"] != "issued":
        raise Refused(
            _("{number}: its goods are not here any more").format(number=slip["number"]),
            code="E-STA-001",
            rules=["GPA-TAB-04"],
            fix=[f"kac dispatch show {slip['number']}"],
        )
    policy = queries.policy(orders.policy(work.reader, order))
    lines = queries.form_lines(work.reader, order["id"])
    require_open(
        [rules.may_be_simple(order["number"], lines, why, policy)],
        _("no simple list for {number}").format(number=slip["number"]),
        refs={"dispatch": slip["number"], "order": order["number"]},
    )
    row = _made(work, order, rules.LIST, why, slip["id"], (work.now, work.now))
    return _write(work, row, "", NOTHING)


def update(work: Work, reference: str, described: Described = NOTHING) -> Outcome:
    """Make the next version from the prices of the till receipts; earlier ones stay.

    GPA-UPD-01, C-08: prices never rise above the form's, nothing goes below cost, and lower
    prices are signed for anew.
    """
    require(work, "table.update")
    row = queries.find(work.reader, reference, work.speaker)
    order = orders.by_id(work.reader, row["order_id"])
    work.require_not_before(orders.latest_day(work.reader, order), row["number"])
    form = queries.form_of(work.reader, row)
    _check(work, described, [line.line for line in form])
    told = described.brands or described.packagings
    if not told and queries.in_force(work.reader, row) == queries.should_be(work.reader, row):
        raise Refused(
            _("{number} is as it was rung: nothing to correct").format(number=row["number"]),
            code="E-TAB-002",
            rules=["GPA-UPD-01"],
            fix=[f"kac table show {row['number']}"],
        )
    slip = row["dispatch_id"] if row["kind"] == rules.LIST else None
    receipts = [each.receipt for each in queries.rung(work.reader, row["order_id"], slip)]
    why = _("till receipt {receipts}").format(receipts=", ".join(receipts))
    return _write(work, row, why if receipts else _("the form was changed"), described)


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print the version in force: a table for clerk and floor supervisor, a list for the customer.

    GPA-TAB-05, GPA-TAB-04. The first printing of a version needs no reason.
    """
    require(work, "table.print")
    row = queries.find(work.reader, reference, work.speaker)
    policy = queries.policy(version_of(work.reader, row["policy_set"], row["policy_version"]))
    holders = ("customer",) if row["kind"] == rules.LIST else policy.copies
    why = safe_text(reason, field=_("reason"))
    if not why and row["version"] > 1 and not queries.printed(work.reader, row):
        why = _("version {version}").format(version=row["version"])
    copies = {each: each for each in holders}
    printing = papers.hand_out(work, row["number"], queries.PAPER, copies, why)
    work.record("print", row["number"], printing=printing, reason=why)
    says = _("{number}: version {version} printed for {holders}").format(
        number=row["number"],
        version=row["version"],
        holders=", ".join(_(HOLDERS[each]) for each in holders),
    )
    return Outcome({**_document(row), "printing": printing}, (says,))


def _made(
    work: Work,
    order: Row,
    kind: str,
    reason: str,
    dispatch_id: int | None,
    times: tuple[datetime, datetime],
) -> Told:
    from kac.desk.tabulations.tables import OrderTable

    table = work.add(
        OrderTable(
            number=work.number(queries.KIND),
            kind=kind,
            order_id=order["id"],
            dispatch_id=dispatch_id,
            reason=reason,
            accepted_at=times[0],
            due_at=times[1],
            prepared_by=work.actor.code,
            policy_set=order["policy_set"],
            policy_version=order["policy_version"],
            on_day=work.on,
            at=work.now,
        )
    )
    row = work.reader.one("SELECT *, 0 AS version FROM order_table WHERE id = :id", id=table.id)
    return dict(row)


def _write(work: Work, row: Told, reason: str, described: Described) -> Outcome:
    """The next version of a table, with the signatures that its prices ask for."""
    from kac.desk.tabulations.tables import OrderTableVersion

    order = orders.by_id(work.reader, row["order_id"])
    form, lines = queries.form_of(work.reader, row), queries.should_be(work.reader, row)
    priced = rules.priced(form, lines)
    require_open(
        [
            rules.no_price_rises(order["number"], form, lines),
            margin_not_negative("", [line.margin_facts for line in priced]),
        ],
        _("the table of {number} cannot be made so").format(number=order["number"]),
        refs={"order": order["number"]},
    )
    # After this point the version must be written.
    total = sum(line.amount_fen for line in lines)
    made = work.add(
        OrderTableVersion(
            order_table_id=row["id"],
            version=row["version"] + 1,
            revision=order["revision"],
            reason=reason,
            total_fen=total,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    _write_lines(work, made.id or 0, row, lines, described)
    work.record("tabulate", row["number"], version=made.version, total_fen=total)
    request = ""
    if rules.differs(form, lines):
        policies = orders.policies(orders.policy(work.reader, order))
        maker = ", ".join(dict.fromkeys((order["prepared_by"], work.actor.code)))
        subject = Subject(
            kind="order_table",
            number=row["number"],
            revision=made.version,
            maker=maker,
            policy_set=order["policy_set"],
            policy_version=order["policy_version"],
            total_fen=total,
            customer_id=order["customer_id"],
        )
        approvals.supersede(work, row["number"], reason)
        frozen = {"order": order["number"], "version": made.version, "total_fen": total}
        request = approvals.request(work, subject, order_rules.route(priced, policies), frozen)
    return _told(work, row["number"], request)


def _write_lines(
    work: Work, version_id: int, row: Told, lines: Sequence[TableLine], described: Described
) -> None:
    from kac.desk.tabulations.tables import OrderTableLine

    before = {
        line["order_line"]: line for line in queries.lines(work.reader, row["id"], row["version"])
    }
    goods = {line.line: line.product_id for line in queries.form_of(work.reader, row)}

    def kept(line: int, told: Mapping[int, str], name: str) -> str:
        known = before[line][name] if line in before else ""
        return told.get(line, str(known))

    work.add_all(
        [
            OrderTableLine(
                version_id=version_id,
                line=number,
                order_line=each.order_line,
                product_id=goods[each.order_line],
                brand=kept(each.order_line, described.brands, "brand"),
                packaging=kept(each.order_line, described.packagings, "packaging"),
                quantity=each.quantity,
                unit_price_fen=each.unit_price_fen,
                amount_fen=each.amount_fen,
                receipt=each.receipt,
            )
            for number, each in enumerate(lines, start=1)
        ]
    )


def _told(work: Work, number: str, request: str) -> Outcome:
    row = queries.find(work.reader, number, work.speaker)
    form = sum(line.amount_fen for line in queries.form_of(work.reader, row))
    says = [
        _("{number} version {version} of {order}: {total}").format(
            number=number,
            version=row["version"],
            order=row["order_number"],
            total=Money(row["total_fen"]),
        )
    ]
    document = _document(row)
    if document["state"] == "late":
        says.append(
            _("late: {order} was accepted at {accepted}, the table was due at {due}").format(
                order=row["order_number"],
                accepted=local_text(parse_instant(row["accepted_at"])),
                due=local_text(parse_instant(row["due_at"])),
            )
        )
    if less := form - row["total_fen"]:
        says.append(_("{amount} less than the form").format(amount=Money(less)))
    if request:
        says.append(_("{request} is asked for its prices").format(request=request))
        document["approval"] = request
    return Outcome(document, tuple(says), (f"kac table print {number}",))


def _document(row: Told) -> dict[str, object]:
    return {
        "number": row["number"],
        "state": row["state"],
        "kind": row["kind"],
        "version": row["version"],
        "order": row["order_number"],
        "total": Money(row["total_fen"]).plain(),
    }


def _check(work: Work, described: Described, known: Sequence[int]) -> None:
    """Brand and packaging are of lines that are there, and say something."""
    for told in (described.brands, described.packagings):
        for line, text in told.items():
            required_text(text, field=_("brand or packaging"), longest=40)
            if line not in known:
                raise BadInput(
                    _("line {line}: not on the form").format(line=line),
                    code="E-TAB-003",
                    cause=[_("lines: {lines}").format(lines=", ".join(map(str, known)))],
                )


def _refuse_unaccepted(order: Row) -> None:
    if order["state"] in ("draft", "collecting", "voided"):
        raise Refused(
            _("{number} is not accepted: it is not handed in, or it is void").format(
                number=order["number"]
            ),
            code="E-TAB-004",
            rules=["GPA-ORD-01", "GPA-TAB-01"],
            fix=[f"kac order submit {order['number']}"] if order["state"] == "draft" else [],
        )


def _there_is(of: str, number: str) -> Refused:
    return Refused(
        _("{of} has {number} already").format(of=of, number=number),
        code="E-TAB-001",
        rules=["GPA-UPD-01", "C-08"],
        fix=[f"kac table update {number}", f"kac table show {number}"],
    )
