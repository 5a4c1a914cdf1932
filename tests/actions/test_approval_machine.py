"""No interleaving of submit, edit, sign, delegate and reject leads to an approval nobody gave.

On a real ledger: whatever is tried in whatever order, an order that may be printed carries, in
its present version, every signature that its prices need, each of a person who holds the role and
did not make it (A-56, RTL-REC-17, RTL-ORD-04, RTL-DSC-04..06, DST-AUT-10).
"""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MAKER = "merchant_manager"
SIGNERS = (
    "merchant_manager",
    "merchant_supervisor",
    "purchasing",
    "purchasing_manager",
    "operations_manager",
    "deputy_general_manager",
    "general_manager",
    "gp_specialist",
)
# Prices of an air fryer (cost 171.00) in each tier, at list price, and below cost.
PRICES = ("170", "171", "175", "181", "188", "189", "195", "199")
HOLDS = {
    "purchasing_manager": {"purchasing_manager", "purchasing"},
    "merchant_manager": {"merchant_manager"},
}

acts = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(PRICES), st.integers(1, 9)),
    st.tuples(st.just("ok"), st.sampled_from(SIGNERS), st.sampled_from(("", "", "zhao"))),
    st.tuples(st.just("reject"), st.sampled_from(SIGNERS)),
    st.tuples(st.just("delegate"), st.sampled_from(SIGNERS), st.sampled_from(SIGNERS)),
)


def told(desk, act, request):
    """Try one act; whether it is refused does not matter."""
    match act:
        case ("edit", price, count):
            return desk.run(f"order edit DD20261120-0040 -l P0006:{count}@{price}", as_=MAKER)
        case ("ok", who, behalf):
            extra = f" --for {behalf}" if behalf else ""
            return desk.run(f"approval ok {request}{extra}", as_=who)
        case ("reject", who):
            return desk.run(f"approval reject {request} --reason 试", as_=who)
        case ("delegate", giver, deputy):
            return desk.run(
                f"approval delegate --to {deputy} --scope order --cap 900 --until +3d --doc W1",
                as_=giver,
            )


def check(desk):
    """The invariant, from the raw tables."""
    [(revision,)] = desk.sql("SELECT revision FROM sales_order WHERE number = 'DD20261120-0040'")
    rows = desk.sql(
        "SELECT id, route, state, maker FROM approval WHERE subject = 'DD20261120-0040'"
        " AND revision = ?",
        revision,
    )
    printable = desk.run("order print DD20261120-0040 --dry-run", as_="gp_specialist").exit == 0
    approved = not rows or rows[0][2] == "approved"
    assert printable == approved
    if not rows or not approved:
        return
    [(key, route, _state, maker)] = rows
    signed = desk.sql(
        "SELECT step, role, line, staff, on_behalf_of FROM approval_signature"
        " WHERE approval_id = ? AND verdict = 'ok'",
        key,
    )
    for step in json.loads(route):
        mine = [s for s in signed if (s[0], s[1]) == (step["kind"], step["role"])]
        assert mine, step
        for _kind, role, _line, staff, behalf in mine:
            assert maker not in (staff, behalf)
            holder = behalf or staff
            assert role in HOLDS.get(holder, {holder})
    tier_hands = [s[3] for s in signed if s[0] == "tier"]
    assert len(tier_hands) == len(set(tier_hands))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(acts, min_size=4, max_size=10))
def test_whatever_is_tried_an_approval_is_always_earned(desk_again, attempts):
    desk = desk_again()
    made = desk.run("order new -c KH0002 -l P0006:5@188 --need-by +7d --submit --json", as_=MAKER)
    request = made.json["approval"]
    for act in attempts:
        result = told(desk, act, request)
        assert result.exit in (0, 3, 4, 5, 6), result.err
        found = desk.sql("SELECT number FROM approval ORDER BY id DESC LIMIT 1")
        request = found[0][0]
        check(desk)
