"""Lines of a statement settled by hand: linked, in part, less a charge, and taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HEAD = "账号,交易时间,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,账户明细编号-交易流水号"


@pytest.fixture(scope="module")
def paid_desk(training_ledger, copied_desk, tmp_path_factory):
    """Three payments of one customer, of 1,200, 1,200 and 600; and four receipts on a statement."""
    desk = copied_desk(training_ledger, tmp_path_factory.mktemp("paid"))
    for number, (line, amount) in enumerate(
        (("P0003:20", 1200), ("P0003:20", 1200), ("P0003:10", 600)), start=1
    ):
        order = f"order new -c KH0045 -l {line} --need-by +7d --submit -q"
        order = desk.ok(order, as_="gp_specialist").out.strip()
        desk.ok(f"order review {order}", as_="merchant_supervisor")
        record = f"payment record {order} --amount {amount} --ref 柜台{number} -q"
        money = desk.ok(record, as_="finance_cashier").out.strip()
        desk.ok(f"payment print {money}", as_="finance_cashier")
        desk.ok(f"payment verify {money}", as_="finance")
    path = desk.home / "statement.csv"
    balance, rows = 0, []
    for number, amount in enumerate((1800, 700, 1200, 595), start=1):
        balance += amount
        rows.append(
            f"4400,20261120,0,{amount},{balance},云溪康寿养老院,4409,汇入,202611200001000{number}"
        )
    path.write_text("\n".join([HEAD, *rows]), "utf-8")
    desk.ok(f"reconcile import {path}", as_="finance")
    return desk


@pytest.fixture
def desk(paid_desk, copied_desk, tmp_path):
    made = copied_desk(paid_desk.ledger, tmp_path)
    made.now = paid_desk.now
    return made


LINES = [f"YH20261120-000{number}" for number in (1, 2, 3, 4)]
MONEY = [f"SK20261120-000{number}" for number in (1, 2, 3)]


def differences(desk) -> dict[str, set[str]]:
    """What the night finds: check → subjects."""
    found: dict[str, set[str]] = {}
    for finding in desk.run("reconcile run --json", as_="cron").json:
        found.setdefault(finding["check"], set()).add(finding["subject"])
    return found


def test_who_has_no_right_to_it_sees_no_reconciliation(desk) -> None:
    """CRH-DAT-02: finance, the auditor, the administrator and the night; nobody else, no one."""
    for role in ("gp_specialist", "finance_cashier", "importer", "general_manager"):
        desk.refused("reconcile run", "CRH-DAT-02", as_=role, exit=5)
    assert desk.refused("reconcile run", exit=5).out == ""
    for role in ("auditor", "administrator", "finance", "cron"):
        desk.ok("reconcile run", as_=role)


def test_a_link_is_taken_back_once_and_the_money_is_unproved_again(desk) -> None:
    """RTL-DUT-07: both rows stay, both are in the audit log, and the night asks again."""
    desk.ok(f"reconcile link {LINES[2]} {MONEY[1]}", as_="finance")
    assert MONEY[1] not in differences(desk)["transfers_are_on_the_statement"]
    for role in ("cron", "finance_cashier", "gp_specialist"):
        desk.refused(f"reconcile unlink {LINES[2]} --reason x", "RTL-DUT-07", as_=role, exit=5)
    desk.refused(f"reconcile unlink {LINES[2]}", as_="finance", exit=10)
    told = desk.ok(f"reconcile unlink {LINES[2]} --reason 勾错了 --json", as_="finance").json
    assert told == {"number": LINES[2], "state": "open", "payment": MONEY[1]}
    found = differences(desk)
    assert MONEY[1] in found["transfers_are_on_the_statement"]
    assert LINES[2] in found["bank_receipts_are_recorded"]
    desk.refused(f"reconcile unlink {LINES[2]} --reason 再来", "E-BNK-006", as_="finance")

    history = desk.ok(f"reconcile show {LINES[2]} --json").json["matches"]
    assert [(row["how"], row["taken_back"]) for row in history] == [
        ("linked", True),
        ("unlinked", False),
    ]
    assert history[1]["reason"] == "勾错了"
    log = desk.ok(f"audit log {LINES[2]} --json").json
    assert [event["verb"] for event in log] == ["link", "unlink"]
    desk.ok(f"reconcile link {LINES[2]} {MONEY[0]}", as_="finance")
    assert [line["payment"] for line in desk.ok("reconcile list --json").json][1] == MONEY[0]


def test_a_line_set_aside_by_mistake_is_open_again(desk) -> None:
    desk.ok(f"reconcile ignore {LINES[1]} --reason 供应商退款", as_="finance")
    assert LINES[1] not in differences(desk)["bank_receipts_are_recorded"]
    desk.ok(f"reconcile unlink {LINES[1]} --reason 是客户的钱", as_="finance")
    assert LINES[1] in differences(desk)["bank_receipts_are_recorded"]


def test_one_transfer_pays_several_payments(desk) -> None:
    """RTL-DUT-07: to the fen, and each payment is proved."""
    desk.refused(f"reconcile link {LINES[0]} {MONEY[0]}", "E-BNK-002", "RTL-DUT-07", as_="finance")
    desk.ok(f"reconcile link {LINES[0]} {MONEY[0]} {MONEY[2]}", as_="finance")
    assert differences(desk)["transfers_are_on_the_statement"] == {MONEY[1]}
    desk.refused(f"reconcile link {LINES[0]} {MONEY[1]}", "E-BNK-001", as_="finance")
    desk.refused(f"reconcile link {LINES[2]} {MONEY[0]}", "E-BNK-001", as_="finance")


def test_several_transfers_pay_one_payment_and_what_is_left_stays_open(desk) -> None:
    """RTL-DUT-07: 700 and 500 of the 1,200; the rest of the other line is set aside."""
    told = desk.ok(f"reconcile link {LINES[1]} {MONEY[0]} --part --json", as_="finance").json
    assert told["open"] == "0.00"
    found = differences(desk)
    assert MONEY[0] in found["transfers_are_on_the_statement"]
    told = desk.ok(f"reconcile link {LINES[0]} {MONEY[0]} --part --json", as_="finance").json
    assert told["open"] == "1300.00"
    found = differences(desk)
    assert MONEY[0] not in found["transfers_are_on_the_statement"]
    assert LINES[0] in found["bank_receipts_are_recorded"]
    desk.ok(f"reconcile ignore {LINES[0]} --reason 多付已退", as_="finance")
    assert LINES[0] not in differences(desk)["bank_receipts_are_recorded"]
    assert "lines_are_used_once" not in found


def test_a_charge_that_the_bank_kept_is_booked_and_taken_back_with_its_link(desk) -> None:
    """RTL-DUT-07: 595.00 came of 600.00; 5.00 are costs of finance, never the customer's debt."""
    charges = "SELECT debit, credit, amount_fen FROM posting WHERE document = ?"
    shown = desk.ok(f"reconcile show {LINES[3]} --json").json
    [offer] = shown["candidates"]
    assert (offer["payment"], offer["difference"]) == (MONEY[2], "5.00")
    assert offer["command"] == f"kac reconcile link {LINES[3]} {MONEY[2]} --fee 5.00"
    link = f"reconcile link {LINES[3]} {MONEY[2]}"
    desk.refused(f"{link} --fee 4", "E-BNK-002", as_="finance")
    desk.refused(f"{link} --fee 60", "E-BNK-007", "RTL-DUT-07", as_="finance")
    desk.refused(f"{link} {MONEY[2]} --fee 5", "E-BNK-008", as_="finance", exit=6)
    desk.ok(f"{link} --fee 5", as_="finance")
    assert desk.sql(charges, LINES[3]) == [("6603", "1002", 500)]
    desk.ok(f"reconcile unlink {LINES[3]} --reason 不是这笔", as_="finance")
    assert desk.sql(charges, LINES[3]) == [("6603", "1002", 500), ("1002", "6603", 500)]
    assert differences(desk).keys() == {
        "bank_receipts_are_recorded",
        "transfers_are_on_the_statement",
    }


