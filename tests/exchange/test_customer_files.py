"""Customers from a file are filed as at the counter (RTL-REC-01 to RTL-REC-06)."""

from __future__ import annotations

import pytest

from kac.exchange.imports import FileRefused

HEADER = "客户编码,名称,类型,性质,统一社会信用代码,联系人,电话,地址,区域,消费需求,长期合作"


def errors(shop, *rows: str) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRefused) as refused:
        shop.bring("customers", "\n".join([HEADER, *rows]))
    return [(error.line, error.column, error.reason) for error in refused.value.errors]


def test_customers_are_filed_with_their_contact_and_found_by_pinyin(shop):
    shop.bring(
        "customers",
        f"{HEADER}\nKH0100,东湖区养老院,单位,养老院,,李 敏,0764-2210001,湖滨路,东湖区,米油,是",
    )
    row = shop.rows("SELECT number, name, kind, contact, phone, long_term, mnemonic FROM v_customer"
                    " WHERE number = 'KH0100'")  # fmt: skip
    assert row == [("KH0100", "东湖区养老院", "unit", "李 敏", "0764-2210001", 1, "dhqyly")]


def test_a_customer_without_a_code_gets_the_next_number_that_the_file_leaves_free(shop):
    shop.bring("customers", f"{HEADER}\n,甲,个人,个人,,,,,,,\nKH0003,乙厂,单位,工厂,,,,,,,")
    rows = shop.rows("SELECT number, name FROM customer WHERE id > 2 ORDER BY number")
    assert rows == [("KH0003", "乙厂"), ("KH0004", "甲")]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (",,单位,,,,,,,,", "名称", "empty"),
        (",新厂,集体,,,,,,,,", "类型", "one of: 单位, 个人"),
        (",新厂,单位,饭店,,,,,,,", "性质", "one of: 工厂, 学校"),
        (",新厂,单位,,91110O00600037341L,,,,,,", "统一社会信用代码", "character 6 is the letter O"),
        (",新厂,单位,,,,1.38E+10,,,,", "电话", "format the column as text"),
        (",新厂,单位,,,,,,,,也许", "长期合作", "one of: 是"),
        ("编号1,新厂,单位,,,,,,,,", "客户编码", "such as KH0001"),
        (",新\u202e厂,单位,,,,,,,,", "名称", "U+202E"),
        ("KH0001,新厂,单位,,,,,,,,", "客户编码", "KH0001 is taken"),
        (",红星 小学,单位,,,,,,,,", "名称", "on file already as KH0002"),
        (",新厂,单位,,91110000600037341L,,,,,,", "名称", "on file already as KH0001"),
    ],
)
def test_a_bad_row_is_refused_by_line_column_and_reason(shop, row, column, why):
    ((line, named, reason),) = errors(shop, ",好客户,单位,,,,,,,,", row)
    assert (line, named) == (3, column)
    assert why in reason


def test_a_unit_that_stands_twice_in_the_file_is_refused(shop):
    ((line, column, reason),) = errors(shop, ",新厂,单位,,,,,,,,", ",新 厂,单位,,,,95588,,,,")
    assert (line, column) == (3, "名称")
    assert "on file already" in reason


def test_persons_may_share_a_name_but_not_name_and_telephone_number(shop):
    shop.bring(
        "customers", f"{HEADER}\n,张三,个人,,,,13800138001,,,,\n,张三,个人,,,,13800138002,,,,"
    )
    found = errors(
        shop,
        ",李四,个人,,,,95588,,,,",
        ",张三,个人,,,,138-0013-8001,,,,",
        ",李四,个人,,,,95588,,,,",
    )
    assert [(line, column) for line, column, _why in found] == [(3, "名称"), (4, "名称")]
    assert found[0][2].endswith("stand at KH0003")
    assert found[1][2].endswith("stand at line 2")


def test_cell_errors_and_refusals_of_the_desk_are_told_together(shop):
    found = errors(shop, ",新厂,集体,饭店,,,,,,,", ",红星小学,单位,,,,,,,,")
    assert [(line, column) for line, column, _why in found] == [
        (2, "类型"),
        (2, "性质"),
        (3, "名称"),
    ]
