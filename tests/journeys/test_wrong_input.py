"""What is typed wrongly: one clear error with its own exit code, and nothing written."""

from __future__ import annotations

import pytest

from kac.db.audit import key_path

NEW = "order new -c KH0001 --need-by +7d"
# Typed; exit code; code of the error; what the clerk reads.
WRONG = [
    (f"{NEW} -l P0001:1@12.345", 6, "E-VAL-010", '"12.345" is not an amount'),
    (f"{NEW} -l P0001:1@1e3", 6, "E-VAL-010", '"1e3" is not an amount'),
    (f"{NEW} -l P0001:1@abc", 6, "E-VAL-010", '"abc" is not an amount'),
    (f"{NEW} -l P0001:1@-5", 6, "E-VAL-010", "-5.00 is not a price"),
    (f"{NEW} -l P0001:1@0", 6, "E-ORD-004", "for nothing is a gift"),
    (f"{NEW} -l P0001:0", 6, "E-VAL-032", "a quantity of 0 orders nothing"),
    (f"{NEW} -l P0001:-1", 6, "E-VAL-030", '"-1" is not a quantity'),
    (f"{NEW} -l P0001:1.5", 6, "E-VAL-031", "finer than this product is measured"),
    (f"{NEW} -l P0002:1.2345", 6, "E-VAL-031", "finer than this product is measured"),
    (f"{NEW} -l P0001:6992794817879", 6, "E-VAL-033", "looks like a barcode"),
    (f"{NEW} -l P9999:1", 3, "E-REF-001", "P9999"),
    (f"{NEW} -l P0001", 2, "E-CLI-008", "says no quantity"),
    (f"{NEW} -l :5", 2, "E-CLI-008", "names no product"),
    (f"{NEW} -l P0001:1 --gift P0005:1@3", 2, "E-CLI-001", "a gift has no price"),
    (f"{NEW}", 10, "E-INP-001", "--line"),
    ("order new -c KH0001 -l P0001:1 --need-by 20260931", 6, "E-VAL-011", "20260931"),
    ("order new -c KH0001 -l P0001:1 --need-by 2026-02-29", 6, "E-VAL-011", "2026-02-29"),
    ("order new -c KH0001 -l P0001:1 --need-by soon", 6, "E-VAL-012", "soon"),
    ("order new -c KH0001 -l P0001:1", 10, "E-INP-001", "--need-by"),
    ("order new -c KH9999 -l P0001:1 --need-by +7d", 3, "E-REF-001", "KH9999"),
    ("order new -c 没有这家 -l P0001:1 --need-by +7d", 3, "E-REF-001", "没有这家"),
    ("order new -c 红星 -l P0001:1 --need-by +7d", 3, "E-REF-002", "KH0003  红星中学"),
    (f"{NEW} -l P0001:1 --request-id 'a b'", 6, "E-VAL-006", "a b"),
    (f"{NEW} -l P0001:1 --at S99", 3, "E-REF-001", "S99"),
    (f"{NEW} -l P0001:1 --colour red", 2, "E-CLI-004", "--colour"),
    ("order take -c KH0001", 2, "E-CLI-002", "take"),
    ("ordre list", 2, "E-CLI-002", "did you mean: order"),
    ("order submit DD20261120-9999", 3, "E-REF-001", "DD20261120-9999"),
    ("order list --state gone", 2, "E-CLI-005", "gone"),
    ("import orders nowhere.csv", 9, "E-ENV-020", "nowhere.csv"),
]


