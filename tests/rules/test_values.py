"""Values do what frozen dataclasses of the standard library do; only their making is cheaper."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """A value as the desk has them."""

    number: str
    fen: int
    reason: str = "none"
    lines: list[int] = field(default_factory=list)

    @property
    def is_debt(self) -> bool:
        return self.fen < 0


@dataclasses.dataclass(frozen=True)
class Theirs:
    """The same value as the standard library makes it."""

    number: str
    fen: int
    reason: str = "none"
    lines: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Checked:
    """A value that refuses what cannot be."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("it ends before it begins")


@dataclass(frozen=True)
class Empty:
    """A value with nothing in it."""


@dataclass(slots=True)
class Changing:
    """What is not frozen is the standard library's."""

    count: int = 0


WORDS = st.text(max_size=5)
NUMBERS = st.integers(-9, 9)
LISTS = st.lists(NUMBERS, max_size=3)


@given(WORDS, NUMBERS, WORDS, LISTS, st.integers(0, 4))
def test_values_by_place_and_by_name_are_the_same(number, fen, reason, lines, places) -> None:
    named = {"number": number, "fen": fen, "reason": reason, "lines": lines}
    given_first = list(named.values())[:places]
    rest = dict(list(named.items())[places:])
    made, same = Ours(*given_first, **rest), Theirs(*given_first, **rest)
    assert asdict(made) == asdict(same) == named
    assert repr(made) == repr(same).replace("Theirs", "Ours")
    assert made == Ours(**dict(reversed(named.items())))


@given(WORDS, NUMBERS, WORDS, NUMBERS)
def test_equal_where_every_value_is(first, one, second, other) -> None:
    left, right = Ours(first, one), Ours(second, other)
    assert (left == right) == (Theirs(first, one) == Theirs(second, other))
    assert left != Theirs(first, one)
    assert left != (first, one, "none", [])


@given(NUMBERS, NUMBERS)
def test_equal_values_hash_alike_and_are_one_key(first, more) -> None:
    left, right = Checked(first, first + abs(more)), Checked(last=first + abs(more), first=first)
    assert hash(left) == hash(right)
    assert len({left, right}) == 1
    with pytest.raises(TypeError):
        hash(Ours("a", 1))


def test_nothing_of_a_value_changes() -> None:
    value = Ours("a", 1)
    for change in (
        lambda: setattr(value, "fen", 2),
        lambda: setattr(value, "strange", 2),
        lambda: delattr(value, "fen"),
    ):
        with pytest.raises(FrozenInstanceError):
            change()
    assert value.fen == 1


def test_a_changed_copy_is_another_value_and_is_checked() -> None:
    assert replace(Checked(1, 2), last=5) == Checked(1, 5)
    with pytest.raises(ValueError, match="ends before"):
        replace(Checked(1, 2), last=0)


@pytest.mark.parametrize(
    ("given_values", "named"),
    [
        ((), {}),
        (("a",), {}),
        (("a", 1, "b", [], 2), {}),
        (("a", 1), {"x": 1}),
        (("a",), {"number": "b"}),
    ],
)
def test_a_value_that_lacks_something_or_has_too_much_is_a_mistake(
    given_values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError):
            kind(*given_values, **named)


def test_each_value_has_a_list_of_its_own() -> None:
    assert Ours("a", 1).lines is not Ours("a", 1).lines


def test_values_are_taken_apart_copied_and_stored() -> None:
    value = Ours("a", -1)
    match value:
        case Ours(number, fen):
            assert (number, fen) == ("a", -1)
    assert value.is_debt
    assert [each.name for each in fields(Ours)] == ["number", "fen", "reason", "lines"]
    assert copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value


def test_what_holds_nothing_is_equal_to_its_like() -> None:
    assert Empty() == Empty()
    assert repr(Empty()) == "Empty()"
    assert len({Empty(), Empty()}) == 1


def test_what_is_not_frozen_is_as_ever() -> None:
    counter = Changing()
    counter.count += 1
    assert counter == Changing(1)
    assert not hasattr(counter, "__dict__")
