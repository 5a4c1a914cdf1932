"""Reading the staff: by code, with the roles held."""

from __future__ import annotations

from kac.core.actor import Actor
from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.core.text import folded
from kac.db.reader import Reader, Row


def by_code(reader: Reader, code: str) -> Row | None:
    """The row of an active member of staff; None where there is none."""
    return reader.first("SELECT * FROM staff WHERE code = :code AND active = 1", code=folded(code))


def find(reader: Reader, code: str) -> Row:
    """The row of an active member of staff; NotFound names the code."""
    row = by_code(reader, code)
    if row is None:
        raise NotFound(
            _("nobody of the staff has the code {code}").format(code=code),
            fix=["kac staff list"],
        )
    return row


def actor(reader: Reader, code: str) -> Actor:
    """The member of staff as the one who acts."""
    row = find(reader, code)
    roles = reader.all("SELECT role FROM staff_role WHERE staff_id = :id", id=row["id"])
    return Actor(row["id"], row["code"], row["name"], frozenset(role["role"] for role in roles))


def everybody(reader: Reader) -> list[Row]:
    """All staff by code, whether active or not."""
    return reader.all("SELECT id, code, name, active FROM staff ORDER BY code")


def roles_of_all(reader: Reader) -> dict[int, list[str]]:
    """The role ids that every member of staff holds, by key."""
    found: dict[int, list[str]] = {}
    for row in reader.all("SELECT staff_id, role FROM staff_role ORDER BY role"):
        found.setdefault(row["staff_id"], []).append(row["role"])
    return found


def others_holding(reader: Reader, roles: frozenset[str], but: int) -> bool:
    """Whether any other active member of staff holds one of the roles."""
    active = {row["id"] for row in everybody(reader) if row["active"]} - {but}
    held = roles_of_all(reader)
    return any(not roles.isdisjoint(held.get(person, ())) for person in active)


def roles_of(reader: Reader, staff_id: int) -> list[str]:
    """The role ids that a member of staff holds."""
    rows = reader.all("SELECT role FROM staff_role WHERE staff_id = :id ORDER BY role", id=staff_id)
    return [row["role"] for row in rows]


def attempts(reader: Reader, staff_id: int) -> Row | None:
    """Failed PINs in a row and the lock, if there are any."""
    return reader.first("SELECT * FROM staff_attempt WHERE staff_id = :id", id=staff_id)