@pytest.mark.parametrize(
    ("typed", "exit", "code", "says"),
    WRONG,
    ids=[f"{code} {typed}" for typed, __, code, __ in WRONG],
)
def test_a_slip_of_the_keys_is_one_clear_error_and_writes_nothing(
    desk, typed, exit, code, says
) -> None:
    result = desk.refused(typed, code, says, as_="gp_specialist", exit=exit)
    assert result.out == ""
    assert result.err.startswith(f"error[{code}]: ")
    assert result.err.count("error[") == 1
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("amount", "says"),
    [("40.2.0", "40.2.0"), ("0", "0.00"), ("-4020", "-4,020.00"), ("４千", "４千")],
)
def test_a_malformed_amount_of_money_takes_no_money(desk, amount, says) -> None:
    number = desk.ok(f"{NEW} -l P0001:50 --submit -q", as_="gp_specialist").out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    record = f"deposit record {number} --ref 1 --amount"
    desk.refused([*record.split(), amount], "E-VAL-010", says, as_="finance_cashier", exit=6)


def test_full_width_letters_and_digits_are_what_an_input_method_writes(desk) -> None:
    typed = "order new -c ＫＨ０００１ -l Ｐ０００１：１２＠２６０．５０ --need-by ２０２６１１３０"
    order = desk.ok(f"{typed} --json", as_="gp_specialist").json
    kept = {"customer": "KH0001", "total": "3126.00", "need_by": "2026-11-30"}
    assert {key: order[key] for key in kept} == kept


FILE = "--nature 工厂 --contact 李敏 --phone 13800138000 --address 工业路8号 --area 东区 --need 米"


@pytest.mark.parametrize(
    "harmful", ["\x1b[31m", "\x07", "\x00", "\u202e", "\u2066", "\r\n"], ids=ascii
)
def test_a_character_that_would_drive_the_screen_gets_into_no_name(desk, harmful) -> None:
    words = ["customer", "add", f"宏达{harmful}模具厂", *FILE.split()]
    result = desk.refused(words, "E-VAL-002", as_="gp_specialist", exit=6)
    assert all(character == "\n" or character.isprintable() for character in result.err)
    assert desk.sql("SELECT count(*) FROM customer WHERE name LIKE '%模具厂'") == [(0,)]


def test_square_brackets_in_a_name_are_square_brackets_everywhere(desk) -> None:
    words = ["customer", "add", "[red]宏达[/red]", *FILE.split(), "-q"]
    number = desk.ok(words, as_="gp_specialist").out.strip()
    assert desk.ok(f"customer show {number} --json").json["name"] == "[red]宏达[/red]"
    for style in ("table", "plain", "csv", "md"):
        listed = desk.ok(f"customer list --format {style}", env={"COLUMNS": "200"}).out
        assert "[red]宏达[/red]" in listed, style


def test_a_second_founding_leaves_the_ledger_as_it_is(desk) -> None:
    for command in ("init --training", "init --company 别家 --admin wang --admin-name 王敏"):
        result = desk.refused(command, "E-ENV-013", exit=9)
        assert "it was left as it is" in result.err


@pytest.mark.parametrize("command", [f"{NEW} -l P0001:1", "order list", "reconcile run"])
@pytest.mark.parametrize("harm", ["torn", "foreign", "newer"])
def test_a_ledger_that_cannot_be_trusted_is_exit_9_and_is_not_touched(desk, harm, command) -> None:
    spoil(desk, harm)
    before = desk.ledger.read_bytes(), key_path(desk.ledger).read_bytes()
    result = desk.run(command, as_="gp_specialist")
    assert (result.exit, result.out) == (9, ""), result.err
    assert result.err.count("error[E-ENV-") == 1
    assert (desk.ledger.read_bytes(), key_path(desk.ledger).read_bytes()) == before


def spoil(desk, harm: str) -> None:
    """Damage the ledger file the way that is named."""
    data = bytearray(desk.ledger.read_bytes())
    if harm == "torn":
        data = data[: len(data) // 3]
    elif harm == "foreign":
        data[68:72] = b"\x00\x00\x00\x01"  # The application id in SQLite's header.
    else:
        data[60:64] = (9999).to_bytes(4, "big")  # The user version, kac's schema number.
    desk.ledger.write_bytes(bytes(data))
