"""Covers: one exposure that is the sum of its documents, and goods that go before the money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.gates import Gate
from kac.core.money import Money
from kac.desk.contracts.policy import SecurityPolicy
from kac.desk.covers import rules
from kac.desk.covers.exposure import PARTS, Allocated, Exposure, Part, Sale, exposure
from kac.desk.covers.rules import (
    Agreement,
    CoverFacts,
    Letter,
    Pickup,
    month_fen,
    waiting_fen,
)
from kac.desk.guarantees.rules import due_ahead, responsible, sold_on_credit
from kac.desk.limits.rules import Limit, good_standing, holds, left_fen
from kac.desk.payments.rules import MoneyFacts, deposit_first, goods_may_go, settled
from kac.desk.securities import postings
from kac.desk.securities.rules import HeldFacts, free_to_go
from kac.ledger.chart import BANK, SECURITY_DEPOSITS, UNVERIFIED

from .facts import MAY, RETAIL, TODAY, shut

SALE = 30_000_00
LIMIT = Limit("ED1", SALE, TODAY + timedelta(days=30), "finance", ("deputy_general_manager",))
LETTER = Letter("DB1", "gp_specialist", SALE, TODAY + timedelta(days=30))
FACTS = CoverFacts("DD1", "KH0001", "宏达电器厂", "credit", LIMIT, 0, LETTER, ("supervisor",))

STATES = ("draft", "submitted", "reviewed", "slip_issued", "delivered", "closed", "voided")
METHODS = ("transfer", "cheque", "cash")


@st.composite
def books(draw: st.DrawFn) -> tuple[list[Sale], list[Allocated]]:
    """Orders of a customer in any state, with money for them that is never too much."""
    sales, money = [], []
    for place in range(draw(st.integers(0, 6))):
        total = draw(st.integers(0, 10**7))
        terms = draw(st.sampled_from(("prepaid", "credit", "monthly")))
        sales.append(Sale(f"DD{place}", draw(st.sampled_from(STATES)), terms, total))
        left = total
        for nth in range(draw(st.integers(0, 3))):
            part = draw(st.integers(0, left))
            left -= part
            if part:
                method, seen = draw(st.sampled_from(METHODS)), draw(st.booleans())
                money.append(Allocated(f"SK{place}{nth}", f"DD{place}", method, seen, part))
    return sales, money


def counts(sale: Sale) -> bool:
    return sale.state in ("delivered", "closed") or (
        sale.state in ("reviewed", "slip_issued") and sale.terms in ("credit", "monthly")
    )


@given(books())
def test_exposure_is_the_sum_of_its_documents_and_counts_nothing_twice(found):
    """A-65: what is delivered or approved on credit, less the money that finance has seen."""
    sales, money = found
    whole = exposure(sales, money)
    seen = {sale.number: 0 for sale in sales}
    for each in money:
        seen[each.order] += each.amount_fen if each.verified else 0
    open_fen = sum(sale.total_fen - seen[sale.number] for sale in sales if counts(sale))
    assert whole.total_fen == open_fen == sum(part.amount_fen for part in whole.parts)
    assert whole.total_fen == sum(whole.of(kind) for kind in PARTS)
    assert whole.total_fen >= 0
    documents = [(part.kind, part.document, part.order) for part in whole.parts]
    assert len(documents) == len(set(documents))


@given(books(), st.randoms())
def test_the_order_of_events_does_not_matter(found, shuffler):
    """A-65."""
    sales, money = found
    before = exposure(sales, money)
    shuffler.shuffle(sales)
    shuffler.shuffle(money)
    assert exposure(sales, money) == before


@given(books())
def test_a_sale_is_judged_beside_everything_else(found):
    """A-65: the exposure of all is that of one order and of the rest."""
    sales, money = found
    whole = exposure(sales, money)
    for sale in sales:
        own = exposure([sale], [each for each in money if each.order == sale.number])
        assert whole.beside(sale.number).total_fen + own.total_fen == whole.total_fen


@given(books())
def test_delivering_moves_an_approved_sale_from_one_part_to_another(found):
    """RTL-CTL-01: signing for goods on credit neither raises nor lowers what is owed in all."""
    sales, money = found
    before = exposure(sales, money).total_fen
    gone = [
        replace(sale, state="delivered")
        if sale.state in ("reviewed", "slip_issued") and sale.terms != "prepaid"
        else sale
        for sale in sales
    ]
    assert exposure(gone, money).total_fen == before


def test_the_parts_are_named_and_add_up():
    """10,000.00 delivered with 3,000.00 by a cheque; 5,000.00 approved with 1,000.00 seen."""
    sales = [
        Sale("DD1", "delivered", "credit", 10_000_00),
        Sale("DD2", "reviewed", "monthly", 5_000_00),
        Sale("DD3", "reviewed", "prepaid", 8_000_00),
        Sale("DD4", "submitted", "credit", 9_000_00),
    ]
    money = [
        Allocated("SK1", "DD1", "cheque", False, 3_000_00),
        Allocated("SK2", "DD2", "transfer", True, 1_000_00),
        Allocated("SK3", "DD3", "transfer", True, 2_400_00),
    ]
    assert exposure(sales, money).parts == (
        Part("receivable", "DD1", "DD1", 7_000_00),
        Part("undelivered", "DD2", "DD2", 5_000_00),
        Part("allocated", "SK2", "DD2", -1_000_00),
        Part("cheque", "SK1", "DD1", 3_000_00),
    )
    assert exposure(sales, money).total_fen == 14_000_00


def test_a_cheque_that_clears_lowers_the_exposure_and_one_that_bounces_does_not():
    """RTL-CTL-06: until the bank has it, nothing is paid."""
    sale = [Sale("DD1", "delivered", "credit", SALE)]
    cheque = Allocated("SK1", "DD1", "cheque", False, SALE)
    assert exposure(sale, [cheque]).total_fen == SALE
    assert exposure(sale, []).total_fen == SALE
    assert exposure(sale, [replace(cheque, verified=True)]) == Exposure()


def go(facts: CoverFacts, owed: int = SALE, today: date = TODAY) -> list[Gate]:
    return rules.to_go(facts, owed, owed, MAY, today)


def test_letter_and_limit_together_send_the_goods():
    """SC-22, A-65, RTL-PRI-03, RTL-PRI-04."""
    assert shut(go(FACTS)) == []
    assert shut(go(replace(FACTS, letter=None))) == ["guaranteed"]
    assert shut(go(replace(FACTS, limit=None))) == ["credit_covers"]
    assert shut(go(replace(FACTS, limit=None, letter=None))) == ["guaranteed", "credit_covers"]


def test_unset_is_cash_only_and_zero_allows_nothing():
    """RTL-CTL-03, RTL-CTL-08, SC-22: neither means unlimited, not even for a fen."""
    none = go(replace(FACTS, limit=None), 1)[1]
    zero = go(replace(FACTS, limit=replace(LIMIT, limit_fen=0)), 1)[1]
    assert not none.open
    assert none.says == "no credit limit is set for 宏达电器厂"
    assert not zero.open
    assert "0.01 too much" in zero.says
    assert left_fen(None, 0, TODAY) is None
    assert left_fen(replace(LIMIT, limit_fen=0), 0, TODAY) == 0


@given(st.integers(-3, 3))
def test_a_limit_holds_up_to_its_day_and_not_a_day_longer(days):
    """RTL-CTL-01."""
    limit = replace(LIMIT, until=TODAY + timedelta(days=days))
    assert holds(limit, TODAY) == (days >= 0)
    gate = go(replace(FACTS, limit=limit))[1]
    assert gate.open == (days >= 0)
    assert gate.open or "ended on" in gate.says


money_fen = st.integers(0, 10**9)


@given(money_fen, money_fen, money_fen)
def test_a_sale_is_covered_when_limit_holds_it_and_all_that_is_open(limit, beside, owed):
    """RTL-CTL-01, RTL-CTL-02, A-65: equal is enough, one fen more is too much."""
    facts = replace(FACTS, limit=replace(LIMIT, limit_fen=limit), beside_fen=beside)
    gate = go(facts, owed)[1]
    assert gate.open == (beside + owed <= limit)
    if not gate.open:
        wanted = int(gate.command.split("--limit ")[1].split()[0].replace(".", ""))
        fit = replace(facts, limit=replace(LIMIT, limit_fen=wanted))
        assert go(fit, owed)[1].open
        assert not go(replace(fit, limit=replace(LIMIT, limit_fen=wanted - 1)), owed)[1].open


@pytest.mark.parametrize(
    ("letter", "says"),
    [
        (replace(LETTER, guarantor="supervisor"), "approved the sale or its limit"),
        (replace(LETTER, due_on=TODAY - timedelta(days=1)), "was due on"),
        (replace(LETTER, amount_fen=SALE - 1), "29,999.99, 30,000.00 is owed"),
    ],
)
def test_a_letter_by_an_approver_or_too_late_or_too_small_is_none(letter, says):
    """A-47, RTL-PRI-03."""
    gate = go(replace(FACTS, letter=letter))[0]
    assert not gate.open
    assert says in gate.says
    assert gate.command.startswith("kac credit letter DD1 ")


def test_only_employees_of_the_part_vouch_and_only_for_a_sale_on_credit():
    """A-47, RTL-PRI-03."""
    named = RETAIL.body["credit"]["guarantors"]
    wanted = frozenset().union(*(RETAIL.holders(role) for role in named))
    assert responsible("x", {"gp_specialist"}, wanted, named).open
    assert responsible("x", {"merchant_manager"}, wanted, named).open
    assert not responsible("x", {"driver"}, wanted, named).open
    assert not responsible("x", {"cron"}, wanted, named).open
    assert sold_on_credit("DD1", "credit").open
    assert not sold_on_credit("DD1", "prepaid").open
    assert due_ahead(TODAY, TODAY).open
    assert not due_ahead(TODAY - timedelta(days=1), TODAY).open


COVERED = go(FACTS)
UNCOVERED = go(replace(FACTS, limit=None))


def owes(received: int = 0, verified: int = 0, **more: object) -> MoneyFacts:
    return MoneyFacts("DD1", SALE, received, verified, **more)  # type: ignore[arg-type]


def going(facts: MoneyFacts, covering: list[Gate], may: Mapping[str, tuple[str, ...]] = MAY):
    return shut(goods_may_go(facts, covering, may))


def test_goods_go_for_money_or_for_cover_and_for_nothing_else():
    """C-04, RTL-PRI-02, RTL-CTL-03."""
    unseen = owes(SALE, 0, unverified=("SK1",))
    assert going(owes(), []) == ["paid_in_full"]
    assert going(owes(SALE, SALE), []) == []
    assert going(unseen, []) == ["money_verified"]
    assert going(owes(), COVERED) == []
    assert going(unseen, COVERED) == []
    assert going(owes(), UNCOVERED) == ["credit_covers"]
    assert going(owes(SALE, SALE), UNCOVERED) == []


def test_what_went_out_on_credit_is_owed_until_it_is_paid():
    """RTL-DUT-03."""
    assert not settled(owes(), MAY["payment.record"]).open
    assert settled(owes(SALE), MAY["payment.record"]).open


def test_no_deposit_is_asked_of_what_is_sold_on_credit_or_delivered():
    """RTL-DEP-06: a deposit comes before goods are prepared; what is owed is paid in any part."""
    assert not deposit_first(owes(), Money(1)).open
    assert deposit_first(owes(deposit_asked=False), Money(1)).open


NOVEMBER, DECEMBER = date(2026, 11, 30), date(2026, 12, 1)
CONTRACT = Agreement("HT1", date(2026, 11, 1), date(2027, 10, 31), 50_000_00)
MONTHLY = replace(FACTS, terms="monthly", limit=None, letter=None, agreements=(CONTRACT,))


def taken(fen: int, day: date | None = NOVEMBER, order: str = "DD9") -> Pickup:
    return Pickup("SH9", order, day, fen)


def monthly(facts: CoverFacts, total: int, today: date = NOVEMBER) -> list[str]:
    return shut(rules.to_go(facts, total, total, MAY, today))


def test_the_security_caps_the_month_and_equal_is_enough():
    """SC-20: RTL-MTH-04, A-46, A-63."""
    held = replace(MONTHLY, pickups=(taken(38_000_00),))
    assert monthly(held, 12_000_00) == []
    assert monthly(held, 12_000_01) == ["month_covered"]
    full = replace(MONTHLY, pickups=(taken(38_000_00), taken(12_000_00)))
    assert monthly(full, 1) == ["month_covered"]
    assert monthly(full, 10_000_00, DECEMBER) == []


days = st.dates(date(2026, 11, 1), date(2027, 1, 31))
moves = st.lists(st.tuples(days, st.integers(-(10**6), 10**7)), max_size=8)


@given(moves, st.integers(0, 10**7), days)
def test_goods_that_come_back_give_room_in_the_month_of_their_return(found, total, today):
    """RTL-MTH-04, A-46: each month stands alone; no month gives more room than the security."""
    pickups = tuple(Pickup(f"SH{n}", f"DD{n}", day, fen) for n, (day, fen) in enumerate(found))
    month = (today.year, today.month)
    taken_less_back = sum(fen for day, fen in found if (day.year, day.month) == month)
    used = max(taken_less_back, 0)
    assert month_fen(pickups, today) == used
    facts = replace(MONTHLY, pickups=pickups)
    assert (monthly(facts, total, today) == []) == (used + total <= CONTRACT.security_fen)
    back = (*pickups, Pickup("TH1", "DD1", today, -total))
    assert monthly(replace(facts, pickups=back), total, today) == (
        [] if max(taken_less_back, total) <= CONTRACT.security_fen else ["month_covered"]
    )


def test_a_slip_keeps_its_room_until_it_leaves_and_holds_up_no_other_that_has_one():
    """RTL-MTH-04."""
    facts = replace(MONTHLY, pickups=(taken(50_000_00, None),))
    assert waiting_fen(facts.pickups) == 50_000_00
    assert monthly(facts, 1) == ["month_covered"]
    assert monthly(replace(facts, slip=True), 50_000_00) == []


def test_goods_by_the_month_need_a_contract_and_credit_or_security():
    """RTL-MTH-01..03, RTL-MTH-05, C-04."""
    bare = replace(MONTHLY, agreements=(replace(CONTRACT, security_fen=0),))
    assert monthly(replace(MONTHLY, agreements=()), 1) == ["contract_covers"]
    assert monthly(MONTHLY, 1, date(2026, 10, 31)) == ["contract_covers"]
    assert monthly(MONTHLY, 1, date(2027, 11, 1)) == ["contract_covers"]
    assert monthly(bare, 1) == ["contract_covers"]
    assert monthly(replace(bare, nature="国家机关"), 10**9) == []
    assert monthly(replace(bare, limit=replace(LIMIT, until=DECEMBER)), SALE) == []
    assert monthly(replace(bare, limit=replace(LIMIT, until=DECEMBER)), SALE + 1) == [
        "credit_covers"
    ]
    assert monthly(replace(bare, limit=replace(LIMIT, limit_fen=0, until=DECEMBER)), 1) == [
        "contract_covers",
        "credit_covers",
    ]


def test_a_state_organ_needs_no_security_and_a_company_without_credit_does():
    """SC-21: RTL-MTH-02, RTL-MTH-03."""
    natures = RETAIL.section("security", SecurityPolicy).good_natures
    assert good_standing("国家机关", natures, None, TODAY)
    assert good_standing("公司", natures, LIMIT, TODAY)
    assert not good_standing("公司", natures, None, TODAY)
    assert not good_standing("公司", natures, replace(LIMIT, limit_fen=0), TODAY)
    assert not good_standing("公司", natures, replace(LIMIT, until=date(2026, 1, 1)), TODAY)


HELD = HeldFacts("HT1", True, True, 50_000_00, 0, 0)


def test_security_goes_back_when_nothing_rests_on_it():
    """RTL-MTH-03, RTL-MTH-04."""
    assert free_to_go(HELD).open
    assert not free_to_go(replace(HELD, left_fen=0)).open
    assert free_to_go(replace(HELD, left_fen=0, needed=False)).open
    assert free_to_go(replace(HELD, left_fen=0, living=False)).open
    assert not free_to_go(replace(HELD, left_fen=0, living=False, owed_fen=1)).open
    assert free_to_go(replace(HELD, taken_fen=50_000_00)).open
    assert not free_to_go(replace(HELD, taken_fen=50_000_01)).open


def test_security_is_owed_back_and_never_earned():
    """RTL-MTH-03, C-06: what came in goes out again, in an account of its own."""
    amount = Money(50_000_00)
    entries = [
        postings.received("BZ1", amount),
        postings.verified("BZ1", "transfer", amount),
        postings.returned("BZ1", "transfer", amount),
    ]
    sides = [(p.debit, p.credit, p.amount.fen) for entry in entries for p in entry.postings]
    assert sides == [
        (UNVERIFIED, SECURITY_DEPOSITS, 50_000_00),
        (BANK, UNVERIFIED, 50_000_00),
        (SECURITY_DEPOSITS, BANK, 50_000_00),
    ]


@pytest.mark.parametrize(
    ("picked_up", "due"),
    [
        (date(2026, 11, 1), date(2026, 12, 10)),
        (date(2026, 11, 25), date(2026, 12, 10)),
        (date(2026, 11, 26), date(2027, 1, 10)),
        (date(2026, 12, 31), date(2027, 2, 10)),
    ],
)
def test_a_month_is_paid_by_the_due_day_after_its_statement(picked_up, due):
    """RTL-MTH-07, A-25: statement on the 25th, paid by the 10th of the month after."""
    assert rules.due_on(picked_up, replace(CONTRACT, statement_day=25, due_day=10)) == due


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 31), st.integers(1, 31))
def test_nothing_is_due_before_the_month_after_it_was_picked_up(day, statement, due):
    """A-25: a day that a month does not have is its last."""
    found = rules.due_on(day, replace(CONTRACT, statement_day=statement, due_day=due))
    months = (found.year - day.year) * 12 + found.month - day.month
    assert months == 1 + (day.day > statement)
    last = (found.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert found.day == min(due, last.day)
