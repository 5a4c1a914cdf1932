"""What several stories need: goods of one's own on the shelf, and an order taken all the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from kac.core.identifiers import barcode_check_digit

_PRODUCTS = "商品编码,条码,品名,规格,类别,生鲜,大小件,单位,计量,进价,零售价"


@pytest.fixture
def shelf(desk) -> Callable[[Mapping[str, tuple[str, str]]], None]:
    """Puts goods into the catalogue and 1,000 of each into stock: {code: (cost, list price)}."""

    def put(goods: Mapping[str, tuple[str, str]]) -> None:
        products = [_PRODUCTS]
        for index, (code, (cost, price)) in enumerate(goods.items(), start=1):
            body = f"29{index:010d}"
            barcode = body + barcode_check_digit(body)
            products.append(f"{code},{barcode},{code}号货,,试验,否,小件,件,计件,{cost},{price}")
        _import(desk, "products", products)
        _import(desk, "stock", ["商品编码,地点,库存", *(f"{code},DC,1000" for code in goods)])

    return put


def _import(desk, kind: str, lines: list[str]) -> None:
    path = desk.home / f"{kind}.csv"
    path.write_text("\n".join(lines), "utf-8")
    desk.ok(f"import {kind} {path}", as_="importer")


@pytest.fixture
def delivered(desk) -> Callable[..., str]:
    """Takes an order at list prices the whole way to the customer's signature on one day."""

    def deliver(customer: str, line: str, *, on: str = "2026-11-20") -> str:
        def step(command: str, role: str) -> Any:
            return desk.ok(f"{command} --json", as_=role, on=on).json

        order = step(f"order new -c {customer} -l {line} --need-by {on} --submit", "gp_specialist")
        number, total = order["number"], order["total"]
        step(f"order review {number}", "merchant_supervisor")
        step(f"order print {number}", "gp_specialist")
        paid = f"payment record {number} --amount {total} --ref R{number}"
        money = step(paid, "finance_cashier")["number"]
        step(f"payment print {money}", "finance_cashier")
        step(f"payment verify {money}", "finance")
        slip = step(f"dispatch new {number}", "distribution_center")["number"]
        step(f"dispatch print {slip}", "distribution_center")
        quantity = line.split(":")[1]
        step(f"dispatch count {slip} 1:{quantity}", "distribution_center")
        step(f"dispatch count {slip} 1:{quantity}", "merchant_staff")
        step(f"dispatch load {slip} --truck 粤S12345 --driver 张师傅", "distribution_center")
        step(f"dispatch sign {slip} --by 李主任", "driver")
        return number

    return deliver