steps = st.one_of(
    st.tuples(
        st.just("link"),
        st.sampled_from(LINES),
        st.lists(st.sampled_from(MONEY), min_size=1, max_size=3, unique=True),
        st.sampled_from(["", " --part", " --part", " --fee 5"]),
    ),
    st.tuples(st.just("ignore"), st.sampled_from(LINES)),
    st.tuples(st.just("unlink"), st.sampled_from(LINES)),
    st.tuples(st.just("run")),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(steps, min_size=3, max_size=9))
def test_whatever_is_linked_and_taken_back_nothing_is_used_beyond_what_it_is(
    paid_desk, copied_desk, tmp_path_factory, history
) -> None:
    """RTL-DUT-07, CRH-DAT-02: any order of links, unlinks and nights; the books stay right."""
    desk = copied_desk(paid_desk.ledger, tmp_path_factory.mktemp("history"))
    desk.now = paid_desk.now
    money = desk.sql("SELECT count(*), sum(amount_fen) FROM payment")
    for step in history:
        if step[0] == "link":
            _verb, line, payments, how = step
            command = f"reconcile link {line} {' '.join(payments)}{how}"
        elif step[0] == "run":
            command = "reconcile run"
        else:
            command = f"reconcile {step[0]} {step[1]} --reason x"
        assert desk.run(command, as_="finance").exit in (0, 4)
        assert not desk.sql("SELECT 1 FROM v_bank_line WHERE used_fen > received_fen")
        assert not desk.sql(
            "SELECT 1 FROM payment y WHERE y.amount_fen <"
            " (SELECT sum(m.payment_fen) FROM v_bank_match m WHERE m.payment_id = y.id)"
        )
    assert desk.sql("SELECT count(*), sum(amount_fen) FROM payment") == money
    assert differences(desk).keys() <= {
        "bank_receipts_are_recorded",
        "transfers_are_on_the_statement",
    }
