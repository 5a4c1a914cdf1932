"""A state is asked for by its code or by what people call it, in either language."""

from __future__ import annotations

import pytest

from kac.desk.orders.states import LABELS


@pytest.fixture
def drafts(desk):
    """A desk with a draft and an order that was submitted."""
    desk.ok("order new -c KH0001 -l P0001:5 --need-by +7d", as_="gp_specialist")
    desk.ok("order new -c KH0002 -l P0001:5 --need-by +7d --submit", as_="gp_specialist")
    return desk


@pytest.mark.parametrize("written", ["submitted", "SUBMITTED", "待审核"])
def test_a_state_is_known_by_its_code_and_by_its_name(drafts, written) -> None:
    chinese = {"env": {"KAC_LANG": "zh_CN"}}
    listed = drafts.ok(["order", "list", "--json", "--state", written], **chinese).json
    assert {row["state"] for row in listed} == {"submitted"}


def test_a_chinese_screen_names_the_states_as_its_lists_do(drafts) -> None:
    refusal = drafts.run("order list --state 乱写", env={"KAC_LANG": "zh_CN"})
    assert refusal.exit == 2
    assert "submitted 待审核" in refusal.err
    assert "all 全部" in refusal.err


def test_a_name_that_several_states_have_is_not_guessed() -> None:
    from kac.cli import states
    from kac.core.errors import UsageError

    word = states._known(("a", "b"), {"a": "waits", "b": "waits"})
    with pytest.raises(UsageError, match="waits.*a, b"):
        word("waits")


def test_states_complete_with_what_they_are_called(drafts) -> None:
    told = drafts.ok("__complete -- order list --state sub", env={"KAC_LANG": "zh_CN"}).out
    assert told.split() == ["submitted", "待审核"]
    told = drafts.ok("__complete -- order list --state 待审", env={"KAC_LANG": "zh_CN"}).out
    assert told.split() == ["待审核", "submitted"]
    offered = drafts.ok(["__complete", "--", "order", "list", "--state", ""]).out
    assert {line.split("\t")[0] for line in offered.splitlines()} == {*LABELS, "all"}
