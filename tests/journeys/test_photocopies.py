"""The photocopy for finance: asked for once a deposit came, made by somebody, before goods go.

RTL-ORD-09: recorded with its maker and its day; no slip without it, and nothing else waits for it.
"""

from __future__ import annotations

import pytest

ORDER = "DD20261120-0040"
PHOTOCOPY = f"order photocopy {ORDER}"


@pytest.fixture
def deposited(desk):
    """An order that is printed and reviewed, with a deposit and the rest of its money seen."""
    steps = (
        ("gp_specialist", "order new -c KH0001 -l P0001:50 --need-by +7d --submit"),
        ("merchant_supervisor", f"order review {ORDER}"),
        ("gp_specialist", f"order print {ORDER} -q"),
        ("finance_cashier", f"deposit record {ORDER} --amount 4020 --ref R1"),
        ("finance_cashier", f"payment record {ORDER} --amount 9380 --ref R2"),
        ("finance", "payment verify R1"),
        ("finance", "payment verify R2"),
    )
    for who, words in steps:
        desk.ok(words, as_=who)
    return desk


def shown(desk) -> dict:
    return desk.ok(f"order show {ORDER} --json").json


def test_no_slip_before_somebody_made_the_photocopy(deposited) -> None:
    """RTL-ORD-09: a deposit books no paper; the gate names the command, todo asks for it."""
    assert "photocopy" not in {paper["copy"] for paper in shown(deposited)["papers"]}
    deposited.refused(f"dispatch new {ORDER}", "RTL-ORD-09", PHOTOCOPY, as_="distribution_center")
    waits = deposited.ok("todo --json", as_="gp_specialist").json
    assert [w["command"] for w in waits if w["order"] == ORDER] == [f"kac {PHOTOCOPY}"]
    deposited.ok(PHOTOCOPY, as_="merchant_staff", on="2026-11-21")
    [paper] = [paper for paper in shown(deposited)["papers"] if paper["copy"] == "photocopy"]
    assert (paper["holder"], paper["by"], paper["on_day"]) == (
        "finance",
        "merchant_staff",
        "2026-11-21",
    )
    [gate] = [gate for gate in shown(deposited)["gates"] if gate["gate"] == "photocopied"]
    assert gate["says"] == "photocopy for finance made by merchant_staff on 2026-11-21"
    deposited.ok(f"dispatch new {ORDER}", as_="distribution_center", on="2026-11-21")


def test_a_photocopy_is_made_once_and_of_a_form_that_is_out_and_in_force(deposited) -> None:
    """RTL-ORD-09, RTL-SHT-02: with its maker told to whoever comes second."""
    deposited.refused(PHOTOCOPY, as_="finance_cashier", exit=5)
    deposited.ok(PHOTOCOPY, as_="gp_specialist")
    deposited.refused(PHOTOCOPY, "RTL-ORD-09", "gp_specialist on 2026-11-20", as_="service_desk")
    deposited.refused("order photocopy DD20261120-0001", "RTL-ORD-05", as_="service_desk")


def test_an_order_paid_at_once_is_photocopied_for_nobody(desk) -> None:
    """RTL-ORD-09: only when a deposit came first; its checklist does not speak of it."""
    for who, words in (
        ("gp_specialist", "order new -c KH0001 -l P0001:50 --need-by +7d --submit"),
        ("merchant_supervisor", f"order review {ORDER}"),
        ("gp_specialist", f"order print {ORDER} -q"),
        ("finance_cashier", f"payment record {ORDER} --amount 13400 --ref R1"),
        ("finance", "payment verify R1"),
    ):
        desk.ok(words, as_=who)
    desk.refused(PHOTOCOPY, "RTL-ORD-09", as_="gp_specialist")
    assert "photocopied" not in {gate["gate"] for gate in shown(desk)["gates"]}
    desk.ok(f"dispatch new {ORDER}", as_="distribution_center")


def test_a_form_printed_after_its_deposit_waits_for_its_photocopy_all_the_same(desk) -> None:
    """RTL-ORD-09: three copies are printed, the fourth piece is made and written down."""
    for who, words in (
        ("gp_specialist", "order new -c KH0001 -l P0001:50 --need-by +7d --submit"),
        ("merchant_supervisor", f"order review {ORDER}"),
        ("finance_cashier", f"deposit record {ORDER} --amount 4020 --ref R1"),
    ):
        desk.ok(words, as_=who)
    desk.refused(PHOTOCOPY, "RTL-ORD-05", as_="gp_specialist")
    printed = desk.ok(f"order print {ORDER} --json", as_="gp_specialist").json
    assert list(printed["copies"]) == ["merchant_dept", "distribution_center", "customer"]
    desk.refused(f"{PHOTOCOPY} --on 2026-11-19", "E-VAL-034", as_="gp_specialist")
    desk.ok(PHOTOCOPY, as_="gp_specialist")
