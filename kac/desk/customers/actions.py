"""Verbs of the customer file: open one, correct one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from kac.core.errors import BadInput, Refused
from kac.core.i18n import _
from kac.core.identifiers import parse_phone, parse_uscc
from kac.core.text import folded, required_text, safe_text
from kac.core.values import dataclass
from kac.db.work import Outcome, Work
from kac.desk.customers import queries
from kac.desk.customers.policy import FilingPolicy
from kac.desk.customers.rules import NATURES, customer_filed
from kac.desk.mnemonic import mnemonic
from kac.desk.staff.actions import require

_CODE_DIGITS = 6


@dataclass(frozen=True)
class Contact:
    """Somebody to call at a customer besides the main contact."""

    name: str
    phone: str
    title: str = ""

    def tidied(self) -> Contact:
        """The contact with every field checked."""
        return Contact(
            required_text(self.name, field=_("contact"), longest=40),
            parse_phone(self.phone),
            safe_text(self.title, field=_("job title"), longest=40),
        )


@dataclass(frozen=True)
class CustomerFile:
    """What is written down at reception (RTL-REC-01..06). Empty texts are not known yet.

    Without a `mnemonic` of its own a customer is found by the pinyin initials of its name.
    """

    name: str
    kind: str = "unit"
    nature: str = ""
    uscc: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    area: str = ""
    need: str = ""
    long_term: bool = False
    code: str = ""
    mnemonic: str = ""

    def tidied(self) -> CustomerFile:
        """The file with every field checked; BadInput names the field."""
        if self.kind not in ("unit", "person"):
            raise BadInput(_("a customer is a unit or a person, not {kind}").format(kind=self.kind))
        if self.nature and self.nature not in NATURES:
            raise BadInput(
                _("{nature} is no customer nature").format(nature=self.nature),
                cause=[_("one of: {natures}").format(natures=", ".join(NATURES))],
            )
        return replace(
            self,
            name=required_text(self.name, field=_("name"), longest=80),
            uscc=parse_uscc(self.uscc) if self.uscc.strip() else "",
            contact=safe_text(self.contact, field=_("contact"), longest=40),
            phone=parse_phone(self.phone) if self.phone.strip() else "",
            address=safe_text(self.address, field=_("address"), longest=120),
            area=safe_text(self.area, field=_("area"), longest=40),
            need=safe_text(self.need, field=_("need"), longest=200),
            mnemonic=folded(safe_text(self.mnemonic, field=_("mnemonic"), longest=40)),
        )


def add(work: Work, file: CustomerFile, others: Sequence[Contact] = ()) -> Outcome:
    """Open a customer's file; a name or 统一社会信用代码 on file already is refused."""
    require(work, "customer.add")
    number = file_customer(work, file)
    _put_contacts(work, number, others)
    return _outcome(work, number, _("{number} {name} is on file"))


def file_customer(work: Work, file: CustomerFile) -> str:
    """Write one file; returns its number. Shared by the counter and by imports."""
    from kac.desk.customers.tables import Customer, CustomerContact

    tidy = file.tidied()
    _refuse_double(work, tidy, but="")
    number = _number(work, tidy.code)
    row = work.add(
        Customer(
            **_columns(tidy),
            number=number,
            filed_by=work.actor.code,
            filed_on=work.on,
            at=work.now,
        )
    )
    assert row.id is not None
    work.add(
        CustomerContact(customer_id=row.id, line=1, name=tidy.contact, phone=tidy.phone, title="")
    )
    work.record("file customer", number)
    return number


