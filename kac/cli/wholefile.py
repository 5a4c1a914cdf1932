"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import _


def write_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put a whole file in place at once; EnvironmentTrouble where that cannot be."""
    import tempfile

    beside: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        beside = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as trouble:
        if beside is not None:
            beside.unlink(missing_ok=True)
        raise EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(
                path=path, trouble=system_says(trouble)
            ),
            code="E-ENV-015",
        ) from trouble
