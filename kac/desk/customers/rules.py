"""Rules of the customer file: is it complete, and which key-account classes do figures give."""

from __future__ import annotations

from collections.abc import Iterable

from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.customers.policy import ClassRule, FilingPolicy

NATURES = ("工厂", "学校", "医院", "国家机关", "事业单位", "公司", "工会", "养老院", "个人", "其他")
METRICS = {
    "month": N_("bought this month"),
    "cumulative": N_("bought altogether"),
    "contract": N_("under contract"),
}
CLASSES = {
    "bulk": N_("bulk purchaser (大宗购物)"),
    "group_purchase": N_("group purchaser (大客户团购)"),
    "fixed_partner": N_("fixed partner (长期固定合作单位)"),
    "key_account": N_("key account (大客户)"),
}


# What people call the fields that a policy can require.
FIELDS = {
    "uscc": N_("uscc"),
    "contact": N_("contact"),
    "phone": N_("phone"),
    "address": N_("address"),
    "nature": N_("nature"),
    "area": N_("area"),
    "need": N_("need"),
}


@dataclass(frozen=True)
class CustomerFacts:
    """A customer's file; `fields` are the texts that reception writes down."""

    number: str
    name: str
    kind: str
    fields: dict[str, str]
    long_term: bool


@dataclass(frozen=True)
class Purchases:
    """Net purchases, delivered and signed for: of the calendar month, and of all time (A-29).

    `contract` is the sum of the contracts that are living.
    """

    month: Money
    cumulative: Money
    contract: Money = Money(0)


@dataclass(frozen=True)
class ClassVerdict:
    """Whether a class is reached, by which rule and which figures."""

    id: str
    rule: str
    reached: bool
    automatic: bool
    says: str


def customer_filed(facts: CustomerFacts, policy: FilingPolicy) -> Gate:
    """The file holds all that reception must write down (RTL-REC-02, RTL-REC-04, BLK-VIS-04)."""
    missing = [name for name in policy.required if not facts.fields.get(name)]
    rules = ("RTL-REC-02", "RTL-REC-04", "BLK-VIS-04")
    if not missing:
        return Gate("customer_filed", rules, True, _("{name} is on file").format(name=facts.name))
    return Gate(
        "customer_filed",
        rules,
        False,
        _("the file of {name} lacks: {missing}").format(
            name=facts.name, missing=", ".join(_(FIELDS.get(name, name)) for name in missing)
        ),
        ("gp_specialist", "merchant_staff"),
        f"kac customer edit {facts.number} "
        + " ".join(f"--{name.replace('_', '-')} …" for name in missing),
    )


def classes(
    facts: CustomerFacts, bought: Purchases, rules: Iterable[ClassRule]
) -> list[ClassVerdict]:
    """Every class with its verdict (BLK-DEF-01, RTL-DEF-01, RTL-DEF-02, A-22, A-29, A-52)."""
    return [_verdict(facts, bought, rule) for rule in rules]


@dataclass(frozen=True)
class Change:
    """A class that a customer won or lost from one month to the next."""

    verdict: ClassVerdict
    won: bool


def requalified(
    facts: CustomerFacts, before: Purchases, after: Purchases, rules: Iterable[ClassRule]
) -> list[Change]:
    """The classes of a month's purchases that the next month's give or take (C-01, A-29).

    What counts over all time is never lost, and is told by the customer's own file.
    """
    monthly = [rule for rule in rules if rule.metric == "month"]
    pairs = zip(classes(facts, before, monthly), classes(facts, after, monthly), strict=True)
    return [Change(new, new.reached) for old, new in pairs if old.reached != new.reached]


def _verdict(facts: CustomerFacts, bought: Purchases, rule: ClassRule) -> ClassVerdict:
    figures = {"month": bought.month, "cumulative": bought.cumulative}
    figure = figures.get(rule.metric, bought.contract)
    limit = Money(rule.amount_fen)
    enough = figure > limit if rule.above else figure >= limit
    reached = enough and facts.kind in rule.kinds and (facts.long_term or not rule.long_term)
    says = _("{metric} {figure}, needed {sign} {limit}").format(
        metric=_(METRICS[rule.metric]), figure=figure, sign=">" if rule.above else "≥", limit=limit
    )
    if facts.kind not in rule.kinds:
        says += "; " + _("units only")
    if rule.long_term and not facts.long_term:
        says += "; " + _("needs long-term cooperation")
    return ClassVerdict(rule.id, rule.rule, reached, rule.designation == "auto", says)
