"""`kac print`: any document on any sheet, counted like every printing, and safely to a printer."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kac.cli.print_ import PAPERS
from kac.cli.wishes import PROFILES as NAMED
from kac.documents.library import KINDS, OF
from kac.documents.sheets import PROFILES

ORDER = "DD20261120-0040"
POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the queue")


@pytest.fixture
def reviewed(desk, monkeypatch):
    """A desk with an order that may be printed; files go beside its ledger."""
    monkeypatch.chdir(desk.home)
    desk.ok("order new -c KH0001 -l P0001:50 --need-by +7d --submit", as_="gp_specialist")
    desk.ok(f"order review {ORDER}", as_="merchant_supervisor")
    return desk


def configured(desk, text: str) -> None:
    path = desk.home / "config" / "kac" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[print]\n{text}\n", "utf-8")


def queue(desk, *, exit: int = 0) -> tuple[dict[str, str], Path]:
    """(environment, what it was given) of a machine whose `lp` only keeps its job."""
    programs, kept = desk.home / "bin", desk.home / "job"
    programs.mkdir()
    script = programs / "lp"
    script.write_text(
        f'#!/bin/sh\necho "$@" > {kept}.words\n/bin/cat > {kept}\n'
        f'[ {exit} = 0 ] || echo "no such queue" >&2\nexit {exit}\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {"PATH": str(programs)}, kept


def printings(desk, kind: str) -> list[str]:
    return [
        event
        for (event,) in desk.sql("SELECT event FROM paper_event WHERE kind = ? ORDER BY id", kind)
    ]


def test_the_config_knows_every_sheet_and_every_paper_has_its_documents() -> None:
    assert tuple(PROFILES) == NAMED
    assert {name for names in OF.values() for name in names} == set(KINDS)
    assert set(PAPERS) <= set(KINDS)


def test_a_form_is_counted_alike_whichever_command_prints_it(reviewed) -> None:
    """RTL-ORD-05: three copies once; again only with a reason, which the paper shows."""
    text = reviewed.ok(f"print {ORDER}", as_="gp_specialist").out
    assert "大客户订货单" in text
    assert printings(reviewed, "order_form") == ["printed"] * 3
    reviewed.refused(f"print {ORDER}", "RTL-ORD-05", as_="gp_specialist")
    reviewed.refused(f"order print {ORDER}", "RTL-ORD-05", as_="gp_specialist")
    again = reviewed.ok(f"print {ORDER} --reprint 卡纸 --profile th80", as_="gp_specialist").out
    assert "补打第1次" in again
    assert max(len(line.encode("gbk")) for line in again.splitlines()) <= 48


@pytest.mark.parametrize("profile", NAMED)
def test_every_profile_reaches_the_screen_a_page_and_a_job(reviewed, profile: str) -> None:
    say = f"print {ORDER} --profile {profile} --reprint 试打"
    assert ORDER in reviewed.ok(say, as_="gp_specialist").out
    reviewed.ok(f"{say} --to html", as_="gp_specialist")
    assert "@page" in Path(f"{ORDER}.html").read_text("utf-8")
    reviewed.ok(f"{say} -o job.prn", as_="gp_specialist") if profile not in ("a4", "a5") else None
    assert not Path("job.prn").exists() or Path("job.prn").read_bytes().startswith(b"\x1b@")


def test_a_laser_printer_is_given_each_copy_alone_and_carbon_paper_all_at_once(reviewed) -> None:
    """RTL-ORD-06..08: each copy has its own legend where no carbon makes it."""
    reviewed.ok(f"print {ORDER} --profile a4 --to html", as_="gp_specialist")
    page = Path(f"{ORDER}.html").read_text("utf-8")
    assert page.count("<svg") == 3 and page.count("第一联") == 1
    again = f"print {ORDER} --to html --reprint 存档"
    reviewed.ok(f"{again} --profile dm2", as_="gp_specialist")
    assert Path(f"{ORDER}.html").read_text("utf-8").count("<svg") == 1
    reviewed.ok(f"{again} --profile dm2 --copies each", as_="gp_specialist")
    assert Path(f"{ORDER}.html").read_text("utf-8").count("<svg") == 3


def test_a_document_has_papers_beside_its_form(reviewed) -> None:
    """GPA-RCV-02, GPA-RCV-03, FLW-STK-01: picked and boxed by the printed form, and labelled."""
    reviewed.refused(f"print {ORDER} --paper picking_list", "RTL-ORD-05", as_="gp_specialist")
    reviewed.ok(f"print {ORDER}", as_="gp_specialist")
    picking = reviewed.ok(f"print {ORDER} --paper picking_list", as_="distribution_center").out
    assert "拣货单" in picking and "￥" not in picking
    label = reviewed.ok("print @ --paper box_label --profile th80", as_="distribution_center").out
    assert "品名: 电饭煲" in label and "数量: 50" in label
    assert printings(reviewed, "box_label") == ["printed"]
    reviewed.refused(f"print {ORDER} --paper box_label", "--reprint", as_="distribution_center")
    reviewed.refused(f"print {ORDER} --paper quotation", "E-PRN-007", exit=6, as_="gp_specialist")


def test_a_slip_is_picked_and_boxed_by_its_own_lines(reviewed) -> None:
    """GPA-RCV-03, FLW-STK-02: the part that goes now, until it is loaded or void."""
    steps = (
        ("gp_specialist", f"order print {ORDER} -q"),
        ("finance_cashier", f"payment record {ORDER} --amount 13400 --ref R1"),
        ("finance", "payment verify R1"),
    )
    for who, words in steps:
        reviewed.ok(words, as_=who)
    load = f"dispatch load {ORDER} --truck 粤S1 --driver 张"
    reviewed.refused(load, as_="distribution_center", exit=3)
    slip = reviewed.ok(f"dispatch new {ORDER} -q", as_="distribution_center").out.strip()
    label = f"print {slip} --paper box_label"
    assert "数量: 50台" in reviewed.ok(label, as_="distribution_center").out
    reviewed.ok(f"print {slip} --paper picking_list --to html", as_="distribution_center")
    assert slip in Path(f"{slip}.html").read_text("utf-8")
    reviewed.ok(f"dispatch void {slip} --reason 少一台", as_="distribution_center")
    reviewed.refused(f"{label} --reprint 再打", as_="distribution_center")


def test_no_copy_of_a_void_slip_is_handed_out_for_the_first_time(reviewed) -> None:
    """RTL-SHT-11, C-27: a slip that was never printed and is void has no copy to collect."""
    steps = (
        ("gp_specialist", f"order print {ORDER} -q"),
        ("finance_cashier", f"payment record {ORDER} --amount 13400 --ref R1"),
        ("finance", "payment verify R1"),
    )
    for who, words in steps:
        reviewed.ok(words, as_=who)
    slip = reviewed.ok(f"dispatch new {ORDER} -q", as_="distribution_center").out.strip()
    reviewed.ok(f"dispatch void {slip} --reason 少一台", as_="distribution_center")
    for words in (f"dispatch print {slip}", f"print {slip}", f"print {slip} --reprint 再打"):
        reviewed.refused(words, "RTL-SHT-11", as_="distribution_center")
    reviewed.ok(f"dispatch new {ORDER} -q", as_="distribution_center")


def test_a_notice_goes_with_a_form_that_is_void(reviewed) -> None:
    """RTL-SHT-09, RTL-SHT-10: it lists every copy, with whom it is, and what came back."""
    reviewed.ok(f"print {ORDER}", as_="gp_specialist")
    notice = f"print {ORDER} --paper void_notice"
    reviewed.refused(notice, "RTL-SHT-09", as_="gp_specialist")
    reviewed.ok(f"order void {ORDER} --reason 客户改期", as_="merchant_supervisor")
    reviewed.ok(f"order collect {ORDER} --copy customer", as_="gp_specialist")
    text = reviewed.ok(notice, as_="gp_specialist").out
    assert "作废原因: 客户改期" in text and "已收回作废" in text and text.count("未收回") == 2
    reviewed.refused(f"print {ORDER} --paper picking_list", "RTL-SHT-02", as_="gp_specialist")


def test_several_documents_are_printed_in_one_act_or_none_of_them(reviewed) -> None:
    other = "DD20261120-0041"
    reviewed.ok("order new -c KH0001 -l P0001:5 --need-by +7d", as_="gp_specialist")
    both = f"print {ORDER} {other} --to html"
    reviewed.refused(both, "E-GAT", as_="gp_specialist")
    assert not Path(f"{ORDER}.html").exists()
    reviewed.ok(f"order submit {other}", as_="gp_specialist")
    reviewed.ok(f"order review {other}", as_="merchant_supervisor")
    found = reviewed.ok(f"{both} --json", as_="gp_specialist").json
    assert [each["number"] for each in found["documents"]] == [ORDER, other]
    assert Path(f"{ORDER}.html").exists() and Path(f"{other}.html").exists()
    reviewed.refused(f"{both} -o one.html", "E-PRN-008", exit=2, as_="gp_specialist")


def test_a_number_that_is_never_printed_is_told_from_one_that_is_not_there(reviewed) -> None:
    assert "E-REF-001" in reviewed.refused("print SP20261120-0001", exit=3).err
    reviewed.refused("print SH20261120-0099", exit=3, as_="distribution_center")


def test_nothing_is_counted_where_no_printer_is_named_or_it_is_none(reviewed) -> None:
    say = f"print {ORDER} --to printer"
    assert "E-PRN-005" in reviewed.refused(say, exit=9, as_="gp_specialist").err
    plain = reviewed.home / "plain.txt"
    plain.write_text("kept")
    for wrong in (plain.as_posix(), "/nowhere/lp0", "-x; rm", "no-queue"):
        configured(reviewed, f'matrix = "{wrong}"')
        refusal = reviewed.refused(say, exit=9, as_="gp_specialist", env={"PATH": ""})
        assert "E-PRN-006" in refusal.err
    assert plain.read_text() == "kept"


@POSIX
def test_a_job_reaches_the_queue_raw_and_a_laser_printer_is_given_pages(reviewed) -> None:
    configured(reviewed, 'matrix = "lq615"\nroll = "th"\ndefault_profile = "dm3"')
    env, kept = queue(reviewed)
    told = reviewed.ok(f"print {ORDER} --to printer", as_="gp_specialist", env=env)
    assert f"{ORDER} was handed to the printer lq615" in told.err
    assert Path(f"{kept}.words").read_text().split()[:2] == ["-d", "lq615"]
    assert "-o raw" in Path(f"{kept}.words").read_text()
    job = kept.read_bytes()
    assert job.startswith(b"\x1b@\x1bM") and "大客户订货单".encode("gb18030") in job
    reviewed.ok("print test --profile th80 --to printer", env=env)
    assert kept.read_bytes().endswith(b"\x1dV\x42\x00")


@POSIX
def test_a_printer_that_refuses_after_the_commit_loses_nothing(reviewed) -> None:
    """The copies are counted, exit 12 names the number; printing again needs its reason."""
    configured(reviewed, 'matrix = "lq615"')
    env, _kept = queue(reviewed, exit=1)
    failed = reviewed.run(f"print {ORDER} --to printer", as_="gp_specialist", env=env)
    assert failed.exit == 12
    assert ORDER in failed.err
    assert printings(reviewed, "order_form") == ["printed"] * 3
    reviewed.ok(f"print {ORDER} --reprint 打印机未接收", as_="gp_specialist")


@POSIX
def test_a_device_takes_the_job_itself(reviewed) -> None:
    configured(reviewed, 'matrix = "/dev/null"')
    told = reviewed.ok(f"print {ORDER} --to printer", as_="gp_specialist")
    assert "/dev/null" in told.err


@pytest.mark.parametrize("profile", NAMED)
def test_a_test_page_shows_rulers_signs_and_columns_and_writes_nothing(desk, profile) -> None:
    before = desk.sql("SELECT count(*) FROM command")
    page = desk.ok(f"print test --profile {profile}").out
    assert "1234567890" in page and "壹贰叁肆" in page and "〓" in page
    assert f"打印测试页 {profile}" in page
    assert desk.ok(f"print test --profile {profile} --json").json["profile"] == profile
    assert desk.sql("SELECT count(*) FROM command") == before


def test_a_guarantee_letter_is_printed_for_its_guarantor_to_sign(desk) -> None:
    """RTL-PRI-03."""
    made = "order new -c KH0001 -l P0001:50 --need-by +7d --payment credit --submit -q"
    number = desk.ok(made, as_="gp_specialist").out.strip()
    letter = desk.ok(
        f"credit letter {number} --guarantor responsible_person --amount 13400 --due 2026-12-20"
        " --document 担保书1号 -q",
        as_="gp_specialist",
    ).out.strip()
    text = desk.ok(f"print {letter}", as_="gp_specialist").out
    assert "担 保 书" in text and "人民币(大写): 壹万叁仟肆佰元整" in text and number in text
    assert printings(desk, "guarantee") == ["printed"]