def edit(
    work: Work, reference: str, changes: dict[str, Any], others: Sequence[Contact] = ()
) -> Outcome:
    """Correct a file; only what is named changes. Contacts are added, or corrected by name."""
    from sqlmodel import select

    from kac.desk.customers.tables import Customer, CustomerContact

    require(work, "customer.edit")
    if not changes and not others:
        raise BadInput(_("nothing to change was named"), code="E-VAL-005")
    current = queries.find(work.reader, reference)
    kept = {
        field.name: current[field.name] for field in fields(CustomerFile) if field.name != "code"
    }
    if "name" in changes and kept["mnemonic"] == mnemonic(kept["name"]):
        kept["mnemonic"] = ""
    tidy = CustomerFile(**{**kept, "long_term": bool(kept["long_term"]), **changes}).tidied()
    _refuse_double(work, tidy, but=current["number"])
    row = work.get(Customer, current["id"])
    for name, value in _columns(tidy).items():
        setattr(row, name, value)
    contact = work.session.exec(
        select(CustomerContact).where(
            CustomerContact.customer_id == row.id, CustomerContact.line == 1
        )
    ).one()
    contact.name, contact.phone = tidy.contact, tidy.phone
    work.add_all([row, contact])
    _put_contacts(work, row.number, others)
    work.record("correct customer", row.number, fields=",".join(sorted(changes)))
    return _outcome(work, row.number, _("{number} {name} is corrected"))


def _put_contacts(work: Work, number: str, others: Sequence[Contact]) -> None:
    from sqlmodel import select

    from kac.desk.customers.tables import CustomerContact

    customer_id = work.reader.value("SELECT id FROM customer WHERE number = :n", n=number)
    for other in others:
        tidy = other.tidied()
        known = work.session.exec(
            select(CustomerContact).where(CustomerContact.customer_id == customer_id)
        ).all()
        same = [row for row in known if row.name == tidy.name]
        row = same[0] if same else CustomerContact(customer_id=customer_id, line=len(known) + 1)
        row.name, row.phone, row.title = tidy.name, tidy.phone, tidy.title
        work.add(row)


def _columns(tidy: CustomerFile) -> dict[str, Any]:
    return {
        "name": tidy.name,
        "kind": tidy.kind,
        "nature": tidy.nature,
        "uscc": tidy.uscc,
        "address": tidy.address,
        "area": tidy.area,
        "need": tidy.need,
        "long_term": tidy.long_term,
        "mnemonic": tidy.mnemonic or mnemonic(tidy.name),
        "search_key": folded(tidy.name),
    }


def _refuse_double(work: Work, tidy: CustomerFile, but: str) -> None:
    twin = work.reader.first(
        "SELECT number, name FROM customer WHERE number <> :but AND kind = :kind"
        " AND (search_key = :key OR (uscc <> '' AND uscc = :uscc)) LIMIT 1",
        but=but,
        kind=tidy.kind,
        key=folded(tidy.name),
        uscc=tidy.uscc,
    )
    if twin and tidy.kind == "unit":
        raise Refused(
            _("{name} is on file already as {number} {twin}").format(
                name=tidy.name, number=twin["number"], twin=twin["name"]
            ),
            code="E-CUS-001",
            rules=["RTL-REC-03"],
            fix=[f"kac customer show {twin['number']}"],
        )


def _number(work: Work, code: str) -> str:
    if not code:
        return work.number("KH")
    digits = code.strip().upper().removeprefix("KH")
    if (
        not digits.isascii()
        or not digits.isdigit()
        or len(digits) > _CODE_DIGITS
        or not int(digits)
    ):
        raise BadInput(_('"{code}" is not a customer code such as KH0001').format(code=code))
    number = f"KH{int(digits):04d}"
    if work.reader.first("SELECT 1 FROM customer WHERE number = :number", number=number):
        raise Refused(_("{number} is taken").format(number=number), code="E-CUS-002")
    work.number_taken("KH", int(digits))
    return number


def _outcome(work: Work, number: str, sentence: str) -> Outcome:
    row = work.reader.one("SELECT * FROM v_customer WHERE number = :number", number=number)
    document = {
        "number": number,
        "state": "filed",
        "name": row["name"],
        "kind": row["kind"],
        "nature": row["nature"],
        "mnemonic": row["mnemonic"],
        "area": row["area"],
    }
    filed = customer_filed(queries.facts(row), work.policy().section("filing", FilingPolicy))
    says = sentence.format(number=number, name=row["name"])
    if not filed.open:
        return Outcome(document, (says, filed.says), (filed.command,))
    return Outcome(document, (says,), (f"kac order new -c {number} --line CODE:QTY --need-by DAY",))
