"""Printing at the counter: custody is written first, then the paper goes to screen or file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kac.cli import setting
from kac.cli.counter import reading_ledger, write
from kac.cli.options import Writing
from kac.cli.show import err, out, write_file
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Work
    from kac.documents.layout import Paper


def printed(
    asked: Writing,
    command: str,
    act: Callable[[Work], Outcome],
    typed: Mapping[str, Any],
    output: Path | None,
    copies: str,
) -> None:
    """Carry out a printing command, then hand over the paper: text, `.html` or `.prn` (ESC/P).

    `copies` is `carbon` for one printing with every legend, `each` for every copy alone; of a
    quotation it is `internal` for the sheet with costs. Nothing
    goes to stdout beside `--json` or `-q`, unless a file is named.
    """

    def tell(outcome: Outcome) -> None:
        for sentence in outcome.says:
            err(sentence)
        if output is None and not outcome.dry:
            out(_text(_paper(str(outcome.document["number"]), copies)).rstrip("\n"))

    def hand_over(outcome: Outcome) -> None:
        if output is not None:
            paper = _paper(str(outcome.document["number"]), copies)
            write_file(output, _bytes(paper, output.suffix.lower()))
            err(_("written to {path}").format(path=output))

    write(asked, command, act, typed, tell=tell, hand_over=hand_over)


def _paper(number: str, copies: str) -> Paper:
    with reading_ledger() as reader:
        return _composed(reader, number, copies)


def _composed(reader: Reader, number: str, copies: str) -> Paper:
    from kac.documents import (
        contract,
        filled,
        filled_returns,
        order_form,
        quotation,
        receipt,
        refund_slip,
        return_slip,
        sales_detail,
        slip,
    )
    from kac.documents.layout import bound

    if number.startswith("DD"):
        form = filled.order_form(reader, number)
        return order_form.compose_each(form) if copies == "each" else order_form.compose(form)
    if number.startswith("SK"):
        money = filled.receipt(reader, number)
        return receipt.compose_each(money) if copies == "each" else receipt.compose(money)
    if number.startswith("TK"):
        back = filled.refund_slip(reader, number)
        return refund_slip.compose_each(back) if copies == "each" else refund_slip.compose(back)
    if number.startswith("TH"):
        goods_back = filled_returns.return_slip(reader, number)
        if copies == "each":
            return return_slip.compose_each(goods_back)
        return return_slip.compose(goods_back)
    if number.startswith("BZ"):
        held = filled.security_receipt(reader, number)
        return receipt.compose_each(held) if copies == "each" else receipt.compose(held)
    if number.startswith("BJ"):
        return quotation.compose(filled.quotation(reader, number, internal=copies == "internal"))
    if number.startswith("HT"):
        return contract.compose(filled.contract(reader, number, setting.today()))
    if number.startswith(("QT", "KS", "RJ")):
        return _of_hypermarket(reader, number)
    if number.startswith(("DZ", "CK")):
        return _of_account(reader, number, copies)
    goods = filled.slip(reader, number)
    paper = slip.compose_each(goods) if copies == "each" else slip.compose(goods)
    return bound([paper, sales_detail.compose(filled.sales_detail(reader, number))])


def _of_hypermarket(reader: Reader, number: str) -> Paper:
    from kac.documents import card_receipt, filled_cards, iou

    if number.startswith("RJ"):
        from kac.documents import filled_settlement, settlement

        return settlement.compose(filled_settlement.settlement(reader, number))
    if number.startswith("QT"):
        return iou.compose(filled_cards.iou(reader, number))
    return card_receipt.compose(filled_cards.card_receipt(reader, number))


def _of_account(reader: Reader, number: str, copies: str) -> Paper:
    from kac.documents import dunning, filled_dunning, filled_statement, statement

    if number.startswith("CK"):
        return dunning.compose(filled_dunning.dunning(reader, number))
    told = filled_statement.statement(reader, number)
    return statement.compose_each(told) if copies == "each" else statement.compose(told)


def _text(paper: Paper) -> str:
    from kac.documents import outputs

    warn_unprintable(paper)
    return outputs.text(paper, page_break="\n")


def _bytes(paper: Paper, suffix: str) -> bytes:
    from kac.documents import outputs

    warn_unprintable(paper)
    if suffix == ".html":
        return outputs.html(paper).encode()
    if suffix == ".prn":
        return outputs.escp(paper)
    return outputs.text(paper).encode()


def warn_unprintable(paper: Paper) -> None:
    """Say which characters no printer of the desk has."""
    if paper.unprintable:
        err(
            _("printed as 〓, since printers lack them: {characters}").format(
                characters=" ".join(paper.unprintable)
            )
        )
