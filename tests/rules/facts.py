"""What the rules are asked about: the retail policy as it is shipped, and orders judged by it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import kac
from kac.core.gates import Gate
from kac.db.policybook import PolicyVersion
from kac.desk.approvals.rules import Signed, Step
from kac.desk.customers.policy import ClassPolicy
from kac.desk.customers.rules import CustomerFacts
from kac.desk.deposits.policy import DepositPolicy
from kac.desk.deposits.rules import DepositFacts
from kac.desk.dispatch.policy import DispatchPolicy
from kac.desk.dispatch.rules import SlipFacts
from kac.desk.lines.rules import PricedLine
from kac.desk.orders import queries, rules
from kac.desk.orders.rules import OrderFacts
from kac.desk.papers.rules import Copy
from kac.desk.payments.rules import MoneyFacts
from kac.desk.stock.rules import Supply
from kac.desk.worklist.rules import CaseFacts

_FILE = Path(kac.__file__).parent / "data" / "policy" / "retail.toml"
RETAIL = PolicyVersion("retail", 1, tomllib.loads(_FILE.read_text("utf-8")))
POLICIES = queries.policies(RETAIL)
MARGINS = POLICIES.margins
DEPOSIT = RETAIL.section("deposit", DepositPolicy)
DISPATCH = RETAIL.section("dispatch", DispatchPolicy)
CLASSES = RETAIL.section("classes", ClassPolicy).rules()
MAY = RETAIL.may

TODAY = date(2026, 11, 20)
ORDER_COPIES = POLICIES.order.copies
HONGDA = CustomerFacts(
    number="KH0001",
    name="宏达电器厂",
    kind="unit",
    fields={
        "phone": "0571-87654321",
        "address": "榆江市工业路8号",
        "nature": "工厂",
        "area": "云溪区",
        "need": "年节福利",
    },
    long_term=False,
)


def goods(
    price_fen: int = 26800,
    cost_fen: int = 22000,
    quantity: int = 50,
    *,
    line: int = 1,
    product: int = 0,
    list_price_fen: int = 0,
    scale: int = 1,
    gift: bool = False,
    fresh: bool = False,
) -> PricedLine:
    """One line, at list price unless that is named; each line has goods of its own."""
    return PricedLine(
        line=line,
        product_id=product or line,
        code=f"P{product or line:04d}",
        name="电饭煲",
        unit="台",
        scale=scale,
        quantity=quantity,
        list_price_fen=list_price_fen or price_fen,
        unit_price_fen=0 if gift else price_fen,
        cost_fen=cost_fen,
        gift=gift,
        fresh=fresh,
    )


def lines_of(*lines: PricedLine) -> tuple[PricedLine, ...]:
    """Lines numbered from 1, each of goods of its own."""
    return tuple(replace(line, line=n, product_id=n) for n, line in enumerate(lines, start=1))


def supply(
    wanted: int = 50, on_hand: int = 80, display: int = 2, reserved: int = 0, kept: int = 0
) -> Supply:
    """Rice cookers against the stock of the distribution centre."""
    figures = (wanted, on_hand, display, reserved, 0)
    return Supply("P0001", "电饭煲", "台", 1, "DC", *figures, kept=kept)


def copies(*names: str, event: str = "printed") -> dict[str, Copy]:
    """Copies of a document, each with the holder that it is made for."""
    return {name: Copy(name, event, name) for name in names}


def order(*lines: PricedLine, **changes: object) -> OrderFacts:
    """Hongda's order of SC-01 or of other lines, submitted, with all its goods in stock."""
    own = lines_of(*lines) if lines else (goods(),)
    plain = OrderFacts(
        id=1,
        number="DD20261120-0001",
        state="submitted",
        revision=1,
        prepared_by="gp_specialist",
        need_by=date(2026, 11, 27),
        made_on=TODAY,
        address="榆江市工业路8号",
        location="DC",
        customer=HONGDA,
        lines=own,
        supplies=(supply(),),
        goods_left=False,
        approval="SP20261120-0001",
        steps=rules.route(own, POLICIES),
        signed=(),
        reviewed_by="",
        copies={},
        deposit_fen=0,
        received_fen=0,
        verified_fen=0,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def case(
    facts: OrderFacts,
    slip: SlipFacts | None = None,
    unverified: Sequence[str] = (),
    unreceipted: Sequence[str] = (),
) -> CaseFacts:
    """The order with its money and its slip, as the checklist takes it."""
    return CaseFacts(
        order=facts,
        money=MoneyFacts(
            facts.number,
            total_fen=facts.total_fen,
            received_fen=facts.received_fen,
            verified_fen=facts.verified_fen,
            deposit_fen=facts.deposit_fen,
            unverified=tuple(unverified),
            unreceipted=tuple(unreceipted),
        ),
        deposit=DepositFacts(
            facts.number,
            facts.total_fen,
            facts.fresh_fen,
            facts.received_fen,
        ),
        slip=slip or SlipFacts(facts.number, address=facts.address),
        policies=POLICIES,
        deposit_policy=DEPOSIT,
        dispatch_policy=DISPATCH,
        holders=RETAIL.holders,
    )


def ok(step: Step, staff: str = "", line: int = 0) -> Signed:
    """A signature for a step, by a holder of its role unless somebody is named."""
    return Signed(step.kind, step.role, line, "ok", staff or step.role)


def rejected(step: Step, note: str = "too dear") -> Signed:
    """A refusal by the role of a step."""
    return Signed(step.kind, step.role, 0, "reject", step.role, note)


def shut(gates: Sequence[Gate]) -> list[str]:
    """The names of the gates that are not open."""
    return [gate.name for gate in gates if not gate.open]
