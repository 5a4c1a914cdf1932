"""The draft that the order loop works on: read from the ledger, changed by `kac order` commands.

Every change is a command of its own, committed before the next entry: nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kac.cli.counter import reading_ledger
from kac.cli.onlooker import speaker
from kac.cli.shelling import commands
from kac.core.errors import BadInput, Refused
from kac.core.i18n import _
from kac.core.money import BP_WHOLE, Money, part_half_up
from kac.core.quantity import format_quantity, parse_quantity
from kac.db.reader import Row
from kac.desk.catalogue import queries as catalogue
from kac.desk.lines.queries import priced
from kac.desk.lines.rules import PricedLine
from kac.desk.orders import queries as orders


@dataclass
class Draft:
    """A draft order, or one that its first line will make: `header` are the words that make it.

    `touched` is the number of the line that was changed last; `before` are the lines as they
    stood before each change, the latest at the end.
    """

    header: Sequence[str]
    number: str = ""
    revision: int = 0
    touched: int = 0
    lines: tuple[PricedLine, ...] = ()
    before: list[tuple[PricedLine, ...]] = field(default_factory=list)

    def look(self) -> Row | None:
        """Read the draft anew: its order, None before there is one.

        Refused when it is no draft any more, or when somebody else has changed it meanwhile.
        """
        if not self.number:
            return None
        known = self.revision
        row = self._read()
        if row["state"] != "draft":
            raise Refused(
                _("{number} is no draft any more").format(number=self.number),
                code="E-ORD-020",
                fix=[f"kac order show {self.number}"],
            )
        if known and row["revision"] != known:
            self.before.clear()
            raise Refused(
                _("{number} was changed by somebody else: look it through").format(
                    number=self.number
                ),
                code="E-ORD-021",
            )
        return row

    def reread(self) -> None:
        """Read the draft anew after a command of this clerk's own, whatever it changed."""
        known, self.revision = self.revision, 0
        self.look()
        if self.revision != known:
            self.before.clear()

    def _read(self) -> Row:
        with reading_ledger() as reader:
            row = orders.find(reader, self.number, speaker(reader))
            self.lines = priced(orders.lines(reader, row["id"]))
        self.number, self.revision = row["number"], row["revision"]
        return row

    def put(self, code: str, quantity: str, price_fen: int | None, *, gift: bool = False) -> bool:
        """Put goods on it; of goods that are there already it becomes more. Whether it was done.

        A gift stands on a line of its own beside the same goods sold.
        """
        product = self._product(code)
        there = self._line_of(product["id"], gift)
        base = parse_quantity(quantity or "1", product["scale"]) + (there.quantity if there else 0)
        if price_fen is None and there and not gift:
            price_fen = there.unit_price_fen
        word = _word(product["code"], base, product["scale"], price_fen)
        return self._change(["--gift" if gift else "--line", word], (product["id"], gift))

    def set_quantity(self, line: int, quantity: str) -> bool:
        """Give a line another quantity."""
        old = self._line(line)
        base = parse_quantity(quantity, old.scale)
        return self._change(_line_words(old, base, old.unit_price_fen), old.goods)

    def set_price(self, line: int, price_fen: int) -> bool:
        """Give a line another price per selling unit."""
        old = self._line(line)
        if old.gift:
            raise BadInput(_("a gift has no price: {written}").format(written=old.code))
        return self._change(_line_words(old, old.quantity, price_fen), old.goods)

    def discount(self, line: int, rate_bp: int) -> bool:
        """Sell a line at a share of its list price."""
        price = part_half_up(self._line(line).list_price_fen, rate_bp, BP_WHOLE)
        return self.set_price(line, price)

    def remove(self, line: int) -> bool:
        """Take a line out; the last one stays, since an order has at least one."""
        old = self._line(line)
        return self._change(["--remove", str(old.line)], None)

    def step_back(self) -> bool:
        """Bring back the lines as they stood before the latest change."""
        if not self.before or not self.before[-1]:
            raise BadInput(_("there is no step to go back to"), code="E-ORD-022")
        wanted = self.before[-1]
        words = _words_from_to(self.lines, wanted)
        done = self._change(words, None) if words else True
        if done:
            # The step back is itself a change: forget it together with what it undid.
            del self.before[-2 if words else -1 :]
        return done

    def _change(self, words: Sequence[str], goods: tuple[int, bool] | None) -> bool:
        if self.number:
            typed = ["order", "edit", self.number, *words, "-q"]
        else:
            # A first line that another order has too is no order taken twice.
            typed = ["order", "new", *self.header, *words, "-q", "--yes"]
        code, out = commands.taken_down(typed)
        if code:
            return False
        self.before.append(self.lines)
        self.number = self.number or out.strip()
        self._read()
        touched = [each.line for each in self.lines if each.goods == goods]
        self.touched = touched[0] if touched else self.lines[-1].line
        return True

    def _product(self, code: str) -> Row:
        """The product meant; digits alone mean a code or barcode, never a part of a name."""
        with reading_ledger() as reader:
            if code.isdigit():
                row = reader.first(
                    "SELECT * FROM v_product WHERE code = :code OR barcode = :code", code=code
                )
                if row is not None:
                    return row
            found = catalogue.find(reader, code)
        if code.isdigit() and code not in (found["code"], found["barcode"]):
            raise BadInput(
                _("no product has the code or barcode {code}").format(code=code),
                code="E-ORD-023",
                cause=[_("for a quantity write *{code}").format(code=code)],
            )
        return found

    def _line_of(self, product_id: int, gift: bool) -> PricedLine | None:
        found = [each for each in self.lines if each.goods == (product_id, gift)]
        return found[0] if found else None

    def _line(self, number: int) -> PricedLine:
        wanted = number or self.touched
        for each in self.lines:
            if each.line == wanted:
                return each
        raise BadInput(_("there is no line {lines}").format(lines=wanted or 1), code="E-ORD-003")


def _line_words(old: PricedLine, base: int, price_fen: int) -> list[str]:
    if old.gift:
        return ["--gift", _word(old.code, base, old.scale, None)]
    return ["--line", _word(old.code, base, old.scale, price_fen)]


def _word(code: str, base: int, scale: int, price_fen: int | None) -> str:
    quantity = format_quantity(base, scale).replace(",", "")
    return f"{code}:{quantity}" + (f"@{Money(price_fen).plain()}" if price_fen is not None else "")


def _words_from_to(now: Sequence[PricedLine], wanted: Sequence[PricedLine]) -> list[str]:
    """The options of `order edit` that make the lines what they were."""
    words: list[str] = []
    there = {each.goods: each for each in now}
    for each in wanted:
        old = there.get(each.goods)
        if old is None or (old.quantity, old.unit_price_fen) != (
            each.quantity,
            each.unit_price_fen,
        ):
            words += _line_words(each, each.quantity, each.unit_price_fen)
    kept = {each.goods for each in wanted}
    for each in now:
        if each.goods not in kept:
            words += ["--remove", str(each.line)]
    return words
