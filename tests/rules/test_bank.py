"""Bank: a line proves a payment when it can be no other, and equals are left to a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kac.desk.bank.rules import WAYS, OpenLine, OpenPayment, candidates, match

LINE = OpenLine(1, "YH1", "B2026112000017", "货款", "宏达电器厂", 9_380_00)
PAYMENT = OpenPayment(
    1, "SK20261120-0001", "DD20261120-0001", "B2026112000017", "宏达电器厂", 9_380_00
)

# Few references, payers and amounts, so that equals are common.
references = st.sampled_from(["", "R1", "R2", "R3"])
people = st.sampled_from(["", "宏达电器厂", "新城中学"])
amounts = st.integers(1, 2)
quotes = st.sampled_from(["", "SK1", "SK2", "DD1", "DD2", "货款 SK3 DD2"])
lines = st.lists(st.tuples(references, quotes, people, amounts), max_size=6).map(
    lambda rows: [OpenLine(n, f"YH{n}", *row) for n, row in enumerate(rows, start=1)]
)
payments = st.lists(st.tuples(st.integers(1, 3), references, people, amounts), max_size=6).map(
    lambda rows: [
        OpenPayment(n, f"SK{n}", f"DD{order}", *row)
        for n, (order, *row) in enumerate(rows, start=1)
    ]
)


def pairs(found) -> set[tuple[int, int, str]]:
    return {(each.line.id, each.payment.id, each.how) for each in found}


def ways(line: OpenLine, payment: OpenPayment) -> list[str]:
    """How a line could be known for a payment's, the surest way first."""
    if line.amount_fen != payment.amount_fen:
        return []
    return [how for how, same in WAYS if same(line, payment)]


# Cases


def test_the_same_reference_and_amount_prove_a_payment():
    """RTL-DUT-07, RTL-ORD-12."""
    assert pairs(match([LINE], [PAYMENT])) == {(1, 1, "reference")}


def test_the_number_of_the_order_in_the_text_proves_a_payment():
    """RTL-DUT-07: whoever pays is told to quote it."""
    quoting = replace(LINE, reference="X", text="货款DD20261120-0001", counterparty="张三")
    assert pairs(match([quoting], [PAYMENT])) == {(1, 1, "quoted")}
    assert pairs(match([replace(quoting, text="SK20261120-0001")], [PAYMENT])) == {(1, 1, "quoted")}


def test_the_only_amount_of_a_payer_proves_a_payment():
    """RTL-DUT-07: but only where one of both has no reference to know it by."""
    unknown = replace(PAYMENT, reference="")
    assert pairs(match([replace(LINE, reference="X")], [unknown])) == {(1, 1, "payer")}
    assert match([replace(LINE, reference="X")], [PAYMENT]) == []


def test_one_fen_of_difference_proves_nothing():
    """RTL-DUT-07: whatever else is the same."""
    for off in (-1, 1):
        assert match([replace(LINE, amount_fen=LINE.amount_fen + off)], [PAYMENT]) == []


def test_two_equal_payments_and_one_line_are_left_to_a_person():
    """RTL-DUT-07: among equals nothing is chosen, and both are offered."""
    line = replace(LINE, reference="X")
    twin = replace(PAYMENT, id=2, number="SK20261120-0002", order="DD20261120-0002")
    both = [replace(PAYMENT, reference=""), replace(twin, reference="")]
    assert match([line], both) == []
    assert candidates(line, both) == both


def test_a_surer_way_settles_what_would_be_two_equals_for_a_weaker_one():
    twin = replace(PAYMENT, id=2, number="SK20261120-0002", reference="")
    other = replace(LINE, id=2, number="YH2", reference="X")
    assert pairs(match([LINE, other], [PAYMENT, twin])) == {(1, 1, "reference"), (2, 2, "payer")}


# Properties


@given(lines, payments)
def test_a_line_proves_one_payment_and_a_payment_is_proved_by_one_line(open_lines, open_payments):
    """RTL-DUT-07: nothing is matched twice, and amounts are always equal."""
    found = match(open_lines, open_payments)
    assert max(Counter(each.line.id for each in found).values(), default=1) == 1
    assert max(Counter(each.payment.id for each in found).values(), default=1) == 1
    for each in found:
        assert each.line.amount_fen == each.payment.amount_fen
        assert each.how in ways(each.line, each.payment)


@given(lines, payments, st.randoms())
def test_the_order_of_the_statement_and_of_the_payments_decides_nothing(
    open_lines, open_payments, dice
):
    """RTL-DUT-07."""
    found = pairs(match(open_lines, open_payments))
    dice.shuffle(open_lines)
    dice.shuffle(open_payments)
    assert pairs(match(open_lines, open_payments)) == found


@given(lines, payments)
def test_nothing_is_chosen_among_equals(open_lines, open_payments):
    """RTL-DUT-07: whatever else could have been meant in the same way was settled before."""
    settled: set[object] = set()
    found = match(open_lines, open_payments)
    for each in found:
        rivals = [
            *((o, each.payment, o) for o in open_lines if o != each.line),
            *((each.line, o, o) for o in open_payments if o != each.payment),
        ]
        for line, payment, rival in rivals:
            assert rival in settled or each.how not in ways(line, payment)
        settled |= {each.line, each.payment}


@given(lines, payments)
def test_what_could_be_one_pair_only_is_not_left_lying(open_lines, open_payments):
    found = match(open_lines, open_payments)
    for line in open_lines:
        mine = [p for p in open_payments if ways(line, p)]
        if len(mine) == 1 and sum(bool(ways(other, mine[0])) for other in open_lines) == 1:
            assert (line.id, mine[0].id, ways(line, mine[0])[0]) in pairs(found)


@given(lines, payments)
def test_a_second_run_matches_nothing_that_the_first_left_to_a_person(open_lines, open_payments):
    """SC-60, CRH-DAT-02: the nightly run changes nothing when it is run again."""
    found = match(open_lines, open_payments)
    proved, matched = {each.line.id for each in found}, {each.payment.id for each in found}
    left = [line for line in open_lines if line.id not in proved]
    assert match(left, [p for p in open_payments if p.id not in matched]) == []


def test_what_one_pair_proves_may_settle_another():
    """Two lines bear one reference, and one of them quotes another payment's number."""
    bank_lines = [
        OpenLine(1, "YH1", "", "", "宏达电器厂", 100),
        OpenLine(2, "YH2", "R1", "", "", 100),
        OpenLine(3, "YH3", "R1", "SK1", "", 100),
    ]
    transfers = [
        OpenPayment(1, "SK1", "DD1", "", "", 100),
        OpenPayment(2, "SK2", "DD2", "", "宏达电器厂", 100),
        OpenPayment(3, "SK3", "DD3", "R1", "宏达电器厂", 100),
    ]
    assert pairs(match(bank_lines, transfers)) == {
        (3, 1, "quoted"),
        (2, 3, "reference"),
        (1, 2, "payer"),
    }


@given(lines, payments)
def test_a_person_is_offered_every_payment_of_the_amount_and_no_other(open_lines, open_payments):
    for line in open_lines:
        offered = candidates(line, open_payments)
        assert offered == [p for p in open_payments if p.amount_fen == line.amount_fen]
