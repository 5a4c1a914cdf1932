"""Bank: signs are counted and shown, equals are left to a person, and nothing is used twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.db.policybook import PolicyVersion
from kac.desk.bank.policy import BankPolicy
from kac.desk.bank.rules import (
    Known,
    Offers,
    OpenLine,
    OpenPayment,
    match,
    number_keys,
    quoted_words,
    shares,
    weigh,
)

POLICY = PolicyVersion("retail", 1, dict(policyfile.shipped()["retail"])).section(
    "bank", BankPolicy
)
NOTHING = Known({})
DAY = date(2026, 11, 20)
LINE = OpenLine(
    1, "YH1", "bank", "B2026112000017", DAY, "货款", "宏达电器厂", "4405120030", 9_380_00
)
PAYMENT = OpenPayment(
    1,
    "SK20261120-0001",
    ("SK20261120-0001", "DD20261120-0001", "WX-0029"),
    "bank",
    "B2026112000017",
    "宏达电器厂",
    DAY,
    9_380_00,
)
UNKNOWN = replace(LINE, reference="")

# Few references, payers, accounts and amounts, so that equals are common.
references = st.sampled_from(["", "R1", "R2", "R3"])
people = st.sampled_from(["", "宏达电器厂", "新城中学"])
accounts = st.sampled_from(["", "4405", "4406"])
amounts = st.integers(1, 3)
days = st.integers(0, 8).map(lambda count: DAY + timedelta(days=count))
quotes = st.sampled_from(["", "SK0001", "SK0002", "DD0001", "DD0002", "货款 SK0003 SK0001"])
channels = st.sampled_from(["bank", "bank", "wechat"])
lines = st.lists(
    st.tuples(channels, references, days, quotes, people, accounts, amounts), max_size=7
).map(lambda rows: [OpenLine(n, f"YH{n}", *row) for n, row in enumerate(rows, start=1)])
payments = st.lists(
    st.tuples(st.integers(1, 3), channels, references, people, days, amounts), max_size=7
).map(
    lambda rows: [
        OpenPayment(n, f"SK{n:04d}", (f"SK{n:04d}", f"DD{order:04d}"), *row)
        for n, (order, *row) in enumerate(rows, start=1)
    ]
)
learned = st.dictionaries(
    st.sampled_from(["4405", "4406", "宏达电器厂"]),
    st.frozensets(st.sampled_from(["宏达电器厂", "新城中学"])),
)
parted = st.frozensets(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=3)
everything_known = st.builds(Known, learned, parted)


def pairs(found) -> set[tuple[int, tuple[int, ...], str]]:
    return {(each.line.id, tuple(p.id for p in each.payments), each.how) for each in found}


def offered(line, open_lines, open_payments, policy, known):
    return Offers(open_lines, open_payments, policy, known).of(line)


def sure(open_lines, open_payments, known=NOTHING):
    return match(open_lines, open_payments, POLICY, known)


# Cases


def test_the_same_reference_and_amount_prove_a_payment():
    """RTL-DUT-07, RTL-ORD-12: every sign is shown with its points."""
    [found] = sure([LINE], [PAYMENT])
    assert pairs([found]) == {(1, (1,), "reference")}
    assert dict(found.reasons) == {"reference": 60, "amount": 25, "payer": 20, "day": 10} | {
        "alone": 5
    }
    assert found.score == 120


def test_a_number_that_the_payer_quotes_proves_a_payment_however_it_is_written():
    """RTL-DUT-07: of the money, of its order, or of the customer's own paper."""
    stranger = replace(LINE, reference="X", counterparty="张三")
    for text in (
        *("货款DD20261120-0001", "sk20261120-0001", "ＤＤ２０２６１１２０-０００１定金"),
        *("dd202611200001", "WX-0029定金", "付WX0029尾款"),
    ):
        assert pairs(sure([replace(stranger, text=text)], [PAYMENT])) == {(1, (1,), "quoted")}
    for text in ("货款DD20261120-00011", "XDD20261120-0001", "0001", "WX-00290"):
        assert sure([replace(stranger, text=text)], [PAYMENT]) == []


def test_a_payer_is_not_known_by_the_name_alone_but_by_an_account_that_was_linked_before():
    """RTL-DUT-07: a person links the first time; the same account is known from then on."""
    assert sure([UNKNOWN], [PAYMENT]) == []
    [offer] = offered(UNKNOWN, [UNKNOWN], [PAYMENT], POLICY, NOTHING)
    assert (offer.score, offer.payments) == (60, (PAYMENT,))
    known = Known({"4405120030": frozenset({"宏达电器厂"})})
    [found] = sure([UNKNOWN], [PAYMENT], known)
    assert (found.how, found.score) == ("payer", 90)
    assert sure([replace(UNKNOWN, reference="X1")], [PAYMENT], known) == []
    later = replace(UNKNOWN, day=DAY + timedelta(days=POLICY.days + 1))
    assert sure([later], [PAYMENT], known) == []


