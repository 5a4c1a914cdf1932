"""Policy of contracts: filing, copies, amounts that are split; and all that judges a contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kac.core.values import dataclass
from kac.desk.approvals.policy import MatrixRow


@dataclass(frozen=True)
class ContractPolicy:
    """What a policy set says of contracts; `made_by` are the roles that prepare them.

    `filing` names the role that puts one on file, the rule, and the amounts (in fen, from, to,
    half-open) that are not executed before. `split` are the days over which contracts with one
    customer are added up (A-53), and whether the sum is only told (`warn`) or decides who signs
    (`enforce`).
    """

    made_by: tuple[str, ...]
    filing: dict[str, Any]
    split: dict[str, Any]
    copies: tuple[str, ...]

    @property
    def filed_by(self) -> str:
        """The role that files."""
        return str(self.filing["role"])

    @property
    def filing_rule(self) -> str:
        """The rule that asks for the filing."""
        return str(self.filing["rule"])

    def filing_blocks(self, amount_fen: int) -> bool:
        """Whether a contract of this amount waits for its filing (DST-AUT-02, A-32)."""
        band = self.filing["blocks"]
        above = amount_fen >= band["from_fen"]
        return above and ("to_fen" not in band or amount_fen < band["to_fen"])

    @property
    def split_days(self) -> int:
        """How many days apart contracts are added up."""
        return int(self.split["days"])

    @property
    def split_decides(self) -> bool:
        """Whether the sum decides who signs."""
        return {"warn": False, "enforce": True}[self.split["mode"]]


@dataclass(frozen=True)
class SecurityPolicy:
    """Who needs no security deposit under a long-term contract, and how one comes.

    `good_natures` are customers whose nature alone speaks for them (RTL-MTH-02, RTL-MTH-03).
    """

    good_natures: tuple[str, ...]
    methods: tuple[str, ...]


@dataclass(frozen=True)
class ContractPolicies:
    """The sections that judge a contract, in the version that it was made under.

    `may` maps a verb to the roles that do it, `holders` a role to those whose rights include it.
    `security` is there where contracts ask for a deposit of who has no credit.
    """

    contracts: ContractPolicy
    matrix: tuple[MatrixRow, ...]
    may: Mapping[str, tuple[str, ...]]
    holders: Callable[[str], frozenset[str]]
    security: SecurityPolicy | None = None
