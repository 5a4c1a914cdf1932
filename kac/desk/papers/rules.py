"""Rules of paper: every copy is printed once for its holder, stays accounted for, is never torn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import N_, _, ngettext
from kac.core.values import dataclass

HOLDERS = {
    "merchant_dept": N_("merchant department"),
    "distribution_center": N_("distribution centre"),
    "customer": N_("customer"),
    "finance": N_("finance"),
    "driver": N_("driver"),
    "logistics": N_("logistics archive"),
    "sales_office": N_("sales office"),
    "finance_window": N_("finance window"),
    "business_manager": N_("business manager"),
    "bulk_department": N_("bulk department"),
    "settlement_keeper": N_("keeper of the month"),
    "store_clerk": N_("clerk"),
    "floor_supervisor": N_("floor supervisor"),
    "photocopy": N_("photocopy"),
}
PHOTOCOPY = "photocopy"
# A copy bears the name of its holder, which is typed for it; people read it in their language.
COPIES = {
    "merchant_dept": N_("merchant_dept"),
    "distribution_center": N_("distribution_center"),
    "customer": N_("customer"),
    "finance": N_("finance"),
    "driver": N_("driver"),
    "sales_office": N_("sales_office"),
    "original": N_("original"),
    "store_clerk": N_("store_clerk"),
    "floor_supervisor": N_("floor_supervisor"),
    PHOTOCOPY: N_("photocopy"),
}
EVENTS = {
    "printed": N_("printed"),
    "reprinted": N_("reprinted"),
    "signed": N_("signed"),
    "handed": N_("handed on"),
    "returned": N_("returned"),
    "voided": N_("voided"),
    "lost": N_("lost, with a signed statement"),
    "archived": N_("archived"),
}


@dataclass(frozen=True)
class Copy:
    """Where one copy of a document is: what happened to it last, by whom, and who holds it."""

    name: str
    event: str
    holder: str
    reprints: int = 0
    by: str = ""
    on_day: date | None = None

    @property
    def out(self) -> bool:
        """Neither back in the file of void forms, nor stated lost, nor archived."""
        return self.event not in ("voided", "archived", "lost")


def printed(
    gate: str,
    rules: Sequence[str],
    label: str,
    wanted: Sequence[str],
    copies: Mapping[str, Copy],
    opened_by: Sequence[str],
    command: str,
) -> Gate:
    """Every copy that must exist has been printed and handed out."""
    missing = [name for name in wanted if name not in copies]
    if missing:
        says = _("{label}: not printed for {holders}").format(
            label=label, holders=", ".join(_(HOLDERS.get(name, name)) for name in missing)
        )
        return Gate(gate, tuple(rules), False, says, tuple(opened_by), command)
    says = ngettext(
        "{label}: {count} copy handed out", "{label}: {count} copies handed out", len(wanted)
    ).format(label=label, count=len(wanted))
    return Gate(gate, tuple(rules), True, says)


def collected(number: str, copies: Mapping[str, Copy], roles: Sequence[str]) -> Gate:
    """All copies of a form under way to be void are back and marked (RTL-SHT-09..11, C-27)."""
    outside = [copy for copy in copies.values() if copy.out]
    rules = ("RTL-SHT-09", "RTL-SHT-10", "RTL-SHT-11")
    if not outside:
        return Gate("copies_collected", rules, True, _("every copy is back and marked 作废"))
    return Gate(
        "copies_collected",
        rules,
        False,
        _("copies not back yet: {copies}").format(
            copies=", ".join(
                _("{copy} (with {holder})").format(
                    copy=_(HOLDERS.get(copy.name, copy.name)),
                    holder=_(HOLDERS.get(copy.holder, copy.holder)),
                )
                for copy in outside
            )
        ),
        tuple(roles),
        f"kac order collect {number} --copy {outside[0].name}",
    )
