"""Undo and safety: one's own last act, what is grave typed out, the same order typed twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

CLERK = "gp_specialist"
NEW = "order new -c KH0001 -l P0001:5 --need-by +7d"


def numbers(desk) -> list[tuple[str, str, int]]:
    return desk.sql("SELECT number, state, revision FROM sales_order ORDER BY id DESC LIMIT 3")


def lines(desk, number: str) -> list[tuple[str, int]]:
    shown = desk.ok(f"order show {number} --json", as_=CLERK).json
    return [(line["code"], int(line["quantity"])) for line in shown["lines"]]


@pytest.fixture
def order(desk) -> str:
    """A draft that the clerk has just taken."""
    return str(desk.ok(f"{NEW} -q", as_=CLERK).out.strip())


def test_the_last_acts_are_told_with_what_comes_next(desk, order) -> None:
    desk.ok(f"order edit {order} -l P0001:7", as_=CLERK)
    last, before = desk.ok("last --json", as_=CLERK).json
    assert [last["command"], before["command"]] == ["order edit", "order new"]
    assert last["number"] == before["number"] == order
    assert last["next"] == [f"kac order submit {order}"]
    assert last["undo"] == "the former lines stand again, as a new version"
    assert len(desk.ok("last 1 --json", as_=CLERK).json) == 1


def test_a_draft_is_undone_by_making_it_void_in_ones_own_name(desk, order) -> None:
    done = desk.ok("undo --yes", as_=CLERK)
    assert f"{order} is void: undone by 团购专员" in done.out
    assert numbers(desk)[0][:2] == (order, "voided")
    assert desk.sql("SELECT command FROM audit ORDER BY seq DESC LIMIT 1") == [("undo",)]
    assert "undo" in {row["verb"] for row in desk.ok(f"audit log {order} --json").json}


def test_an_edit_is_undone_by_a_new_version_with_the_former_lines(desk, order) -> None:
    desk.ok(f"order edit {order} -l P0001:7 -l P0002:3 --gift P0005:1", as_=CLERK)
    desk.ok("undo --yes", as_=CLERK)
    assert lines(desk, order) == [("P0001", 5)]
    assert numbers(desk)[0] == (order, "draft", 3), "what was changed stays readable"
    desk.ok(f"order edit {order} -l P0002:3", as_=CLERK)
    desk.ok(f"order edit {order} --remove 1", as_=CLERK)
    desk.ok("undo --yes", as_=CLERK)
    assert sorted(lines(desk, order)) == [("P0001", 5), ("P0002", 3)]


def test_former_terms_are_not_kept_and_that_is_said(desk, order) -> None:
    desk.ok(f"order edit {order} --need-by +9d", as_=CLERK)
    refusal = desk.refused("undo --yes", as_=CLERK)
    assert "E-UND-003" in refusal.err
    assert f"kac order edit {order}" in refusal.err


def test_nobody_undoes_what_others_did(desk, order) -> None:
    refusal = desk.refused("undo --yes", as_="finance", exit=3)
    assert "E-UND-001" in refusal.err
    refusal = desk.refused("undo --yes", exit=5)
    assert "E-PER-004" in refusal.err


def test_what_somebody_acted_on_or_signed_is_past_undoing(desk) -> None:
    number = desk.ok(f"{NEW} --submit -q", as_=CLERK).out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    refusal = desk.refused("undo --yes", as_=CLERK)
    assert "E-UND-002" in refusal.err
    assert "merchant_supervisor has done order review since" in refusal.err


def test_a_submitted_order_needs_a_supervisor_to_be_void_also_by_undo(desk) -> None:
    desk.ok(f"{NEW} --submit", as_=CLERK)
    assert "RTL-CTL-04" in desk.refused("undo --yes", "RTL-CTL-04", as_=CLERK, exit=5).err


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        ("order submit {order}", "kac order edit {order}"),
        ("customer add 试 --kind unit --phone 0571-87654321 --contact 张 --address x --need y"
         " --area z --nature 工厂", "kac customer edit KH"),
    ],
)  # fmt: skip
def test_where_nothing_leads_back_it_is_said_what_to_do_instead(
    desk, order, command, instead
) -> None:
    desk.ok(command.format(order=order), as_=CLERK)
    refusal = desk.refused("undo --yes", as_=CLERK)
    assert "E-UND-003" in refusal.err
    assert instead.format(order=order) in refusal.err


def test_an_undoing_is_not_undone(desk, order) -> None:
    desk.ok("undo --yes", as_=CLERK)
    assert "E-UND-003" in desk.refused("undo --yes", as_=CLERK).err


def test_a_proposed_policy_is_withdrawn(desk) -> None:
    desk.ok("policy set deposit.rate_bp 3500 --from +1d --reason 试", as_="administrator")
    done = desk.ok("undo --yes --json", as_="administrator").json
    assert done["state"] == "withdrawn"


def test_undo_asks_and_without_a_terminal_wants_a_yes(desk, order) -> None:
    assert "made void" in desk.refused("undo", as_=CLERK, exit=10).err
    desk.ok("undo --dry-run", as_=CLERK)
    assert numbers(desk)[0][:2] == (order, "draft")


# --- What is grave


@pytest.fixture
def submitted(desk, order) -> str:
    """The order handed in."""
    desk.ok(f"order submit {order}", as_=CLERK)
    return order


def void(order: str, *more: str) -> str:
    return " ".join([f"order void {order} --reason 客户取消", *more])


def test_a_script_names_what_it_makes_void_whole_or_confirms_it(desk, submitted) -> None:
    short = submitted.removeprefix("DD2026")
    refusal = desk.refused(void(short, "--yes"), as_="merchant_supervisor", exit=10)
    assert f"--confirm {submitted}" in refusal.err
    wrong = void(short, f"--confirm {submitted[:-1]}9")
    assert "E-CLI-026" in desk.refused(wrong, as_="merchant_supervisor", exit=2).err
    desk.ok(void(short, f"--confirm {submitted}"), as_="merchant_supervisor")
    assert numbers(desk)[0][:2] == (submitted, "voided")


def test_a_script_that_names_it_whole_has_typed_it_out(desk, submitted) -> None:
    desk.ok(void(submitted), as_="merchant_supervisor")


@pytest.mark.parametrize("typed", ["y", "yes", "40", "{short}"])
def test_a_clerk_types_the_number_and_no_mere_yes(desk, submitted, typed, at_a_terminal) -> None:
    answer = typed.format(short=submitted[-4:])
    result = desk.run(void(submitted, "--yes"), as_="merchant_supervisor", stdin=f"{answer}\n")
    assert result.exit == 130
    assert numbers(desk)[0][:2] == (submitted, "submitted")
    right = desk.run(void("@"), as_="merchant_supervisor", stdin=f"{submitted.lower()}\n")
    assert right.exit == 3, "@ is what one touched oneself"
    desk.ok(void(submitted), as_="merchant_supervisor", stdin=f"{submitted.lower()}\n")


def test_a_draft_is_not_grave(desk, order) -> None:
    desk.ok(void(order.removeprefix("DD2026")), as_=CLERK)


# --- Typed twice


def test_the_same_order_within_a_minute_is_refused_where_nobody_can_be_asked(desk, order) -> None:
    desk.now -= timedelta(seconds=30)
    refusal = desk.refused(NEW, as_=CLERK, exit=10)
    assert "E-DUP-001" in refusal.err
    assert order in refusal.err
    assert "--yes" in refusal.err


@pytest.mark.parametrize("more", ["--yes", "--request-id again", "--note 第二车"])
def test_a_second_order_that_is_meant_is_taken(desk, order, more) -> None:
    desk.now -= timedelta(seconds=30)
    assert desk.ok(f"{NEW} {more} -q", as_=CLERK).out.strip() != order


def test_another_person_other_goods_and_a_minute_later_are_other_orders(desk, order) -> None:
    desk.now -= timedelta(seconds=30)
    desk.ok(NEW, as_="merchant_supervisor")
    desk.now -= timedelta(seconds=50)
    desk.ok(NEW.replace(":5", ":6"), as_=CLERK)
    desk.ok(NEW, as_=CLERK)


@pytest.mark.parametrize(("answer", "exit"), [("n", 130), ("y", 0)])
def test_a_clerk_is_asked(desk, order, answer, exit, at_a_terminal) -> None:
    desk.now -= timedelta(seconds=30)
    result = desk.run(NEW, as_=CLERK, stdin=f"{answer}\n")
    assert result.exit == exit
    assert order in result.err


def test_a_file_of_commands_means_what_it_says_twice(desk) -> None:
    script = desk.home / "twice.kac"
    script.write_text(f"{NEW}\n{NEW}\n", "utf-8")
    before = desk.sql("SELECT count(*) FROM sales_order")[0][0]
    desk.ok(f"run {script}", as_=CLERK)
    assert desk.sql("SELECT count(*) FROM sales_order")[0][0] == before + 2


@pytest.fixture
def at_a_terminal():
    """Somebody is there to be asked."""
    from unittest import mock

    with mock.patch("kac.cli.setting.may_ask", return_value=True):
        yield


@pytest.fixture
def delivered(desk, order) -> str:
    """The same, paid and delivered."""
    steps = (
        (CLERK, f"order submit {order}"),
        ("merchant_supervisor", f"order review {order}"),
        (CLERK, f"order print {order}"),
        ("finance_cashier", f"payment record {order} --amount 1340 --ref R1"),
        ("finance", "payment verify R1"),
        ("distribution_center", f"dispatch new {order}"),
        ("distribution_center", f"dispatch print {order}"),
        ("distribution_center", f"dispatch count {order} 1:5"),
        ("merchant_staff", f"dispatch count {order} 1:5"),
        ("distribution_center", f"dispatch load {order} --truck 粤S1 --driver 张"),
        ("driver", f"dispatch sign {order} --by 李主任"),
    )
    for who, words in steps:
        desk.ok(words, as_=who)
    return order


def returned(desk) -> list[tuple[str]]:
    return desk.sql("SELECT state FROM goods_return ORDER BY id")


def test_a_return_that_nobody_printed_or_signed_is_dropped(desk, delivered) -> None:
    """FLW-AFT-01: its signatures are not asked any more."""
    back = f"return new {delivered} 1:2 --reason 多订"
    number = desk.ok(f"{back} -q", as_=CLERK).out.strip()
    assert desk.ok("last 1 --json", as_=CLERK).json[0]["undo"] == "the return is dropped"
    assert f"{number} is dropped" in desk.ok("undo --yes", as_=CLERK).out
    assert returned(desk) == [("dropped",)]
    assert desk.sql("SELECT state FROM approval ORDER BY id DESC LIMIT 1") == [("superseded",)]
    desk.ok(back, as_=CLERK)


def test_a_return_that_was_printed_or_signed_stays(desk, delivered) -> None:
    """What somebody holds in hand or has signed is past undoing."""
    first = desk.ok(f"return new {delivered} 1:1 --reason 多订 -q", as_=CLERK).out.strip()
    desk.ok(f"return print {first}", as_="service_desk")
    desk.refused("undo --yes", "E-UND-002", as_=CLERK)
    second = desk.ok(f"return new {delivered} 1:2 --reason 多订 -q", as_=CLERK).out.strip()
    desk.ok(f"approval ok {second}", as_="merchant_manager")
    desk.refused("undo --yes", "E-UND-002", as_=CLERK)
    assert returned(desk) == [("awaited",), ("awaited",)]


def test_an_exchange_is_undone_whole_or_not_at_all(desk, delivered) -> None:
    """The order for the other goods is handed in: a supervisor makes it void, nobody else."""
    swap = f"return exchange {delivered} 1:2 --for P0003:1 --reason 换货 --need-by +7d"
    number = desk.ok(f"{swap} -q", as_=CLERK).out.strip()
    desk.refused("undo --yes", as_=CLERK, exit=5)
    assert returned(desk) == [("awaited",)]
    desk.ok(f"return drop {number} --reason 不换了", as_=CLERK)
    made = desk.ok(f"{swap} --json", as_="merchant_supervisor").json
    desk.ok("undo --yes", as_="merchant_supervisor")
    assert returned(desk) == [("dropped",), ("dropped",)]
    states = dict(desk.sql("SELECT number, state FROM sales_order"))
    assert states[made["exchange"]] == "voided"
