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
        raise _nobody(code)
    return row


def filed(reader: Reader, code: str) -> Row:
    """The row of a member of staff, active or not; NotFound names the code."""
    row = reader.first("SELECT * FROM staff WHERE code = :code", code=folded(code))
    if row is None:
        raise _nobody(code)
    return row


def _nobody(code: str) -> NotFound:
    return NotFound(
        _("nobody of the staff has the code {code}").format(code=code), fix=["kac staff list"]
    )


def actor(reader: Reader, code: str) -> Actor:
    """The member of staff as the one who acts."""
    row = find(reader, code)
    return Actor(row["id"], row["code"], row["name"], frozenset(roles_of(reader, row["id"])))


def everybody(reader: Reader) -> list[Row]:
    """All staff by code, whether active or not."""
    return reader.all("SELECT id, code, name, active FROM staff ORDER BY code")


def roles_of_all(reader: Reader) -> dict[int, list[str]]:
    """The role ids that every member of staff holds, by key."""
    found: dict[int, list[str]] = {}
    for row in reader.all("SELECT staff_id, role FROM v_staff_role ORDER BY role"):
        found.setdefault(row["staff_id"], []).append(row["role"])
    return found


def others_holding(reader: Reader, roles: frozenset[str], but: int) -> bool:
    """Whether any other active member of staff holds one of the roles."""
    active = {row["id"] for row in everybody(reader) if row["active"]} - {but}
    held = roles_of_all(reader)
    return any(not roles.isdisjoint(held.get(person, ())) for person in active)


def roles_of(reader: Reader, staff_id: int) -> list[str]:
    """The role ids that a member of staff holds."""
    return [row["role"] for row in holdings(reader, staff_id)]


def holdings(reader: Reader, staff_id: int) -> list[Row]:
    """The roles that a member of staff holds, each as it was given."""
    return reader.all("SELECT * FROM v_staff_role WHERE staff_id = :id ORDER BY role", id=staff_id)


def turns(reader: Reader, staff_id: int, role: str) -> int:
    """How often a role was given to a member of staff so far."""
    found = reader.value(
        "SELECT count(*) FROM staff_role WHERE staff_id = :id AND role = :role",
        id=staff_id,
        role=role,
    )
    return int(found)


def history(reader: Reader, staff_id: int) -> list[Row]:
    """Every role that was ever given to a member of staff, with its end where it ended."""
    return reader.all(
        "SELECT r.role, r.granted_by, r.at, e.ended_by, e.at AS ended_at, e.reason"
        " FROM staff_role r LEFT JOIN staff_role_end e ON e.staff_role_id = r.id"
        " WHERE r.staff_id = :id ORDER BY r.id",
        id=staff_id,
    )


def attempts(reader: Reader, staff_id: int) -> Row | None:
    """PINs tried in a row and the lock, if there are any."""
    return reader.first("SELECT * FROM staff_attempt WHERE staff_id = :id", id=staff_id)
