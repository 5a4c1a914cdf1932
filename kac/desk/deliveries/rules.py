"""Rules of part deliveries: what of a line is open, what a part costs, what a deposit pays of it.

Nothing here rounds twice: a part is always taken of what is left, and the last part takes all of
it, so quantities, amounts and deposits come out exactly over any slips (RTL-CTL-07, RTL-DEP-06).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kac.core.values import dataclass
from kac.desk.deliveries.policy import FIXED, PROPORTIONAL, WHOLE, DeliveryPolicy

GONE = ("loaded", "signed", "archived")
SIGNED = ("signed", "archived")


@dataclass(frozen=True)
class SlipLine:
    """One line of a living slip: base units and fen; what its customer did not take of it."""

    line: int
    state: str
    quantity: int
    amount_fen: int
    refused: int = 0
    refused_fen: int = 0


@dataclass(frozen=True)
class PartLine:
    """One line of an order as its slips stand, in base units and fen.

    `on_slips` is on living slips, `unloaded` the part of it that has not left, `delivered` what
    customers took, `refused` what they did not, `cut` what nobody wants any more.
    """

    line_id: int
    line: int
    product_id: int
    quantity: int
    amount_fen: int
    on_slips: int = 0
    on_slips_fen: int = 0
    unloaded: int = 0
    delivered: int = 0
    delivered_fen: int = 0
    refused: int = 0
    refused_fen: int = 0
    cut: int = 0
    cut_fen: int = 0

    @property
    def open(self) -> int:
        """What is on no slip, was refused, and is still wanted."""
        return self.quantity - self.cut - self.on_slips + self.refused

    @property
    def open_fen(self) -> int:
        """What the open part costs."""
        return self.amount_fen - self.cut_fen - self.on_slips_fen + self.refused_fen

    def held(self, *, released: bool) -> int:
        """What is reserved: all that has not left; with the rest released, what is on slips.

        What a customer refused has left the stock, and is reserved again by its next slip.
        """
        rest = max(0, self.quantity - self.cut - self.on_slips)
        return self.unloaded + (0 if released else rest)

    def share_fen(self, quantity: int) -> int:
        """What a part of the open quantity costs; the last part costs what is left."""
        if quantity >= self.open:
            return self.open_fen
        return (2 * self.open_fen * quantity + self.open) // (2 * self.open)


def stand(line: PartLine, slips: Iterable[SlipLine], cut: int = 0, cut_fen: int = 0) -> PartLine:
    """A line of an order with everything that its living slips say of it."""
    own = [each for each in slips if each.line == line.line]
    signed = [each for each in own if each.state in SIGNED]
    refused, refused_fen = sum(e.refused for e in signed), sum(e.refused_fen for e in signed)
    return PartLine(
        line_id=line.line_id,
        line=line.line,
        product_id=line.product_id,
        quantity=line.quantity,
        amount_fen=line.amount_fen,
        on_slips=sum(each.quantity for each in own),
        on_slips_fen=sum(each.amount_fen for each in own),
        unloaded=sum(each.quantity for each in own if each.state not in GONE),
        delivered=sum(each.quantity for each in signed) - refused,
        delivered_fen=sum(each.amount_fen for each in signed) - refused_fen,
        refused=refused,
        refused_fen=refused_fen,
        cut=cut,
        cut_fen=cut_fen,
    )


def by_product(parts: Sequence[PartLine], quantities: Sequence[int]) -> dict[int, int]:
    """Base units of each product over the lines; products of which there is nothing fall away."""
    found: dict[int, int] = {}
    for part, quantity in zip(parts, quantities, strict=True):
        found[part.product_id] = found.get(part.product_id, 0) + quantity
    return {product: quantity for product, quantity in found.items() if quantity}


def refused_fen(amount_fen: int, quantity: int, refused: int) -> int:
    """What the refused part of a slip's line would have cost; all of it costs all."""
    return (2 * amount_fen * refused + quantity) // (2 * quantity)


def draw(policy: DeliveryPolicy, left_fen: int, amount_fen: int, open_fen: int) -> int:
    """What a slip of `amount_fen` draws of the deposit that is left, while `open_fen` stay open.

    Never more than the slip costs, never so little that the rest could not draw what is left; the
    last slip draws all of it.
    """
    most = min(left_fen, amount_fen)
    least = min(max(0, left_fen - open_fen), most)
    if policy.deposit_draw == PROPORTIONAL:
        whole = amount_fen + open_fen
        return min(max(left_fen * amount_fen // whole if whole else 0, least), most)
    if policy.deposit_draw == FIXED:
        return max(min(policy.fixed_draw_fen, most), least)
    return least


@dataclass(frozen=True)
class SlipMoney:
    """A living slip in fen: what its goods cost without those refused, what deposit it draws."""

    amount_fen: int
    deposit_fen: int
    signed: bool


@dataclass(frozen=True)
class SaleMoney:
    """An order in fen: what it costs, what came as a deposit and in all, and its living slips.

    `returned_fen` is what came back after it was delivered, and was credited.
    """

    total_fen: int
    deposit_fen: int
    received_fen: int
    slips: tuple[SlipMoney, ...] = ()
    returned_fen: int = 0

    @property
    def delivered_fen(self) -> int:
        """What the customer has and keeps."""
        signed = sum(slip.amount_fen for slip in self.slips if slip.signed)
        return signed - self.returned_fen

    @property
    def kept_fen(self) -> int:
        """What the order costs without what came back."""
        return self.total_fen - self.returned_fen

    @property
    def owed_fen(self) -> int:
        """What is owed for what the customer has."""
        return self.delivered_fen - earned(self)

    @property
    def undrawn_fen(self) -> int:
        """The deposit that no living slip draws."""
        return max(0, self.deposit_fen - sum(slip.deposit_fen for slip in self.slips))


def earned(sale: SaleMoney) -> int:
    """How much of the money received is for what was delivered; the rest is only held.

    A deposit counts as far as signed slips draw it, other money at once; when everything is
    delivered all of it does.
    """
    delivered = sale.delivered_fen
    if delivered >= sale.kept_fen:
        return sale.received_fen
    drawn = min(sum(s.deposit_fen for s in sale.slips if s.signed), sale.deposit_fen)
    return min(delivered, drawn + sale.received_fen - sale.deposit_fen)


def to_be_paid(sale: SaleMoney, policy: DeliveryPolicy) -> int:
    """What must have come before the living slips of a prepaid order may go (RTL-PRI-02).

    The whole order; or the goods on its slips, and beside them the deposit for what is still open.
    """
    if policy.paid_before == WHOLE:
        return sale.kept_fen
    going = sum(slip.amount_fen for slip in sale.slips) - sale.returned_fen
    return min(sale.kept_fen, going + sale.undrawn_fen)
