"""Verbs of prices: propose others for goods on file, confirm them, reject them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kac.core.errors import BadInput, Refused
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.catalogue import actions as catalogue
from kac.desk.catalogue.queries import find as find_product
from kac.desk.prices import queries, rules
from kac.desk.prices.rules import Price, SheetFacts
from kac.desk.staff.actions import require


def propose(
    work: Work, product: str, cost: Money | None, list_price: Money | None, reason: str
) -> Outcome:
    """Propose another cost or list price of one product; a second person is asked (A-56)."""
    require(work, "price.propose")
    why = required_text(reason, field=_("reason"))
    row = find_product(work.reader, product)
    now = Price(row["cost_fen"], row["list_price_fen"])
    wished = Price(
        now.cost_fen if cost is None else cost.fen,
        now.list_price_fen if list_price is None else list_price.fen,
    )
    if min(wished.cost_fen, wished.list_price_fen) < 0:
        raise BadInput(_("a price is not negative"), code="E-VAL-010")
    sheet = write_down(work, {row["id"]: wished}, reason=why)
    if not sheet.waiting:
        raise BadInput(
            _("{code} has this price, or it waits for a second person already").format(
                code=row["code"]
            ),
            code="E-PRI-001",
            fix=[f"kac product show {row['code']}"],
        )
    document = {"number": sheet.number, "state": "waiting", "products": list(sheet.waiting)}
    return Outcome(document, (told(sheet),), (f"kac price confirm {sheet.number}",))


def told(sheet: SheetFacts) -> str:
    """What to say of prices just proposed."""
    return _("{number}: prices that wait for a second person ({count}): {codes}").format(
        number=sheet.number, count=len(sheet.waiting), codes=rules.named(sheet.waiting)
    )


def write_down(
    work: Work, wished: Mapping[int, Price], *, source: str = "", reason: str = ""
) -> SheetFacts:
    """Write a sheet of the prices that differ from those in force; nothing waits where none does.

    A price that waits already is not asked for twice; another one takes its place. The caller has
    judged who may do this. Shared with imports, which name themselves as the `source`.
    """
    from kac.desk.prices.tables import PriceSheet, PriceSheetLine

    now = queries.in_file(work.reader, tuple(wished))
    new = {key: price for key, price in wished.items() if _is_new(work, key, price, now[key])}
    if not new:
        return SheetFacts("", work.actor.code, ())
    policy = work.policy()
    sheet = work.add(
        PriceSheet(
            number=work.number(queries.KIND),
            source=source,
            reason=reason,
            proposed_by=work.actor.code,
            policy_set=policy.set,
            policy_version=policy.version,
            on_day=work.on,
            at=work.now,
        )
    )
    work.add_all(
        [
            PriceSheetLine(
                price_sheet_id=sheet.id,
                product_id=key,
                old_cost_fen=now[key].cost_fen,
                old_list_price_fen=now[key].list_price_fen,
                cost_fen=price.cost_fen,
                list_price_fen=price.list_price_fen,
            )
            for key, price in new.items()
        ]
    )
    work.record("propose", sheet.number, source=source, prices=len(new), reason=reason)
    return queries.facts(work.reader, queries.find(work.reader, sheet.number, work.speaker))


def now(work: Work) -> dict[int, Price]:
    """What all goods on file cost and list for, by product."""
    return queries.in_file(work.reader)


def _is_new(work: Work, product_id: int, wished: Price, now: Price) -> bool:
    if wished == now:
        return False
    waits = queries.waiting_for(work.reader, product_id)
    return waits is None or wished != Price(waits["cost_fen"], waits["list_price_fen"])


def confirm(work: Work, reference: str, products: Sequence[str] = ()) -> Outcome:
    """Let proposed prices take effect from this day on; never by the one who proposed them.

    `products` confirms some of a sheet. Orders that are handed in keep the prices they have.
    """
    require(work, "price.confirm")
    row = queries.find(work.reader, reference, work.speaker)
    rules.refuse_own(queries.facts(work.reader, row), work.actor.code)
    lines = _chosen(work, row, products)
    for line in lines:
        catalogue.reprice(work, line["product_id"], line["cost_fen"], line["list_price_fen"])
    return _decided(work, row, lines, "confirmed", safe_text(work.note, field=_("note")))


def reject(work: Work, reference: str, reason: str, products: Sequence[str] = ()) -> Outcome:
    """Refuse proposed prices; who proposed them may take them back so."""
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    if row["proposed_by"] != work.actor.code:
        require(work, "price.reject")
    return _decided(work, row, _chosen(work, row, products), "rejected", why)


def withdraw(work: Work, source: str, why: str) -> None:
    """Reject all that an import proposed, while nobody has decided any of it.

    Refused (E-IMP-010) where a second person has. The caller has judged who may.
    """
    row = work.reader.first("SELECT * FROM v_price_sheet WHERE source = :source", source=source)
    if row is None:
        return
    decided = [
        line for line in queries.lines(work.reader, row["id"])
        if line["state"] in ("confirmed", "rejected")
    ]  # fmt: skip
    if decided:
        raise Refused(
            _("work stands on what was imported"),
            code="E-IMP-010",
            cause=[
                _("{code} of {number} is decided").format(code=line["code"], number=row["number"])
                for line in decided[:10]
            ],
        )
    if waiting := queries.waiting(work.reader, row["id"]):
        _decided(work, row, waiting, "rejected", why)


def _chosen(work: Work, row: Row, products: Sequence[str]) -> list[Row]:
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    waiting = queries.waiting(work.reader, row["id"])
    if products:
        wanted = {find_product(work.reader, each)["code"] for each in products}
        waiting = [line for line in waiting if line["code"] in wanted]
        if strange := sorted(wanted - {line["code"] for line in waiting}):
            raise _nothing_waits(row, strange)
    if not waiting:
        raise _nothing_waits(row, [])
    return waiting


def _nothing_waits(row: Row, codes: Sequence[str]) -> Refused:
    says = _("{number} has no price that waits").format(number=row["number"])
    if codes:
        says = _("{number} has no price that waits for {codes}").format(
            number=row["number"], codes=", ".join(codes)
        )
    return Refused(says, code="E-PRI-002", rules=["A-56"], fix=[f"kac price show {row['number']}"])


def _decided(work: Work, row: Row, lines: Sequence[Row], verdict: str, reason: str) -> Outcome:
    from kac.desk.prices.tables import PriceDecision

    work.add_all(
        [
            PriceDecision(
                price_sheet_line_id=line["id"],
                verdict=verdict,
                staff=work.actor.code,
                reason=reason,
                on_day=work.on,
                at=work.now,
            )
            for line in lines
        ]
    )
    codes = [line["code"] for line in lines]
    verb = "confirm" if verdict == "confirmed" else "reject"
    work.record(verb, row["number"], products=",".join(codes), reason=reason)
    after = queries.find(work.reader, row["number"], work.speaker)
    says = _("{number}: prices in force from {day} ({count}): {codes}")
    if verdict == "rejected":
        says = _("{number}: prices rejected ({count}): {codes}")
    said = says.format(
        number=row["number"], count=len(codes), day=work.on, codes=rules.named(codes)
    )
    document = {
        "number": row["number"],
        "state": after["state"],
        "products": codes,
        "waiting": after["waiting"],
    }
    return Outcome(document, (said,), (f"kac price show {row['number']}",))
