"""Writes what the README says of the code from the code: `python -m tests.tidy.refresh_readme`."""

from __future__ import annotations

import re
from pathlib import Path

from kac.core import rulebook
from kac.core.machine import Machine
from kac.desk.approvals.states import APPROVAL
from kac.desk.dispatch.states import DISPATCH
from kac.desk.orders.states import ORDER
from kac.desk.payments.states import PAYMENT

README = Path(__file__).parents[2] / "README.md"
MACHINES: tuple[Machine, ...] = (ORDER, APPROVAL, PAYMENT, DISPATCH)


def state_diagrams() -> str:
    """Every state machine as a Mermaid diagram."""
    return "\n\n".join(f"```mermaid\n{machine.diagram()}\n```" for machine in MACHINES)


BLOCKS = {"rule counts": rulebook.counts_table, "state diagrams": state_diagrams}


def refreshed(text: str) -> str:
    """The README with every generated block written anew."""
    for name, made in BLOCKS.items():
        pattern = rf"(<!-- generated: {name} -->\n).*?(<!-- /generated -->)"
        found = re.findall(pattern, text, flags=re.DOTALL)
        assert len(found) == 1, name
        block = made().strip()
        text = re.sub(pattern, lambda m, b=block: f"{m[1]}{b}\n{m[2]}", text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text("utf-8")), "utf-8")
