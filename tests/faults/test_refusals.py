"""A command that is refused leaves every table as it was, draws no number, and is not retried."""

from __future__ import annotations

import pytest

ORDER = "order new -c KH0001 --need-by +7d -l P0001:"
CUSTOMER = "customer add 宏达电器配件厂 --phone 13800138000 --address 工业路8号 --area 东区"
# Who types what, and the exit code: 3 not found, 4 a rule, 5 not permitted, 6 malformed, 10 asked.
REFUSALS = [
    (3, "gp_specialist", "order new -c KH9999 -l P0001:1 --need-by +7d"),
    (3, "gp_specialist", "order new -c 红星 -l P0001:1 --need-by +7d"),
    (3, "gp_specialist", "order new -c KH0001 -l P9999:1 --need-by +7d"),
    (3, "finance", "payment verify SK20261120-0099"),
    (4, "gp_specialist", f"{ORDER}99999 --submit"),
    (4, "gp_specialist", f"{ORDER}1@1 --submit"),
    (4, "gp_specialist", "order submit {closed}"),
    (4, "gp_specialist", "order edit {closed} -l P0001:2"),
    (4, "merchant_supervisor", "order review {closed}"),
    (4, "merchant_supervisor", "order void {closed} --reason 客户取消"),
    (4, "gp_specialist", "order print {voided}"),
    (4, "merchant_manager", "approval ok {reviewed}"),
    (4, "gp_specialist", "deposit waive {reviewed} --short 0.01 --part ordinary --reason 零头"),
    (4, "finance_cashier", "deposit record {reviewed} --amount 99999999 --ref 1"),
    (4, "finance_cashier", "payment record {reviewed} --amount 10 --ref 55001"),
    (4, "finance_cashier", "payment record {voided} --amount 10 --ref 9"),
    (4, "finance", "payment verify 2026112000010001"),
    (4, "finance_cashier", "payment print 2026112000010001"),
    (4, "distribution_center", "dispatch new {reviewed}"),
    (4, "distribution_center", "dispatch new {closed}"),
    (4, "distribution_center", "dispatch load {closed} --truck 粤S12345 --driver 张师傅"),
    (4, "distribution_center", "dispatch count {closed} 1:50"),
    (4, "driver", "dispatch sign {closed} --by 李主任"),
    (4, "finance", "reconcile link YH20261120-0001 SK20261120-0001"),
    (4, "finance", "reconcile ignore YH20261120-0006 --reason 重复"),
    (4, "customer_service", CUSTOMER),
    (4, "administrator", "staff add finance 王敏 --role finance"),
    (5, "", f"{ORDER}1"),
    (5, "nobody", f"{ORDER}1"),
    (5, "driver", f"{ORDER}1"),
    (5, "gp_specialist", "order review {reviewed}"),
    (5, "gp_specialist", "order void {reviewed} --reason 客户取消"),
    (5, "gp_specialist", "deposit record {reviewed} --amount 10 --ref 1"),
    (5, "finance_cashier", "payment verify 55001"),
    (5, "finance", "staff add wang 王敏 --role finance"),
    (6, "gp_specialist", f"{ORDER}0"),
    (6, "gp_specialist", f"{ORDER}1.5"),
    (6, "gp_specialist", f"{ORDER}1 --on +1d"),
    (4, "gp_specialist", "order collect {voided} --copy customer"),
    (6, "finance_cashier", "deposit record {reviewed} --amount 1.005 --ref 1"),
    (6, "finance_cashier", "deposit record {reviewed} --amount -5 --ref 1"),
    (10, "gp_specialist", "order new -c KH0001"),
]


@pytest.mark.parametrize(("exit", "who", "words"), REFUSALS)
def test_a_refusal_leaves_nothing_behind(told, exit, who, words) -> None:
    named = {"closed": told.closed, "reviewed": told.reviewed, "voided": told.voided}
    told.desk.refused(words.format(**named), as_=who, exit=exit)


def test_a_refused_number_is_given_to_the_next_document(again) -> None:
    """Numbers are drawn inside the transaction, so that a refusal leaves no gap."""
    desk = again.desk
    last = desk.ok(f"{ORDER}1 -q", as_="gp_specialist").out.strip()
    for _time in range(3):
        desk.refused(f"{ORDER}99999 --submit", as_="gp_specialist")
        assert desk.run(f"{ORDER}1 --dry-run", as_="gp_specialist").exit == 0
    following = desk.ok(f"{ORDER}1 -q", as_="gp_specialist").out.strip()
    assert int(following[-4:]) == int(last[-4:]) + 1
