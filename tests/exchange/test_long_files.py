"""Files too large to be held: told, taken in and sent back exactly as those that are held."""

from __future__ import annotations

import random

import pytest

from kac.core.errors import BadInput
from kac.db.work import Outcome, Request, perform
from kac.exchange import imports
from kac.exchange.imports import FileRefused, Wish
from tests.exchange.conftest import IMPORTER, NOW
from tests.exchange.test_bad_files import FILES_WRONG, HEADER, ROWS_WRONG, text


@pytest.fixture
def both(shop, monkeypatch):
    """What becomes of a file that is held, and of the same one with its rows on disk."""

    def bring(data: bytes, *, partial: bool = False) -> list[tuple]:
        return [_told(shop, monkeypatch, data, least, partial) for least in (2**40, 0)]

    return bring


def _told(shop, monkeypatch, data: bytes, least: int, partial: bool) -> tuple:
    """All that is told, and all that is written, by an import that is then dry."""
    monkeypatch.setattr(imports, "LONG_BYTES", least)
    request = Request(f"d{next(shop.ids)}", "import orders", "", NOW, shop.day, dry=True)
    seen: list[tuple] = []

    def act(work) -> Outcome:
        outcome = imports.run(work, "orders", "o.csv", data, Wish(partial=partial))
        work.session.flush()
        drafts = "SELECT number, external_number, address, note FROM sales_order ORDER BY id"
        lines = "SELECT order_id, line, product_id, quantity, unit_price_fen, gift FROM order_line"
        for asked in (drafts, f"{lines} ORDER BY id"):
            seen.extend(tuple(row) for row in work.connection.execute(asked))
        kept = getattr(outcome, "rejected", None)
        if kept is not None:
            seen.append(_sent_back(kept))
        return outcome

    try:
        told = perform(shop.ledger, request, lambda _reader: IMPORTER, act)
    except FileRefused as refused:
        return "refused", refused.message, refused.cause, refused.rows, _sent_back(refused)
    except BadInput as refused:
        return "no sheet", refused.code, refused.message, refused.cause
    return "taken", told.document, told.says, seen


def _sent_back(refused: FileRefused) -> bytes:
    return (
        b"".join(refused.rejects or ())
        if not isinstance(refused.rejects, bytes)
        else (refused.rejects)
    )


@pytest.mark.parametrize("partial", [False, True], ids=["whole", "partial"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("wrong", ROWS_WRONG)
def test_a_bad_row_is_told_alike(both, wrong, encoding, partial) -> None:
    """SC-60: the size of a file changes nothing in what is said of its rows."""
    held, on_disk = both(text(ROWS_WRONG[wrong][0]).encode(encoding), partial=partial)
    assert on_disk == held
    assert held[0] == ("taken" if partial else "refused")


@pytest.mark.parametrize("wrong", FILES_WRONG)
def test_a_file_that_is_none_is_told_alike(both, wrong) -> None:
    held, on_disk = both(FILES_WRONG[wrong][0])
    assert on_disk == held
    assert held[0] == "no sheet"


def test_lines_of_an_order_that_lie_apart_make_one_order(both) -> None:
    rows = [f"WX-{n % 7},KH000{1 + n % 7 % 2},2026-11-25,,P0003,{n + 1},,," for n in range(40)]
    held, on_disk = both("\n".join([HEADER, *rows]).encode())
    assert on_disk == held
    assert held[1]["counts"] == {"drafts": 7}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("partial", [False, True], ids=["whole", "partial"])
def test_files_with_anything_wrong_anywhere_are_told_alike(both, seed, partial) -> None:
    chance = random.Random(seed)
    bad = [row for row, _line in ROWS_WRONG.values()] * 2
    rows = [f"WX-{n // 3},KH000{1 + n // 3 % 2},2026-11-25,,P0003,{n + 1},,," for n in range(900)]
    for row in chance.sample(bad, chance.randint(0, len(bad))):
        rows.insert(chance.randrange(len(rows)), row.replace("WX-3", f"WX-{chance.randrange(300)}"))
    if seed % 3 == 0:
        chance.shuffle(rows)
    held, on_disk = both("\n".join([HEADER, *rows]).encode(), partial=partial)
    assert on_disk == held


def test_sound_rows_of_a_long_file_are_taken_and_the_rest_fed_back(shop, monkeypatch) -> None:
    monkeypatch.setattr(imports, "LONG_BYTES", 0)
    data = text(ROWS_WRONG["a quantity of nothing"][0]).encode()
    request = Request("part", "import orders", "", NOW, shop.day)
    outcome = perform(
        shop.ledger,
        request,
        lambda _reader: IMPORTER,
        lambda work: imports.run(work, "orders", "o.csv", data, Wish(partial=True)),
    )
    assert (outcome.document["rows"], outcome.document["rejected"]) == (4, 1)
    mended = _sent_back(outcome.rejected).decode("utf-8-sig").replace("P0001,0,", "P0001,3,")
    assert shop.bring("orders", mended).document["counts"] == {"drafts": 1}
    whole = text("WX-3,KH0001,2026-11-25,,P0001,3,,,")
    assert shop.bring("orders", whole).document["counts"] == {"drafts": 0, "there": 5}
    assert shop.sound()
