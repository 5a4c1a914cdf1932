"""A ledger with years of finished orders: twenty real lives, and copies of every row of theirs.

The lives are typed at the desk: order, money, slip, delivery, call, and the bank statement that
proves the money. Their rows are then written again for day after day, with keys, numbers and days
of their own, under the program's own guards and indexes. The chain seals history in blocks, as it
seals what an import writes; a day that comes after it is sealed command by command.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from kac.cli.main import main
from kac.db import audit
from kac.db.blocks import digest_of_all, digest_of_each
from tests.bench.warm import at_desk

LIVES = 20
POSTINGS_AN_ORDER = 5
GROUPS_A_DAY = 20
# How many orders one link of the chain brings: more than a thousand rows of every table.
GROUPS_A_LINK = 100
PRODUCTS = ("P0001", "P0003", "P0009")
_UNCOPIED = frozenset({"audit", "command", "number_counter", "alembic_version", "schema_info"})
_TOLD = re.compile(
    r"(?P<kind>[A-Z]{2})(?P<of>\d{8})-(?P<seq>\d{4})|(?P<compact>20\d{6})(?P<tail>\d{8})"
    r"|(?P<day>20\d\d-\d\d-\d\d)"
)


@dataclass
class Desk:
    """A counter in this process whose clock goes on by a second with every command."""

    now: datetime

    def ok(self, line: str) -> str:
        """Run a command that must succeed; what it wrote on stdout."""
        self.now += timedelta(seconds=1)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(line.split(), now=self.now)
        assert code == 0, f"{line}\n{out.getvalue()}{err.getvalue()}"
        return out.getvalue()


@dataclass
class Template:
    """What the lives left behind: the day they stand on, and the new rows of every table."""

    day: date
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    links: list[dict[str, Any]] = field(default_factory=list)
    commands: list[tuple[Any, ...]] = field(default_factory=list)
    # The first number of each kind that a life drew, and how many there are in a group.
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)


def founded(home: Path, day: date) -> Template:
    """A training ledger in which twenty orders have lived from the counter to the archive."""
    ledger = home / "ledger.db"
    desk = Desk(datetime.combine(day, time(1), UTC))
    with at_desk(home, ledger):
        desk.ok("init --training -q")
        goods = " ".join(f"{product}:9000000" for product in PRODUCTS)
        desk.ok(f"--as distribution_center stock in {goods} --supplier 厂家 --ref 1 -q")
        before = _highest(ledger)
        lines = [_live(desk, number) for number in range(LIVES)]
        _proved_by_the_bank(desk, home, day, lines)
    return _template(ledger, day, before)


def _live(desk: Desk, number: int) -> tuple[str, str, str]:
    """One order from the counter to the call after it; (reference, amount, payer) of its money."""
    goods, customer = PRODUCTS[number % len(PRODUCTS)], f"KH{number + 1:04d}"
    order = desk.ok(
        f"--as gp_specialist order new -c {customer} -l {goods}:1 --need-by +7d --yes --submit -q"
    ).strip()
    told = json.loads(desk.ok(f"--as gp_specialist order show {order} --json"))
    total, payer = told["total"], told["customer_name"]
    money = f"{desk.now:%Y%m%d}{number:08d}"
    record = f"deposit record {order} --amount {total} --ref {money} --payer {payer}"
    for role, command in (
        ("merchant_supervisor", f"order review {order}"),
        ("gp_specialist", f"order print {order} -q"),
        ("finance_cashier", record),
        ("gp_specialist", f"order photocopy {order}"),
        ("finance_cashier", f"payment print {money} -q"),
        ("finance", f"payment verify {money}"),
        ("distribution_center", f"dispatch new {order}"),
        ("distribution_center", f"dispatch print {order} -q"),
        ("distribution_center", f"dispatch count {order} 1:1"),
        ("merchant_staff", f"dispatch count {order} 1:1"),
        ("distribution_center", f"dispatch load {order} --truck 粤S12345 --driver 张师傅"),
        ("driver", f"dispatch sign {order} --by 李主任"),
        ("distribution_center", f"dispatch archive {order}"),
        ("gp_specialist", f"callback log {order} --result satisfied --said 很好"),
    ):
        desk.ok(f"--as {role} {command}")
    return money, total, payer


def _proved_by_the_bank(
    desk: Desk, home: Path, day: date, lines: Sequence[tuple[str, str, str]]
) -> None:
    head = "账号,交易时间,借方发生额,贷方发生额,余额,对方户名,摘要,账户明细编号-交易流水号"
    text, balance = ["账户明细查询", head], 0
    for reference, amount, payer in lines:
        balance += round(float(amount) * 100)
        standing = f"{balance // 100}.{balance % 100:02d}"
        text.append(
            f"4400,{day:%Y%m%d} 10:32:11,0.00,{amount},{standing},{payer},电子汇入,{reference}"
        )
    statement = home / "bank.csv"
    statement.write_text("\n".join(text), "gb18030")
    desk.ok(f"--as finance reconcile import {statement}")
    desk.ok(f"--as finance reconcile run --date {day}")


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        if name not in _UNCOPIED - {"audit", "command"}
    ]


def _highest(ledger: Path) -> dict[str, int]:
    with closing(sqlite3.connect(ledger)) as connection:
        return {
            table: connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
            for table in _tables(connection)
        }


def _template(ledger: Path, day: date, before: dict[str, int]) -> Template:
    made = Template(day, before=before)
    with closing(sqlite3.connect(ledger)) as connection:
        for table, last in before.items():
            rows = connection.execute(
                f"SELECT * FROM {table} WHERE id > ? ORDER BY id", (last,)
            ).fetchall()
            if table == "command":
                made.commands = rows
            elif rows and table not in _UNCOPIED and table != "night_checkpoint":
                assert [row[0] for row in rows] == list(range(last + 1, last + 1 + len(rows)))
                made.rows[table] = rows
        made.links = [
            json.loads(body)
            for (body,) in connection.execute(
                "SELECT body FROM audit WHERE id > ? ORDER BY seq", (before["audit"],)
            )
        ]
    for rows in made.rows.values():
        for found in (match for row in rows for match in _numbers(row, day)):
            kind, seq = found["kind"], int(found["seq"])
            first, count = made.numbers.get(kind, (seq, 1))
            last = max(first + count - 1, seq)
            made.numbers[kind] = (min(first, seq), last - min(first, seq) + 1)
    return made


def _numbers(row: Sequence[Any], day: date) -> Iterator[re.Match[str]]:
    for value in row:
        if isinstance(value, str):
            for found in _TOLD.finditer(value):
                if found["kind"] and found["of"] == f"{day:%Y%m%d}":
                    yield found


Maker = Callable[[int, int, list[str], str], list[tuple[Any, ...]]]


@dataclass
class Copier:
    """Makes the rows of one more group out of the template, table by table."""

    template: Template
    connection: sqlite3.Connection
    makers: dict[str, Maker] = field(default_factory=dict)
    offsets: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for table in self.template.rows:
            self.makers[table] = eval(self._source(table))
        self.makers["command"] = eval(self._of_rows("command", self.template.commands))

    def group(self, table: str, copy: int, day: date, place: int) -> list[tuple[Any, ...]]:
        """The rows of a table in the group that is the `place`-th of its day."""
        days = [(day + timedelta(days=offset)).isoformat() for offset in self.offsets]
        return self.makers[table](copy, place, days, f"{day:%Y%m%d}")

    def text(self, value: str) -> Callable[[int, int, list[str], str], str]:
        """A text of the template, to be told of another group."""
        return eval(f"lambda k, g, d, c: {self._text(value)}")

    def span(self, table: str) -> int:
        """How many rows of a table a group has."""
        if table == "command":
            return len(self.template.commands)
        return len(self.template.rows.get(table, ()))

    def _source(self, table: str) -> str:
        return self._of_rows(table, self.template.rows[table])

    def _of_rows(self, table: str, rows: list[tuple[Any, ...]]) -> str:
        columns = [row[1] for row in self.connection.execute(f"PRAGMA table_info({table})")]
        keys = {
            row[3]: row[2] for row in self.connection.execute(f"PRAGMA foreign_key_list({table})")
        }
        made = []
        for row in rows:
            values = []
            for name, value in zip(columns, row, strict=True):
                to = table if name == "id" else keys.get(name, "")
                if isinstance(value, int) and to and value > self.template.before.get(to, 0):
                    values.append(f"{value} + k * {self.span(to)}")
                elif name == "content_digest":
                    values.append("f'{k:064x}'")
                elif name == "request_id":
                    values.append(f"f'{value[:20]}{{k:012x}}'")
                else:
                    values.append(self._text(value) if isinstance(value, str) else repr(value))
            made.append(f"({', '.join(values)},)")
        return f"lambda k, g, d, c: [{', '.join(made)}]"

    def _text(self, value: str) -> str:
        parts, at = [], 0
        for found in _TOLD.finditer(value):
            told = self._found(found)
            if told:
                parts += [_braced(value[at : found.start()]), told]
                at = found.end()
        return "f" + repr("".join(parts) + _braced(value[at:])) if parts else repr(value)

    def _found(self, found: re.Match[str]) -> str:
        compact = f"{self.template.day:%Y%m%d}"
        if found["kind"] and found["of"] == compact and found["kind"] in self.template.numbers:
            first, count = self.template.numbers[found["kind"]]
            return f"{found['kind']}{{c}}-{{{1 + int(found['seq']) - first} + g * {count}:04d}}"
        if found["tail"] and found["compact"] == compact:
            return f"{{c}}{{{int(found['tail'])} + g * {LIVES}:08d}}"
        if found["day"]:
            offset = (date.fromisoformat(found["day"]) - self.template.day).days
            if offset not in self.offsets:
                self.offsets.append(offset)
            return f"{{d[{self.offsets.index(offset)}]}}"
        return ""


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def grow(ledger: Path, template: Template, postings: int) -> None:
    """Write the days before the template's own, until the ledger has so many postings."""
    with _opened(ledger) as connection, _indexes_aside(connection) as changing:
        copier = Copier(template, connection)
        key = audit.read_key(ledger)
        groups = max(1, postings // (LIVES * POSTINGS_AN_ORDER) - 1)
        for first in range(0, groups, GROUPS_A_LINK):
            _batch(copier, changing, key, range(first, min(groups, first + GROUPS_A_LINK)))
        days = [template.day - timedelta(days=1 + n) for n in range(-(-groups // GROUPS_A_DAY))]
        for place, day in enumerate(days):
            _counters(copier, key, day, min(GROUPS_A_DAY, groups - place * GROUPS_A_DAY))


def work_a_day(ledger: Path, template: Template, postings: int) -> None:
    """Write so many postings on the day after the template's own, sealed command by command."""
    with _opened(ledger) as connection:
        copier = Copier(template, connection)
        key = audit.read_key(ledger)
        day = template.day + timedelta(days=1)
        groups = max(1, postings // (LIVES * POSTINGS_AN_ORDER))
        done = _groups_so_far(connection, template)
        for place in range(groups):
            _sealed_by_command(copier, key, done + place, day, place)
        _counters(copier, key, day, groups)


@contextmanager
def _opened(ledger: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for setting in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-100000"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")


@contextmanager
def _indexes_aside(connection: sqlite3.Connection) -> Iterator[set[str]]:
    """Triggers and indexes stand aside and come back word for word: the schema's digest holds.

    Hands out the tables whose rows can change, which only the triggers tell.
    """
    aside = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
        " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"
    ).fetchall()
    fixed = {row["tbl_name"] for row in aside if row["name"] == f"{row['tbl_name']}_no_update"}
    for row in aside:
        connection.execute(f"DROP {row['type']} {row['name']}")
    yield {row["tbl_name"] for row in aside} - fixed
    for row in aside:
        connection.execute(row["sql"])


def _batch(copier: Copier, changing: set[str], key: bytes, groups: range) -> None:
    """So many groups of history, and the one link that seals them in blocks."""
    blocks = []
    for table in copier.template.rows:
        rows: list[tuple[Any, ...]] = []
        for copy in groups:
            day = copier.template.day - timedelta(days=1 + copy // GROUPS_A_DAY)
            rows += copier.group(table, copy + 1, day, copy % GROUPS_A_DAY)
        _insert(copier.connection, table, rows)
        whole = len(rows) > 1000 and table not in changing
        sealed = digest_of_all(list(zip(*rows, strict=True))) if whole else digest_of_each(rows)
        blocks.append([table, rows[0][0], len(rows), sealed])
    _link(copier.connection, key, {"command": "import orders", "events": []}, [], blocks)


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    places = ", ".join("?" * len(rows[0]))
    connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _link(
    connection: sqlite3.Connection,
    key: bytes,
    told: dict[str, Any],
    rows: list[list[Any]],
    blocks: list[list[Any]],
) -> None:
    last, previous, at, day = connection.execute(
        "SELECT seq, hash, at, on_day FROM audit ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    columns = {
        "seq": last + 1,
        "at": at,
        "on_day": day,
        "actor": told.get("actor", "importer"),
        "command": told["command"],
        "request_id": f"grown{last + 1:027d}",
    }
    whole = {**columns, "events": told["events"], "rows": rows}
    body = audit.canonical(whole | ({"blocks": blocks} if blocks else {}))
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (last + 1, *columns.values(), body, previous, audit.seal(key, previous, body)),
    )


def _counters(copier: Copier, key: bytes, day: date, groups: int) -> None:
    """The counters of a day, which tell that none of its numbers is missing."""
    made = []
    for kind, (_first, count) in copier.template.numbers.items():
        cursor = copier.connection.execute(
            "INSERT INTO number_counter (kind, period, last) VALUES (?, ?, ?)",
            (kind, f"{day:%Y%m%d}", count * groups),
        )
        made.append(("number_counter", int(cursor.lastrowid or 0)))
    rows = audit.digests(copier.connection, made)
    _link(copier.connection, key, {"command": "import orders", "events": []}, rows, [])


def _groups_so_far(connection: sqlite3.Connection, template: Template) -> int:
    last = connection.execute("SELECT max(id) FROM sales_order").fetchone()[0]
    return int((last - template.before["sales_order"]) // LIVES)


def _sealed_by_command(copier: Copier, key: bytes, copy: int, day: date, place: int) -> None:
    """A group with one link for every command of its lives.

    The digest of a row that a later command changed once more is that of the row as it became.
    """
    for table in (*copier.template.rows, "command"):
        _insert(copier.connection, table, copier.group(table, copy, day, place))
    for link in copier.template.links:
        touched = [
            (table, key_ + (copy * copier.span(table) if table in copier.makers else 0))
            for table, key_, _digest in link["rows"]
            if table != "number_counter"
        ]
        rows = audit.digests(copier.connection, touched)
        _link(copier.connection, key, link, rows, [])
