"""How long a random machine plays at a desk: a little in every run, for hours when asked."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def played(machine: type[RuleBasedStateMachine], examples: int, steps: int) -> None:
    """Play a machine; few examples are the same in every run, many are new each time."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            derandomize=examples < 10,
            suppress_health_check=list(HealthCheck),
        ),
    )
