"""The sample data that comes with kac goes into an empty ledger, all of it, once."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "sample_data"
KINDS = ("products", "customers", "stock", "orders", "calendar")


def test_every_sample_file_is_imported_and_a_second_time_changes_nothing(empty_shop):
    for kind in KINDS:
        data = (SAMPLES / f"{kind}.csv").read_bytes()
        rows = len(data.decode("utf-8-sig").splitlines()) - 1
        assert empty_shop.bring(kind, data).document["rows"] == rows
    counted = empty_shop.rows("SELECT count(*) FROM sales_order WHERE state = 'draft'")
    assert counted[0][0] > 0
    for kind in KINDS:
        again = empty_shop.bring(kind, (SAMPLES / f"{kind}.csv").read_bytes())
        assert again.document["state"] == "imported_before"
    assert empty_shop.rows("SELECT count(*) FROM sales_order WHERE state = 'draft'") == counted
    assert empty_shop.sound()
