"""The nightly page: the same figures as the books, nothing from outside, nothing that can run."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import Exit
from kac.core.findings import Finding
from kac.core.text import shown
from kac.db.reader import reading
from kac.desk.reports import queries, rules
from kac.desk.worklist import queries as worklist
from kac.desk.worklist.rules import AFTER
from kac.documents.nightly import charts, page
from kac.documents.nightly.charts import Bar
from kac.documents.nightly.facts import WAITS_FOR, Check, Night

NOW = datetime(2026, 12, 18, 22, 0, tzinfo=UTC)
EMPTY = ("meta",)
TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


class Tags(HTMLParser):
    """The tags of a page, and the text between them; every tag must be closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.said: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def parsed(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    tags.close()
    assert tags.open == []
    return tags


def made(desk, *words: str, exit: int = Exit.DONE) -> str:
    """The page that the night of the desk writes."""
    path = desk.home / "night.html"
    command = ["reconcile", "run", "--html", str(path), *words]
    result = desk.run(command, as_="finance")
    assert result.exit == exit, result.err
    return str(path.read_text("utf-8"))


def night(**changed: object) -> Night:
    quiet: dict[str, object] = {
        "company": "佳和百货",
        "ledger": "0",
        "head": "1-0",
        "on": date(2026, 12, 18),
        "findings": (),
        "checks": (Check("trial_balance", "ok", 0),),
        "figures": (("sold", 100),),
        "open_orders": 0,
        "gates": (),
        "sales": tuple((date(2026, 12, 1) + timedelta(days=n), 100 * n, 50) for n in range(30)),
        "owed": (("0 to 30 days", 0),),
        "held": (("0 to 30 days", 500),),
    }
    return Night(**(quiet | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_stands_alone_and_runs_nothing(traded, language):
    traded.lang = language
    text = made(traded)
    tags = parsed(text)
    assert tags.seen.count("svg") >= 3
    assert not {"script", "link", "img", "iframe", "object", "form", "a"} & set(tags.seen)
    assert not [name for name, _value in tags.attributes if name.startswith("on")]
    assert not re.search(r"https?:|url\(|@import|src=", text)
    assert "default-src 'none'" in text
    assert ("lang", language.replace("_", "-")) in tags.attributes


def test_its_figures_are_those_of_the_books(traded):
    text = made(traded)
    said = parsed(text).said
    assert "13,400.00" in said, "sold this month"
    assert "720.00" in said, "held for KH0003, on the tile and by its age"
    assert said.count("720.00") == 3, "tile, money not verified, and the youngest age"
    assert any("2026-12-18" in each for each in said)
    assert "12-12: 13,400.00" in text


def test_what_is_missing_is_on_the_page_with_the_command_that_settles_it(traded):
    found = traded.ok("reconcile run --json", as_="finance").json
    said = parsed(made(traded)).said
    assert found, "a late order at least"
    for finding in found:
        assert finding["says"] in said
        assert not finding["command"] or finding["command"] in said
    made(traded, "--check", exit=7 if any(not each["soft"] for each in found) else 0)


def test_every_check_has_its_own_line_whether_it_found_anything_or_not(traded):
    proofs = traded.ok("reconcile run --checks --json", as_="finance").json
    said = " ".join(parsed(made(traded)).said)
    assert len(proofs) > 20
    for proof in proofs:
        sign = "√" if proof["state"] == "ok" else "!" if proof["state"] == "reminders" else "×"
        count = f": {proof['count']}" if proof["count"] else ""
        assert f"{sign} {proof['check']}{count}" in said
    failed = page.html(night(checks=(Check("bank_inbox", "failed", 0),)), NOW)
    assert "× bank_inbox" in " ".join(parsed(failed).said)


def test_a_quiet_night_says_so_and_prints_nothing(desk):
    """Cron sends no mail about a page that was written."""
    for order in desk.ok("order list --state all --json").json:
        assert order["state"] == "draft"
    path = desk.home / "night.html"
    result = desk.ok(f"reconcile run --html {path} --check", as_="finance")
    assert (result.out, result.err) == ("", "")
    assert "nothing is missing" in parsed(path.read_text("utf-8")).said


def test_a_page_that_cannot_be_written_is_exit_9(desk):
    result = desk.run("reconcile run --html nowhere/at/all.html", as_="finance")
    assert result.exit == Exit.ENVIRONMENT
    assert "E-ENV-015" in result.err


def test_the_same_night_gives_the_same_page(traded):
    assert page.html(night(), NOW) == page.html(night(), NOW)


def test_the_ages_of_what_is_owed_and_held_add_up_to_the_accounts(traded):
    with reading(traded.ledger) as reader:
        owed, held = queries.owed(reader), queries.held(reader)
    balance = dict(traded.sql("SELECT account, balance_fen FROM v_account"))
    assert sum(fen for _day, fen in held) == -balance["2203"] == 72_000
    assert sum(fen for _day, fen in owed) == balance.get("1122", 0)
    assert [day for day, _fen in held] == [date(2026, 12, 14)]


def test_whatever_an_order_can_wait_for_has_a_name(traded):
    for role, command in (
        ("gp_specialist", "order new -c KH0002 -l P0001:2 --need-by +7d --submit"),
        ("merchant_supervisor", "order review DD20261218-0001"),
        ("gp_specialist", "order print DD20261218-0001 -q"),
        ("merchant_supervisor", "order void DD20261218-0001 --reason 客户取消"),
    ):
        traded.ok(command, as_=role)
    with reading(traded.ledger) as reader:
        cases = list(worklist.open_cases(reader, date(2026, 12, 18)))
    gates = {gate.name for _row, _case, found in cases for gate in found}
    assert len(gates) > 20
    assert "copies_collected" in gates
    assert gates <= WAITS_FOR.keys()
    assert AFTER.keys() <= WAITS_FOR.keys()


def test_every_open_order_is_counted_once(traded):
    with reading(traded.ledger) as reader:
        cases = list(worklist.open_cases(reader, date(2026, 12, 18)))
    waiting = sum(1 for _row, _case, found in cases if any(not gate.open for gate in found))
    text = made(traded)
    assert f"<b>{waiting}</b>" in text


@given(name=TEXTS, says=TEXTS, command=TEXTS)
def test_no_name_becomes_part_of_the_page(name, says, command):
    finding = Finding("check", name, says, ("X-1",), command)
    text = page.html(night(company=name, findings=(finding,), gates=((says, 3),)), NOW)
    plain = page.html(night(company="x", findings=(Finding("c", "x", "x", ("X",), "x"),)), NOW)
    tags = parsed(text)
    assert set(tags.seen) <= set(parsed(plain).seen) | {"svg", "text", "rect"}
    assert shown(says) in tags.said
    assert shown(command) in tags.said


@given(st.integers(1, 10**13))
def test_an_axis_ends_at_a_round_number_above_all_bars(largest):
    ceiling, step = charts.scale(largest)
    assert ceiling >= largest
    assert ceiling % step == 0
    assert 1 <= ceiling // step <= 5
    assert str(step).strip("0") in ("1", "2", "5")


@given(st.lists(st.tuples(st.integers(0, 10**11), st.integers(0, 10**11)), min_size=1, max_size=31))
def test_no_bar_leaves_the_picture(values):
    bars = [Bar("x", value, str(value), before) for value, before in values]
    for drawn in (charts.columns("t", bars, 5), charts.rows("t", bars)):
        width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', drawn).groups())
        for x, y, wide, high in re.findall(
            r'<rect class="\w+" x="(-?\d+)" y="(-?\d+)" width="(-?\d+)"\s+height="(-?\d+)"', drawn
        ):
            assert 0 <= int(x) <= int(x) + int(wide) <= width
            assert 0 <= int(y) <= int(y) + int(high) <= height
    drawn = charts.rows("t", bars)
    assert drawn.count("<rect") == len(bars)


@given(
    st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.integers(-(10**9), 10**9)))
)
def test_every_fen_has_one_age(amounts):
    aged = rules.aged(amounts, date(2026, 12, 18), (30, 60, 90))
    assert sum(fen for _since, _until, fen in aged) == sum(fen for _day, fen in amounts)
    assert [(since, until) for since, until, _fen in aged] == [
        (0, 30),
        (31, 60),
        (61, 90),
        (91, None),
    ]


def test_the_thirtieth_day_is_young_and_the_thirty_first_is_not():
    on = date(2026, 12, 18)
    aged = rules.aged([(on - timedelta(days=30), 1), (on - timedelta(days=31), 10)], on, (30, 60))
    assert [fen for _since, _until, fen in aged] == [1, 10, 0]
