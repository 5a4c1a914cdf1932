"""The hypermarket's documents of the examples: cards, IOUs, credit, money to settle."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.example_world import World


def cards(world: World) -> None:
    """Gift cards and IOUs at every step of their way, credit, money to settle."""
    duty = "day roster 2026-11-20 --until 2026-11-25 --officer settlement_duty_officer"
    world.typed("bulk_department_head", duty)
    world.made("day", "settlement_duty_officer", "day open")
    world.made("card batch", "finance_window", "card receive HZ880001-HZ880100 --face 200")
    world.made("cheap batch", "finance_window", "card receive HC0001+300 --face 50")
    seller, window = "business_manager", "finance_window"
    world.made("cards ordered", seller, "card sell -c KH0001 --amount 600")
    write = f"{seller}: iou write {{number}}"
    sign = "finance_supervisor: approval ok {approval}"
    world.made("cards signed", seller, "card sell -c KH0001 --amount 12800", write, sign)
    world.named["iou signed"] = _iou(world)
    world.typed(window, f"iou print {world.named['iou signed']}")
    small = "bulk_department_head: approval ok {approval}"
    for name, first in (("made", 71), ("delivered", 65), ("paid", 77)):
        sell = "card sell -c KH0001 --amount 1200"
        world.made(f"cards {name}", seller, sell, write, small)
        number, iou = world.named[f"cards {name}"], _iou(world)
        world.named[f"iou {name}"] = iou
        world.typed(window, f"iou print {iou}")
        world.typed(window, f"card make {number} --cards HZ8800{first}+6")
        if name != "made":
            world.typed(seller, f"card deliver {number} --to 周建平")
    world.made("cards unprinted", seller, "card sell -c KH0001 --amount 600", write, small)
    world.named["iou unprinted"] = _iou(world)
    world.made("cards written", seller, "card sell -c KH0001 --amount 600", write)
    world.named["iou written"] = _iou(world)
    world.made("item cash", seller, _item(world, "delivered", "100 --funds cash"))
    world.made("item ebank", seller, _item(world, "delivered", "100 --funds ebank --ref W1"))
    settle = f"{window}: day settle {{number}}"
    world.made("item paid", seller, _item(world, "paid", "1200 --funds cash"), settle)
    back = f"card return {world.named['cards paid']} HZ880077+2 --reason 退卡"
    world.typed(window, back)
    apply = "credit apply -c KH0002 --amount 60000 --collect +30d --by ebank --credibility 好"
    agree = (small, "company_leader: approval ok {approval}")
    world.made("credit approved", seller, f"{apply} --record 合同", *agree)
    on_credit = f"card sell -c KH0002 --amount 10050 --credit {world.named['credit approved']}"
    make = f"{window}: card make {{number}} --cards HC0001+201"
    world.made("cards on credit", seller, on_credit, make)


def goods(world: World) -> None:
    """Wholesale goods at every step of their way."""
    new = "wholesale new -c KH0001 --line P0001:10"
    price = "purchasing: wholesale price {number} --line P0001@260"
    prepare = "store_person: wholesale prepare {number}"
    seller = "business_manager"
    world.made("goods selected", seller, new)
    world.made("goods priced", seller, new, price)
    take = "business_manager: day item {number} --amount 2600 --funds cash --notes 无"
    settle = "finance_window: day settle JS20261120-0004"
    world.made("goods paid", seller, new, price, prepare, take, settle)
    on_credit = f"wholesale new -c KH0002 --line P0001:10 --credit {world.named['credit approved']}"
    world.made("goods on credit", seller, on_credit, price, prepare)
    book = "business_manager: wholesale book {number}"
    world.made("goods booked", seller, on_credit, price, prepare, book)
    deliver = "store_person: wholesale deliver {number} --signed-by 李主任"
    world.made("goods delivered", seller, on_credit, price, prepare, book, deliver)
    invoice = f"finance_window: wholesale invoice {{number}} --ref F{settle[-4:]}"
    cash = "business_manager: day item {number} --amount 2600 --funds cash --notes 无"
    paid = f"finance_window: day settle {_next_item(world)}"
    hand = "store_person: wholesale deliver {number} --signed-by 李主任"
    back = "store_person: wholesale return {number} --line P0001:2 --reason 多订"
    world.made("goods back", seller, new, price, prepare, cash, paid, invoice, hand, back)


def _next_item(world: World) -> str:
    """The number that the next money will have."""
    last = str(world.desk.sql("SELECT max(number) FROM taking")[0][0])
    return f"{last[:-4]}{int(last[-4:]) + 1:04d}"


def expenses(world: World) -> None:
    """Delivery costs and bags of the goods."""
    goods_of = world.named["goods delivered"]
    seller = "business_manager"
    world.made("cost", seller, f"expense delivery {goods_of} --amount 180 --proof 031")
    approve = "bulk_department_head: approval ok {approval}"
    world.made("bags", seller, f"expense bags {goods_of} --amount 45", approve)


def _iou(world: World) -> str:
    return str(world.desk.sql("SELECT max(number) FROM iou")[0][0])


def _item(world: World, name: str, money: str) -> str:
    return f"day item {world.named[f'cards {name}']} --amount {money} --notes 无"


# What is typed before an example of these commands: the day of the world is not over yet.
_OFFICER = "settlement_duty_officer"
_TOLD = ("finance_window: day settle {item cash}", f"{_OFFICER}: day circulate --to 部门")
_CLOSED = (*_TOLD, f"{_OFFICER}: day handover", f"{_OFFICER}: day close")
_SIGNED = (
    *_CLOSED,
    "finance: day sign",
    "bulk_department_head: day sign",
    "bulk_department_head: day keeper 2026-11 --staff business_manager",
)
_BALANCES = Path(__file__).parent / "opening.csv"
_OPENING = f"finance: import opening {_BALANCES}"
BEFORE = {
    "opening confirm": [_OPENING],
    "opening reject": [_OPENING],
    "opening settle": [_OPENING, "general_manager: opening confirm 1"],
    "opening show": [_OPENING],
    "import payments": ["gp_specialist: order submit DD20261120-0013"],
    "day archive": _SIGNED,
    "day close": _CLOSED[:-1],
    "day handover": _TOLD,
    "day open": _CLOSED,
    "day print": _CLOSED,
    "day reopen": _CLOSED,
    "day sign": _CLOSED,
}
