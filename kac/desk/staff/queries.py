"""Reading the staff: by code, with the roles held."""

from __future__ import annotations

from kac.core.actor import Actor
from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.core.text import folded
from kac.db.reader import Reader, Row


def find(reader: Reader, code: str) -> Row:
    """The row of an active member of staff; NotFound names the code."""
    row = reader.first("SELECT * FROM staff WHERE code = :code AND active = 1", code=folded(code))
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
    """All staff with their roles in one text."""
    return reader.all(
        "SELECT s.code, s.name, s.active, (SELECT count(*) FROM staff_role r"
        " WHERE r.staff_id = s.id) AS role_count, s.id FROM staff s ORDER BY s.code"
    )


def roles_of(reader: Reader, staff_id: int) -> list[str]:
    """The role ids that a member of staff holds."""
    rows = reader.all(
        "SELECT role FROM staff_role WHERE staff_id = :id ORDER BY role", id=staff_id
    )
    return [row["role"] for row in rows]


def attempts(reader: Reader, staff_id: int) -> Row | None:
    """Failed PINs in a row and the lock, if there are any."""
    return reader.first("SELECT * FROM staff_attempt WHERE staff_id = :id", id=staff_id)
