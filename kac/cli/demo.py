"""`kac demo`: one order from the customer's file to the reconciled ledger, on a ledger of its own.

Every step is a real command through the front door; a step that ends otherwise than it should
ends the demo with its exit code.
"""

from __future__ import annotations

import io
import shlex
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from kac.cli import setting, show
from kac.cli.lazy import Noun
from kac.cli.options import examples
from kac.cli.sheets import json_text
from kac.core import i18n
from kac.core.errors import Exit
from kac.core.i18n import N_, _
from kac.core.values import dataclass

app = Noun(single=True)


@dataclass(frozen=True)
class Step:
    """One command of the story: who types it, what it shows, and the exit code it must have.

    In `words`, `{order}`, `{approval}` and `{slip}` are the newest documents of the ledger.
    """

    says: str
    staff: str
    words: str
    exit: Exit = Exit.DONE


STORY = (
    Step(
        N_("A factory comes to the desk for the first time: its file is opened."),
        "gp_specialist",
        "customer add 榆江市星海电子厂 --nature 工厂 --contact 何工 --phone 15400120077"
        " --address 榆江市新港区星海路9号 --area 新港区 --need 职工福利 --long-term",
    ),
    Step(
        N_("Is there enough? Display samples and what others were promised do not count."),
        "gp_specialist",
        "stock check P0006:60 P0002:100",
    ),
    Step(
        N_("Nobody may sell below cost."),
        "gp_specialist",
        "order new -c 星海电子 --line P0006:60@170 --need-by +7d --submit",
        Exit.REFUSED,
    ),
    Step(
        N_("The order as agreed: discounted fryers and fresh pork."),
        "gp_specialist",
        "order new -c 星海电子 --line P0006:60@188 --line P0002:100 --need-by +7d --submit",
    ),
    Step(N_("What waits for the merchant manager now?"), "merchant_manager", "todo"),
    Step(
        N_("The form is not printed before everybody has signed for a margin of 9.04 %."),
        "gp_specialist",
        "order print {order}",
        Exit.REFUSED,
    ),
    Step(
        N_("Purchasing checks the discount against cost and signs for its tier."),
        "purchasing_manager",
        "approval ok {approval}",
    ),
    Step(
        N_("The merchant manager grants the discount and signs for the tier."),
        "merchant_manager",
        "approval ok {approval} --note 新客户首单",
    ),
    Step(N_("Operations signs last."), "operations_manager", "approval ok {approval}"),
    Step(
        N_("A supervisor reviews the order: only then may a deposit be taken."),
        "merchant_supervisor",
        "order review {order}",
    ),
    Step(
        N_("Three copies: merchant department, distribution centre, customer."),
        "gp_specialist",
        "order print {order}",
    ),
    Step(
        N_("30 % of ordinary goods, 50 % of fresh food."),
        "finance_cashier",
        "deposit quote {order}",
    ),
    Step(
        N_("The desk never touches money."),
        "gp_specialist",
        "deposit record {order} --amount 4684 --ref 2026112300020001",
        Exit.NOT_PERMITTED,
    ),
    Step(
        N_("Finance takes the deposit."),
        "finance_cashier",
        "deposit record {order} --amount 4684 --ref 2026112300020001",
    ),
    Step(
        N_("A deposit came first: the form is photocopied for finance."),
        "gp_specialist",
        "order photocopy {order}",
    ),
    Step(
        N_("A receipt in two copies, the amount in capitals."),
        "finance_cashier",
        "payment print 2026112300020001",
    ),
    Step(
        N_("No goods before money: a deposit is not enough."),
        "distribution_center",
        "dispatch new {order}",
        Exit.REFUSED,
    ),
    Step(N_("Why not? What would open it?"), "gp_specialist", "explain {order}"),
    Step(
        N_("The balance comes in."),
        "finance_cashier",
        "payment record {order} --amount 9196 --ref 2026112400020003",
    ),
    Step(N_("Its receipt."), "finance_cashier", "payment print 2026112400020003 -q"),
    Step(
        N_("Another person of finance sees that both transfers are really there."),
        "finance",
        "payment verify 2026112300020001",
    ),
    Step(N_("And the second one."), "finance", "payment verify 2026112400020003"),
    Step(N_("Now the slip may be issued."), "distribution_center", "dispatch new {order}"),
    Step(
        N_("It travels in two copies, with the list to count by."),
        "distribution_center",
        "dispatch print {slip} -q",
    ),
    Step(
        N_("One department counts: one fryer too few, refused."),
        "distribution_center",
        "dispatch count {slip} 1:59 2:100",
        Exit.REFUSED,
    ),
    Step(N_("Counted again."), "distribution_center", "dispatch count {slip} 1:60 2:100"),
    Step(
        N_("The other department counts too."), "merchant_staff", "dispatch count {slip} 1:60 2:100"
    ),
    Step(
        N_("Loaded: the goods leave the stock."),
        "distribution_center",
        "dispatch load {slip} --truck 粤S61234 --driver 张师傅",
    ),
    Step(
        N_("Delivered and signed: the sale is booked."), "driver", "dispatch sign {slip} --by 何工"
    ),
    Step(
        N_("The signed copy comes back and is filed."),
        "distribution_center",
        "dispatch archive {slip}",
    ),
    Step(N_("The bank's statement comes in."), "finance", "reconcile import {statement}"),
    Step(
        N_("The night: every figure derived anew, both transfers found on the statement."),
        "finance",
        "reconcile run --check",
    ),
    Step(N_("Nothing was changed behind the ledger's back."), "auditor", "audit verify"),
    Step(
        N_("The slip once more, as it lies in the archive."),
        "distribution_center",
        "dispatch print {slip} --reprint 演示",
    ),
    Step(N_("And a clean reconciliation says nothing at all."), "finance", "reconcile run --check"),
)