def test_one_fen_of_difference_proves_nothing_by_itself():
    """RTL-DUT-07: whatever else is the same; a bank charge is a person's word."""
    for off in (-1, 1, -500):
        assert sure([replace(LINE, amount_fen=LINE.amount_fen + off)], [PAYMENT]) == []
    less = replace(LINE, amount_fen=LINE.amount_fen - 500)
    [offer] = offered(less, [less], [PAYMENT], POLICY, NOTHING)
    assert (offer.difference_fen, dict(offer.reasons)["amount_less_fee"]) == (500, 15)


def test_two_equal_payments_and_one_line_are_left_to_a_person():
    """RTL-DUT-07: among equals nothing is chosen, and both are offered."""
    twin = replace(PAYMENT, id=2, number="SK20261120-0002", numbers=("SK20261120-0002",))
    known = Known({"4405120030": frozenset({"宏达电器厂"})})
    assert sure([UNKNOWN], [PAYMENT, twin], known) == []
    offers = offered(UNKNOWN, [UNKNOWN], [PAYMENT, twin], POLICY, known)
    assert [each.payments for each in offers] == [(PAYMENT,), (twin,)]
    assert {each.score for each in offers} == {85}


def test_two_payments_at_the_bar_are_equals_even_if_one_has_more_points():
    """RTL-DUT-07: one bears the bank's reference, the other is quoted: somebody must look."""
    other = replace(PAYMENT, id=2, number="SK2", numbers=("SK20261120-0002",), reference="Y")
    both = replace(LINE, text="货款 SK20261120-0002")
    assert sure([both], [PAYMENT, other]) == []


def test_a_transfer_that_quotes_several_payments_pays_all_of_them():
    """RTL-DUT-07: to the fen of their sum, or nothing."""
    second = replace(
        PAYMENT, id=2, number="SK20261120-0002", numbers=("SK20261120-0002",), amount_fen=62_000
    )
    text = "付 SK20261120-0001 及 SK20261120-0002"
    whole = replace(UNKNOWN, text=text, amount_fen=9_380_00 + 620_00)
    assert pairs(sure([whole], [PAYMENT, second])) == {(1, (1, 2), "quoted")}
    assert sure([replace(whole, amount_fen=10_000_01)], [PAYMENT, second]) == []


def test_the_only_sum_of_a_payers_payments_is_offered_and_never_taken():
    parts = [
        replace(PAYMENT, id=n, number=f"SK{n}", numbers=(), reference="", amount_fen=fen)
        for n, fen in enumerate((300_00, 500_00, 9000_00), start=1)
    ]
    line = replace(UNKNOWN, amount_fen=800_00)
    assert sure([line], parts) == []
    [offer] = offered(line, [line], parts, POLICY, NOTHING)
    assert offer.numbers == ["SK1", "SK2"]
    doubled = [*parts, replace(parts[1], id=5, number="SK5")]
    assert offered(line, [line], doubled, POLICY, NOTHING) == []


def test_a_pair_that_a_person_took_apart_is_never_linked_by_itself_again():
    """RTL-DUT-07: but it may be linked by hand, so it is still offered."""
    known = Known({}, frozenset({(1, 1)}))
    assert sure([LINE], [PAYMENT], known) == []
    assert offered(LINE, [LINE], [PAYMENT], POLICY, known)


def test_money_shows_on_the_statements_of_its_own_channel_alone():
    assert sure([replace(LINE, channel="wechat")], [PAYMENT]) == []


def test_how_a_line_is_spread_over_payments():
    """To the fen, less a charge, or in part; otherwise not at all."""
    assert shares(500, [200, 300]) == [(200, 200, 0), (300, 300, 0)]
    assert shares(495, [200, 300], fee_fen=5) == [(200, 200, 0), (295, 300, 5)]
    assert shares(495, [200, 300]) == shares(495, [200, 300], fee_fen=4) == []
    assert shares(500, [200, 400], part=True) == [(200, 200, 0), (300, 300, 0)]
    assert shares(500, [800], part=True) == [(500, 500, 0)]
    assert shares(800, [500], part=True) == [(500, 500, 0)]
    assert shares(5, [5, 5], fee_fen=5) == []


def test_numbers_in_a_text_are_whole_words():
    assert quoted_words("付WX-0029,dd20261120-0007尾款(ab)") == {
        "WX0029",
        "DD202611200007",
        "AB",
    }


# Properties


@given(lines, payments, everything_known)
def test_no_line_and_no_payment_is_linked_twice_and_amounts_are_equal(
    open_lines, open_payments, known
):
    """RTL-DUT-07."""
    found = sure(open_lines, open_payments, known)
    assert max(Counter(each.line.id for each in found).values(), default=1) == 1
    used = Counter(payment.id for each in found for payment in each.payments)
    assert max(used.values(), default=1) == 1
    for each in found:
        assert each.difference_fen == 0
        assert each.score >= POLICY.bar
        assert not {(each.line.id, p.id) for p in each.payments} & known.parted


