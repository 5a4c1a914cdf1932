"""The pictures in the README are what kac shows: `python -m tests.tidy.screens` draws them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tidy.screens import HERE, SCREENS, pictures

README = Path(__file__).parents[2] / "README.md"
MOST_BYTES = 60_000


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return dict(pictures(tmp_path_factory.mktemp("screens")))


@pytest.mark.parametrize("name", [screen[0] for screen in SCREENS])
def test_a_picture_is_what_kac_shows_now(drawn, name) -> None:
    kept = (HERE / f"{name}.svg").read_text("utf-8")
    assert kept == drawn[name], "kac shows something else by now: python -m tests.tidy.screens"


def test_the_readme_shows_small_pictures_and_no_other_is_kept() -> None:
    readme = README.read_text("utf-8")
    for path in HERE.iterdir():
        assert f"tests/golden/screens/{path.name}" in readme
        assert path.stat().st_size < MOST_BYTES
    assert {path.stem for path in HERE.iterdir()} == {screen[0] for screen in SCREENS}