@app.command(
    help=_("Walk one order through the whole desk on a throw-away training ledger."),
    epilog=examples("kac demo", "kac demo --keep ~/training.db", "kac demo --json"),
)
def demo(
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="PATH", help=_("keep the training ledger there")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("JSON, for scripts"))] = False,
) -> None:
    """Run the story."""
    tell = _listed if as_json else _told
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="kac-demo-") as directory:
            tell(Path(directory) / "training.db")
        return
    tell(keep.expanduser().absolute())
    show.err(_("the training ledger stays at {path}: kac --db {path} todo --all").format(path=keep))


_FIRST = Step(N_("A training ledger with sample data."), "", "init --training")


def _told(ledger: Path) -> None:
    """The story for people: each command with its answer as it comes."""
    for number, step in enumerate((_FIRST, *STORY)):
        if number:
            show.out("")
        show.out(f"# {number}/{len(STORY)}  {_(step.says)}")
        words = _words(ledger, step)
        show.out("$ " + " ".join(map(_quoted, ["kac", *words])))
        sys.stdout.flush()
        code = _typed(ledger, words)
        sys.stderr.flush()
        if step.exit:
            show.out(_("(refused, exit code {code})").format(code=code))
        _hold(step, code)
    show.out("")
    show.out(
        _("The story is told: {steps} commands, all of them answered as they should.").format(
            steps=len(STORY)
        )
    )


def _listed(ledger: Path) -> None:
    """The story for scripts: one object a command, with everything it printed."""
    found = []
    for step in (_FIRST, *STORY):
        words, out, err = _words(ledger, step), io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = _typed(ledger, words)
        found.append({"command": words, "exit": code, "out": out.getvalue(), "err": err.getvalue()})
        _hold(step, code)
    show.out(json_text(found))


def _words(ledger: Path, step: Step) -> list[str]:
    role = ["--as", step.staff] if step.staff else []
    return [*role, *shlex.split(step.words.format(**_newest(ledger)))]


def _typed(ledger: Path, words: list[str]) -> int:
    """Run a command through the front door; its exit code."""
    from kac.cli.main import main

    language = i18n.language()
    return main(["--db", str(ledger), "--lang", language, *words], setting.current().now)


def _hold(step: Step, code: int) -> None:
    """End the demo where a command ended otherwise than the story says."""
    if code != step.exit:
        show.err(
            _("the demo expected exit code {wanted} here, not {code}").format(
                wanted=int(step.exit), code=code
            )
        )
        raise typer.Exit(code or int(Exit.INTERNAL))


def _quoted(word: str) -> str:
    """A word as a clerk would type it; Chinese needs no quotes."""
    return word if word and not set(word) & set(" \t\"'$`\\&|;<>()*?#") else shlex.quote(word)


def _newest(ledger: Path) -> dict[str, str]:
    """The newest order, request and slip of the demo's ledger, and where its statement lies."""
    from kac.db.reader import reading
    from kac.exchange.founding import sample_dir

    found = {"statement": str(sample_dir() / "bank_one_order.csv")}
    if not ledger.exists():
        return found
    with reading(ledger) as reader:
        for name, table in (
            ("order", "sales_order"),
            ("approval", "approval"),
            ("slip", "dispatch"),
        ):
            found[name] = str(reader.value(f"SELECT max(number) FROM {table}") or "")
    return found