@given(lines, payments, everything_known, st.randoms())
def test_the_order_of_the_statement_and_of_the_payments_decides_nothing(
    open_lines, open_payments, known, dice
):
    """RTL-DUT-07."""
    found = pairs(sure(open_lines, open_payments, known))
    dice.shuffle(open_lines)
    dice.shuffle(open_payments)
    assert pairs(sure(open_lines, open_payments, known)) == found


@given(lines, payments, learned)
def test_of_two_equals_never_one_is_linked_by_itself(open_lines, open_payments, payers):
    """RTL-DUT-07: a twin of a line, or of a payment, leaves both to a person."""
    known = Known(payers)
    for each in sure(open_lines, open_payments, known):
        twin = replace(each.line, id=99, number="YH99")
        found = sure([*open_lines, twin], open_payments, known)
        assert len({each.line.id, 99} & {other.line.id for other in found}) != 1
        other = replace(each.payments[0], id=99)
        found = sure(open_lines, [*open_payments, other], known)
        taken = {payment.id for every in found for payment in every.payments}
        assert len({other.id, each.payments[0].id} & taken) != 1


@given(lines, payments, everything_known)
def test_a_second_run_matches_nothing_that_the_first_left_to_a_person(
    open_lines, open_payments, known
):
    """SC-60, CRH-DAT-02: the nightly run changes nothing when it is run again."""
    found = sure(open_lines, open_payments, known)
    payers = {key: set(names) for key, names in known.payers.items()}
    for each in found:
        if each.line.counterparty:
            key = each.line.counterparty_account or each.line.counterparty
            payers.setdefault(key, set()).add(each.payments[0].payer)
    learnt = Known({key: frozenset(names) for key, names in payers.items()}, known.parted)
    proved = {each.line.id for each in found}
    matched = {payment.id for each in found for payment in each.payments}
    left = [line for line in open_lines if line.id not in proved]
    assert sure(left, [p for p in open_payments if p.id not in matched], learnt) == []


@given(lines, payments, everything_known)
def test_nothing_at_the_bar_is_overlooked(open_lines, open_payments, known):
    """What speaks for a pair is found again by weighing every pair, one by one."""
    found = sure(open_lines, open_payments, known)
    proved = {each.line.id for each in found}
    matched = {payment.id for each in found for payment in each.payments}
    left = [line for line in open_lines if line.id not in proved]
    over = [payment for payment in open_payments if payment.id not in matched]
    at_bar = [
        (line.id, payment.id)
        for line in left
        for payment in over
        if payment.amount_fen == line.amount_fen
        and payment.channel == line.channel
        and (line.id, payment.id) not in known.parted
        and weigh(line, [payment], POLICY, known, alone=False).score >= POLICY.bar
    ]
    rivals = Counter(line for line, _p in at_bar), Counter(payment for _l, payment in at_bar)
    # A line that quotes several payments may be all of theirs, which is a rival too.
    groups = any(
        sum(not quoted_words(line.text).isdisjoint(number_keys(p)) for p in over) > 1
        for line in left
    )
    for line, payment in at_bar:
        lonely = rivals[0][line] == 1 and rivals[1][payment] == 1
        assert not lonely or groups, (line, payment)


@given(st.integers(1, 500), st.lists(st.integers(1, 200), min_size=1, max_size=5), st.booleans())
def test_a_spread_uses_no_more_than_there_is(line_fen, payments_fen, part):
    """RTL-DUT-07: neither of the line nor of any payment."""
    for fee in (0, 1, 7):
        spread = shares(line_fen, payments_fen, fee, part)
        assert sum(share.line_fen for share in spread) <= line_fen
        for share, amount in zip(spread, payments_fen, strict=False):
            assert 0 < share.payment_fen <= amount
            assert share.payment_fen == share.line_fen + share.fee_fen
        if spread and not part:
            assert sum(share.payment_fen for share in spread) == sum(payments_fen)
            assert sum(share.line_fen for share in spread) == line_fen


@given(lines, payments, everything_known)
def test_a_person_is_offered_everything_of_the_amount_and_nothing_that_is_less(
    open_lines, open_payments, known
):
    """RTL-DUT-07: of its own channel; what is more, up to a bank charge."""
    offers = Offers(open_lines, open_payments, POLICY, known)
    for line in open_lines:
        mine = [p for p in open_payments if p.channel == line.channel]
        single = {each.payments for each in offers.of(line) if len(each.payments) == 1}
        near = range(line.amount_fen, line.amount_fen + POLICY.highest_fee_fen + 1)
        assert single == {(p,) for p in mine if p.amount_fen in near}
        for each in offers.of(line):
            assert len(each.payments) == 1 or each.difference_fen == 0
