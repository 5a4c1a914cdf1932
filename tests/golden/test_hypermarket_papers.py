"""The hypermarket's papers, compared to the cell. KAC_GOLDEN=write writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from wcwidth import wcswidth

from kac.documents import card_receipt, iou, outputs, settlement
from kac.documents.card_receipt import CardReceiptPaper, CardRow
from kac.documents.imprint import Imprint, Signature
from kac.documents.iou import IouPaper
from kac.documents.layout import Paper
from kac.documents.settlement import LeftLine, SettledLine, SettlementPaper

GOLDEN = Path(__file__).parent / "hypermarket"
MADE = datetime(2026, 9, 23, 1, 12, tzinfo=UTC)
UNIT = "华夏银行股份有限公司北京分行工会"


def imprint(number: str, **changes: object) -> Imprint:
    plain = Imprint("某某商贸有限公司", number, "42-9f3a01bc", MADE, "王敏")
    return replace(plain, **changes)  # type: ignore[arg-type]


def owed(**changes: object) -> IouPaper:
    plain = IouPaper(
        imprint=imprint("QT20260923-0001"),
        on_day=date(2026, 9, 23),
        customer_name=UNIT,
        sale="KS20260923-0001",
        amount_fen=1280000,
        writer="吴洋",
        signatures=(Signature("签批", "财务主管", "郑华", date(2026, 9, 23)),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def taken(rows: int = 2, **changes: object) -> CardReceiptPaper:
    found = tuple(
        CardRow(f"HZ88{number:02d}01-HZ88{number:02d}60", 60, 15000) for number in range(rows)
    )
    plain = CardReceiptPaper(
        imprint=imprint("KS20260923-0002"),
        on_day=date(2026, 9, 23),
        customer_name=UNIT,
        rows=found,
        amount_fen=sum(row.count * row.face_fen for row in found),
        manager="吴洋",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def day(count: int = 3, **changes: object) -> SettlementPaper:
    kinds = ("cash", "cheque", "ebank")
    plain = SettlementPaper(
        imprint=imprint("RJ20260923-0001"),
        on_day=date(2026, 9, 23),
        revision=1,
        officer="周明",
        settled=tuple(
            SettledLine(
                f"JS20260923-{number:04d}",
                UNIT,
                "KS20260923-0001",
                kinds[number * 3 // (count + 1)],
                860000 + number,
                "凭单-0881" if number * 3 // (count + 1) == 2 else "",
            )
            for number in range(1, count + 1)
        ),
        left=(
            LeftLine(
                "JS20260923-0091", UNIT, "cheque", 3000000, "in_custody", "郑华", "钱红", "印鉴待核"
            ),
            LeftLine("JS20260923-0092", "红星小学", "ebank", 975000, "with_manager", "", "钱红"),
        ),
        circulated_to="全体业务经理",
        audit_head="42-" + "9f3a01bc" * 8,
        signatures=(
            Signature("确认", "财务部", "郑华", date(2026, 9, 23)),
            Signature("确认", "部门负责人"),
        ),
        keeper="吴洋",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


PAPERS: dict[str, Callable[[], Paper]] = {
    "iou": lambda: iou.compose(owed()),
    "iou_open_training": lambda: iou.compose(
        owed(
            imprint=imprint("QT20260923-0001", training=True),
            signatures=(Signature("签批", "部门负责人"),),
        )
    ),
    "iou_withdrawn_reprint": lambda: iou.compose(
        owed(
            imprint=imprint("QT20260923-0001", reprint=1, reason="客户要求"),
            withdrawn_by="钱红",
            withdrawn_on=date(2026, 9, 25),
        )
    ),
    "iou_void": lambda: iou.compose(owed(imprint=imprint("QT20260923-0001", void=True))),
    "card_receipt_form": lambda: card_receipt.compose(taken()),
    "card_receipt_signed": lambda: card_receipt.compose(
        taken(signer="陈丽华", words="壹万捌仟元整", sealed=True)
    ),
    "card_receipt_no_seal": lambda: card_receipt.compose(
        taken(1, signer="陈丽华", words="玖仟元整", seal_reason="公章外借")
    ),
    "settlement": lambda: settlement.compose(day()),
    "settlement_nothing_left_again": lambda: settlement.compose(
        day(1, left=(), revision=2, keeper="")
    ),
    "settlement_with_a_bounced_cheque": lambda: settlement.compose(
        day(
            2,
            settled=(
                *day(1).settled,
                SettledLine(
                    "JS20260922-0003", UNIT, "KS20260922-0001", "returned", -30000, "30501123"
                ),
            ),
        )
    ),
    "settlement_long": lambda: settlement.compose(day(44)),
    "card_receipt_long": lambda: card_receipt.compose(taken(60)),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_printed_to_the_cell_as_agreed(name: str) -> None:
    """HYP-CRD-01, HYP-CRD-09, A-40: words and figures stand on both papers."""
    paper = PAPERS[name]()
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("KAC_GOLDEN") == "write":
        path.write_text(outputs.text(paper), "utf-8")
    assert path.read_text("utf-8") == outputs.text(paper)
    assert all(wcswidth(line) <= paper.columns for page in paper.pages for line in page)


def test_there_is_no_agreed_paper_that_nobody_prints() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(PAPERS)


def test_the_iou_says_its_amount_in_words_and_in_figures() -> None:
    said = outputs.text(iou.compose(owed()))
    assert "壹万贰仟捌佰元整" in said
    assert "￥12,800.00" in said


def test_a_long_list_of_cards_turns_the_page_and_is_signed_once() -> None:
    pages = card_receipt.compose(taken(60)).pages
    assert len(pages) == 2
    assert [any("收卡人" in line for line in page) for page in pages] == [False, True]


def test_the_confirmation_carries_both_signatures_and_the_head_of_the_chain() -> None:
    """HYP-FIN-10, HYP-FIN-14."""
    said = outputs.text(settlement.compose(day()))
    assert "确认(财务部): 郑华 2026-09-23" in said
    assert "确认(部门负责人): ________" in said
    assert f"审计链: {day().audit_head}" in said
    assert "交 钱红" in said


def test_the_annex_adds_up_by_category_and_in_all() -> None:
    """HYP-FIN-13."""
    lines = [line for page in settlement.compose(day(9)).pages for line in page]
    sums = [line for line in lines if "小计" in line]
    assert [line.split("小计")[0].strip(" |") for line in sums] == ["现金", "支票", "网银"]
    assert any("当日结算合计" in line and "￥77,400.45" in line for line in lines)
