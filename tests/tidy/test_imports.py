"""Rooms import down, nouns import to their left, pure files know no ledger, heavy things wait."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kac.cli.registry import GROUPS
from kac.desk import NOUNS

KAC = Path(__file__).parents[2] / "kac"
# From the ground up: a room may import the rooms before it, and itself.
ROOMS = ("core", "db", "ledger", "desk", "documents", "exchange", "cli")
# These two stand side by side and do not know each other.
APART = {"documents": "exchange", "exchange": "documents"}
PURE = ("states", "policy", "rules", "postings")
# What a command file may import of a noun before any command of it is called.
LIGHT = ("states", "queries", "rules", "policy")
HEAVY = (
    *("sqlmodel", "sqlalchemy", "alembic", "pydantic", "rich", "tabulate", "pypinyin"),
    *("argon2", "hypothesis", "wcwidth"),
)
# What a table is made of, and the files that nothing but migrations and tests imports.
MADE_OF_TABLES = ("tables.py", "schema.py", "columns.py")
# Pure files compute; what they would need these for is handed to them.
IMPURE = ("os", "sys", "time", "random", "sqlite3", "typer", *HEAVY)

MODULES = sorted(KAC.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(KAC.parent).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, *, at_top: bool = False) -> Iterator[str]:
    """What a module imports, as full names; with `at_top` only what is imported with it."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in _at_top(tree) if at_top else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _at_top(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported: no function bodies, no TYPE_CHECKING."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from _at_top(node)


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_only_rooms_below_it(path: Path) -> None:
    room = name_of(path).split(".")[1] if "." in name_of(path) else ""
    if room not in ROOMS:
        return
    above = [f"kac.{other}" for other in ROOMS[ROOMS.index(room) + 1 :]]
    above += [f"kac.{APART[room]}"] if room in APART else []
    wrong = [module for module in imports(path) if inside(module, *above)]
    assert not wrong, f"{name_of(path)} reaches up: {wrong}"


@pytest.mark.parametrize("path", sorted((KAC / "desk").glob("*/*.py")), ids=name_of)
def test_a_noun_imports_only_nouns_to_its_left_and_nobody_elses_tables(path: Path) -> None:
    noun = path.parent.name
    right = [f"kac.desk.{other}" for other in NOUNS[NOUNS.index(noun) + 1 :]]
    wrong = [module for module in imports(path) if inside(module, *right)]
    assert not wrong, f"{name_of(path)} reaches to its right: {wrong}"
    others = [f"kac.desk.{other}.tables" for other in NOUNS if other != noun]
    wrong = [module for module in imports(path) if inside(module, *others)]
    assert not wrong, f"{name_of(path)} writes another noun's tables: {wrong}"


def test_every_noun_stands_in_the_published_order() -> None:
    assert {path.parent.name for path in (KAC / "desk").glob("*/__init__.py")} == set(NOUNS)


@pytest.mark.parametrize(
    "path", [path for path in (KAC / "desk").glob("*/*.py") if path.stem in PURE], ids=name_of
)
def test_a_pure_file_knows_no_ledger_no_clock_and_no_screen(path: Path) -> None:
    allowed = {"kac.db.policybook"} if path.stem == "policy" else set()
    wrong = [m for m in imports(path) if inside(m, *IMPURE) or inside(m, "kac.cli")]
    wrong += [m for m in imports(path) if inside(m, "kac.db") and m not in allowed]
    assert not wrong, f"{name_of(path)} is not pure: {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_modules_are_imported_where_they_are_used(path: Path) -> None:
    if path.name.endswith(MADE_OF_TABLES):
        return
    wrong = [m for m in imports(path, at_top=True) if inside(m, *HEAVY)]
    made_of = [m.split(".")[3:] for m in imports(path, at_top=True) if m.startswith("kac.desk.")]
    wrong += [".".join(m) for m in made_of if m and m[0].endswith("tables")]
    assert not wrong, f"{name_of(path)} imports at its top: {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_front_door_knows_typer_alone_and_only_one_place_knows_alembic(path: Path) -> None:
    used = list(imports(path))
    if not inside(name_of(path), "kac.cli"):
        assert not [m for m in used if inside(m, "typer")], "typer lives in kac/cli"
    if name_of(path) != "kac.db.migrate":
        assert not [m for m in used if inside(m, "alembic")], "alembic lives in kac/db/migrate"
    assert not [m for m in used if "._click" in m or inside(m, "click")], (
        "typer's inside is private"
    )


@pytest.mark.parametrize("path", sorted((KAC / "cli").glob("*.py")), ids=name_of)
def test_a_command_file_imports_business_only_inside_its_commands(path: Path) -> None:
    found = [m.split(".") for m in imports(path, at_top=True)]
    wrong = [m for m in found if m[:2] in (["kac", "documents"], ["kac", "exchange"])]
    wrong += [m for m in found if m[:2] == ["kac", "desk"] and m[3:4] and m[3] not in LIGHT]
    assert not wrong, f"{name_of(path)} imports at its top: {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_values_are_those_that_cost_nothing_to_define(path: Path) -> None:
    """The standard library's frozen classes took a third of the time of a reading command."""
    if path.relative_to(KAC).parts[0] in APART or path.name == "values.py":
        return
    own = "dataclasses.dataclass" in imports(path)
    assert not own or "frozen=True" not in path.read_text("utf-8"), (
        f"{name_of(path)}: frozen classes come from kac.core.values"
    )


@pytest.mark.parametrize("name", GROUPS)
def test_every_registered_command_is_there(name: str) -> None:
    path = KAC.parent / Path(*GROUPS[name].module.split(".")).with_suffix(".py")
    assert path.is_file(), f"kac {name} is registered, but {path.name} is not there"
