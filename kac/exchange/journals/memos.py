"""What entries say of themselves, for readers of another language than that of the books."""

from __future__ import annotations

from kac.core.i18n import N_, _

# As they stand in the books; what is not here, such as a reason that somebody typed, stays.
MEMOS = frozenset(
    {
        N_("bank charge"),
        N_("bank charge taken back"),
        N_("cards delivered"),
        N_("deposit of a campaign"),
        N_("expense reimbursed"),
        N_("goods back from a customer"),
        N_("goods charged to an office"),
        N_("goods delivered"),
        N_("rest of an order cut"),
        N_("goods given back"),
        N_("goods loaded"),
        N_("goods missing on the road"),
        N_("goods prepared"),
        N_("goods received"),
        N_("money applied to a delivered order"),
        N_("money given back"),
        N_("money of an office handed on"),
        N_("money in custody"),
        N_("cheque presented"),
        N_("wholesale goods came back"),
        N_("money received"),
        N_("money settled"),
        N_("money taken"),
        N_("money taken away from a delivery"),
        N_("money verified"),
        N_("money applied to an opening balance"),
        N_("opening balance"),
        N_("rebate paid"),
        N_("refund paid"),
        N_("returned goods judged"),
        N_("security deposit given back"),
        N_("security deposit received"),
        N_("security deposit verified"),
        N_("stock count"),
        N_("stock count taken back"),
    }
)


def memo_of(memo: str) -> str:
    """What an entry says, in the language spoken where kac itself wrote it."""
    return _(memo) if memo in MEMOS else memo
