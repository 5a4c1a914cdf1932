"""The order loop: one line of goods an entry, scanned or typed, until the order is submitted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kac.cli import setting, show
from kac.cli.counter import reading_ledger
from kac.cli.onlooker import speaker
from kac.cli.options import Reading
from kac.cli.shelling import commands, echo, suggest
from kac.cli.shelling.asking import Clerk
from kac.cli.shelling.draft import Draft
from kac.cli.shelling.grammar import (
    Command,
    Discount,
    Entry,
    Price,
    Put,
    Quantity,
    Remove,
    Search,
    Sign,
    parse,
)
from kac.core.calendar import parse_day
from kac.core.errors import KacError
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import shown
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.desk.customers import queries as customers
from kac.desk.orders import queries as orders
from kac.desk.stock import queries as stock

YES, NO = ("y", "yes", "是"), ("n", "no", "否")


@dataclass(frozen=True)
class _Party:
    """For whom the order is, and where its goods lie."""

    id: int
    name: str
    location: str


def take_new(clerk: Clerk, words: Sequence[str], typed: dict[str, Any]) -> None:
    """Take a new order; `words` stand after `order new`, `typed` is what they mean."""
    try:
        head = _headed(clerk, typed)
    except EOFError:
        return
    if head is None:
        return
    customer, options = head
    opened(clerk, customer["number"], Draft([*words, *options]), typed["location"]).run()


def opened(clerk: Clerk, customer: str, draft: Draft, location: str = "") -> Loop:
    """The loop for a new order of a customer; goods are looked for at a location."""
    with setting.using(setting.now()), reading_ledger() as reader:
        row = customers.find(reader, customer)
        usual = reader.value("SELECT dispatch_location FROM ledger_info")
        party = _Party(row["id"], row["name"], stock.location(reader, location or usual))
    return Loop(clerk, party, draft)


def take_up(clerk: Clerk, reference: str) -> None:
    """Go on with a draft that was left."""
    with setting.using(setting.now()), reading_ledger() as reader:
        row = orders.find(reader, reference, speaker(reader))
    draft = Draft((), row["number"])
    draft.look()
    draft.touched = draft.lines[-1].line
    loop = Loop(clerk, _Party(row["customer_id"], row["customer_name"], row["location"]), draft)
    loop.listed()
    loop.run()


def _headed(clerk: Clerk, typed: dict[str, Any]) -> tuple[Row, list[str]] | None:
    """The customer, and the options that were not typed but asked for; None for whoever leaves."""
    options: list[str] = []
    written, day = typed["customer"], typed["need_by"]
    while True:
        customer = _customer(clerk, written)
        if customer is None:
            return None
        if not typed["customer"]:
            show.out(f"  {customer['number']} {customer['name']}")
            options = ["-c", customer["number"]]
        answer = day or _day(clerk)
        if isinstance(answer, date):
            return customer, options + ([] if day else ["--need-by", answer.isoformat()])
        if answer == "q":
            return None
        written = ""


def _customer(clerk: Clerk, written: str) -> Row | None:
    while True:
        word = written or clerk.ask(_("Customer: "), suggest.customers)
        if word in ("q", "<"):
            return None
        try:
            with setting.using(setting.now()), reading_ledger() as reader:
                return customers.find(reader, word)
        except KacError as trouble:
            show.err(trouble.as_text())
            written = ""


def _day(clerk: Clerk) -> date | str:
    """The day that was typed, or the sign that was: `<` back, `q` leave."""
    while True:
        word = clerk.ask(_("Wanted by (+7d, 12-01): "), suggest.nothing)
        if word in ("q", "<", "《"):
            return "q" if word == "q" else "<"
        try:
            with setting.using(setting.now()):
                return parse_day(word, setting.today())
        except KacError as trouble:
            show.err(trouble.as_text())


class Loop:
    """Entries until the clerk leaves or the order is submitted."""

    def __init__(self, clerk: Clerk, party: _Party, draft: Draft) -> None:
        self.clerk = clerk
        self.party = party
        self.draft = draft
        self.last_put: Put | None = None
        self.over = False

    def run(self) -> None:
        """Ask for entries; Ctrl-D leaves, the draft is kept."""
        show.out(_("One line of goods an entry; ? shows how, an empty line finishes."))
        while not self.over:
            try:
                self.entered(self.clerk.ask(self._question(), suggest.goods))
            except EOFError:
                self._leave()

    def entered(self, typed: str) -> None:
        """Do what one entry means; what is refused changes nothing."""
        try:
            with setting.using(setting.now()):
                self._do(parse(typed))
        except KacError as trouble:
            show.err(trouble.as_text())
        except KeyboardInterrupt:
            show.err(_("interrupted"))

    def listed(self) -> None:
        """Show the lines so far, and what they come to."""
        if self.draft.number:
            with setting.using(setting.now()), reading_ledger() as reader:
                order = orders.find(reader, self.draft.number, speaker(reader))
                columns, rows = echo.columns(reader), echo.rows(reader, order)
            show.rows(Reading(), columns, rows)
        self._totals()

    def _totals(self) -> None:
        if not self.draft.number:
            show.out(_("nothing is on it yet"))
            return
        with setting.using(setting.now()), reading_ledger() as reader:
            totals = echo.totals(reader, orders.find(reader, self.draft.number, speaker(reader)))
        show.out("\n".join(totals))

    def _question(self) -> str:
        draft, named = self.draft, _("new")
        if draft.number:
            total = Money(sum(line.amount_fen for line in draft.lines))
            named = f"{draft.number} {len(draft.lines)}: {total}"
        return f"{shown(self.party.name)} [{named}]+ "

    def _do(self, entry: Entry) -> None:
        if isinstance(entry, Sign):
            self._signed(entry.meaning)
        elif isinstance(entry, Search):
            self._search(entry.words)
        elif isinstance(entry, Command):
            commands.typed(commands.split(entry.line))
            self._reread()
        else:
            self._look()
            if self._change(entry):
                self._tell_line()

    def _look(self) -> None:
        """Make sure that what is changed is what the clerk has seen."""
        try:
            self.draft.look()
        except KacError as trouble:
            if trouble.code == "E-ORD-020":
                self.over = True
            else:
                self.listed()
            raise

    def _reread(self) -> None:
        """After a command in between: what it did to the draft is the clerk's doing, and shown."""
        known = self.draft.revision
        try:
            self.draft.reread()
        except KacError as trouble:
            self.over = trouble.code == "E-ORD-020"
            raise
        if self.draft.revision != known:
            self.listed()

    def _change(self, entry: Put | Quantity | Price | Discount | Remove) -> bool:
        draft = self.draft
        if isinstance(entry, Put):
            done = draft.put(entry.code, entry.quantity, entry.price_fen, gift=entry.gift)
            self.last_put = entry if done else self.last_put
            return done
        if isinstance(entry, Quantity):
            return draft.set_quantity(entry.line, entry.quantity)
        if isinstance(entry, Price):
            return draft.set_price(entry.line, entry.price_fen)
        if isinstance(entry, Discount):
            return draft.discount(entry.line, entry.rate_bp)
        done = draft.remove(entry.line)
        if done:
            self.listed()
        return False

    def _tell_line(self) -> None:
        with reading_ledger() as reader:
            order = orders.find(reader, self.draft.number, speaker(reader))
            told = echo.line(reader, order, self.draft.touched)
        show.out("\n".join(told))

    def _signed(self, meaning: str) -> None:
        if meaning == "repeat" and self.last_put:
            self._do(self.last_put)
        elif meaning == "list":
            self.listed()
        elif meaning == "totals":
            self._totals()
        elif meaning == "back":
            self._back()
        elif meaning == "leave":
            self._leave()
        elif meaning == "finish":
            self._finish()
        else:
            show.out(_help())

    def _back(self) -> None:
        self._look()
        if self.draft.step_back():
            self.listed()

    def _search(self, words: str) -> None:
        with reading_ledger() as reader:
            found = echo.found(reader, words, self.party.id, self.party.location)
            columns = echo.found_columns()
        show.rows(Reading(), columns, found, empty=_("nothing is called so"))

    def _leave(self) -> None:
        self.over = True
        if self.draft.number:
            show.out(
                _("{number} is kept as a draft; go on with: enter {number}").format(
                    number=self.draft.number
                )
            )

    def _finish(self) -> None:
        """Show what would be submitted, and submit it when the clerk says so in a word."""
        if not self.draft.number:
            self._leave()
            return
        self._look()
        self.listed()
        question = _("Submit it? y submits, n keeps the draft, anything else is an entry: ")
        answer = self.clerk.ask(question, suggest.nothing)
        if answer.lower() in YES:
            self.over = commands.typed(["order", "submit", self.draft.number]) == 0
        elif answer.lower() in NO:
            self._leave()
        elif answer:
            self.entered(answer)


def _help() -> str:
    ways = (
        ("P0001 120 @88", _("goods, quantity, price; P0001*120 and 120*P0001 as well")),
        ("6901234567892", _("a scan: one more of it")),
        ("!P0005 2", _("a gift, given for nothing")),
        ("*12   3:*50", _("quantity of the last line, of line 3")),
        ("@88   3:@88", _("price of the last line, of line 3")),
        ("/95   3:/9", _("95 % of the list price, 90 % for line 3")),
        ("-   -3", _("take out the last line, line 3")),
        ("+", _("the last goods once more")),
        ("?dm", _("look for goods by name, pinyin or code")),
        ("l   =", _("the lines and what they come to")),
        ("<", _("take the last step back")),
        ("kac …", _("a command in between")),
        ("q", _("leave; the draft is kept")),
        (". ", _("finish: look it over and submit it")),
    )
    return "\n".join(f"  {entry:<16}{says}" for entry, says in ways)
