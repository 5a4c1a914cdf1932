"""No interleaving of signing, changing, filing and executing carries out a contract nobody signed.

On a real ledger, judged from its raw tables by tiers that are spelled out here once more: what is
executed was signed for at its amount or more, in order, by different persons, none of them its
maker (DST-AUT-01..07, A-05, A-32, A-56).
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MAKER = "sales_office"
PEOPLE = (
    *("sales_office", "office_manager", "ka_department", "deputy_sales_director"),
    *("sales_director", "both"),
)
HELD = {"both": {"office_manager", "ka_department", "deputy_sales_director"}}
AMOUNTS = ("1", "99999.99", "100000", "200000", "299999.99", "300000", "1000000")
TERMS = (
    "--from 2026-12-01 --to 2027-11-30 --terms 月结30天 --service 供货 --prices 九折"
    " --mode 年度框架 --rights 见第五条"
)
HT = "HT20261120-0001"

acts = st.one_of(
    *(st.tuples(st.just("approval ok"), st.sampled_from(PEOPLE)),) * 3,
    *(st.just(("in turn", "")),) * 3,
    st.tuples(st.just("approval reject"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("amount"), st.sampled_from(AMOUNTS)),
    st.tuples(st.just("contract file"), st.sampled_from(PEOPLE)),
    *(st.tuples(st.just("contract execute"), st.just(MAKER)),) * 2,
)


def tier(amount_fen: int) -> list[set[str]]:
    """The signatures of an amount, turn by turn."""
    if amount_fen < 100_000_00:
        return [{"office_manager"}, {"ka_department"}]
    if amount_fen < 300_000_00:
        return [{"ka_department"}, {"deputy_sales_director"}]
    return [{"ka_department", "deputy_sales_director"}, {"sales_director"}]


def told(desk, what, value):
    """Try one act; whether it is refused does not matter."""
    if what == "amount":
        return [desk.run(f"contract edit {HT} --amount {value}", as_=MAKER)]
    if what == "in turn":
        return [desk.run(f"approval ok {HT}", as_=who) for who in PEOPLE[1:5]]
    extra = {"approval reject": " --reason 试", "contract file": " --reference 备-1"}
    return [desk.run(f"{what} {HT}{extra.get(what, '')}", as_=value)]


def check(desk):
    """The invariant, for a contract that is executed now."""
    [(key, state, revision, asked)] = desk.sql(
        "SELECT id, state, revision, asked_revision FROM contract"
    )
    if state != "executing":
        return
    amounts = [
        fen
        for (fen,) in desk.sql(
            "SELECT amount_fen FROM contract_version WHERE contract_id = ? AND revision >= ?"
            " ORDER BY revision",
            key,
            asked,
        )
    ]
    assert amounts == sorted(amounts, reverse=True), "raised, and not asked anew"
    signed = desk.sql(
        "SELECT s.role, s.staff FROM approval_signature s JOIN approval a ON a.id = s.approval_id"
        " WHERE a.subject = ? AND a.revision = ? AND s.verdict = 'ok' ORDER BY s.id",
        HT,
        revision,
    )
    assert [role for role, _who in signed] in [
        order for fen in amounts for turns in [tier(fen)] for order in orders(turns)
    ]
    hands = [who for _role, who in signed]
    assert MAKER not in hands
    assert len(set(hands)) == len(hands)
    assert all(role in HELD.get(who, {who}) for role, who in signed)
    if amounts[0] < 100_000_00:
        assert desk.sql("SELECT 1 FROM contract_filing WHERE revision >= ?", asked), "not filed"


def orders(turns):
    """Every order in which the signatures of a tier may be given."""
    first, last = (sorted(turn) for turn in turns)
    return [[*begin, *last] for begin in (first, first[::-1])]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(AMOUNTS), st.lists(acts, min_size=5, max_size=12))
def test_whatever_is_tried_a_contract_is_executed_only_when_it_is_signed_for(
    desk_again, amount, attempts
):
    desk = desk_again()
    roles = " ".join(f"--role {role}" for role in sorted(HELD["both"]))
    desk.ok(f"staff add both 三职 {roles}", as_="administrator")
    desk.ok(f"contract add KH0001 --amount {amount} {TERMS}", as_=MAKER)
    desk.ok(f"contract submit {HT}", as_=MAKER)
    for what, value in attempts:
        for result in told(desk, what, value):
            assert result.exit in (0, 3, 4, 5), result.err
            check(desk)
