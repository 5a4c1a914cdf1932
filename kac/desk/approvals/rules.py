"""Rules of approval: whose signatures an order needs, which are there, and the gates they open."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.values import dataclass
from kac.desk.approvals.policy import ApprovalPolicy, MatrixRow
from kac.desk.margins.policy import Tier
from kac.desk.margins.rules import LineFacts

DISCOUNT, CONCESSION, TIER = "discount", "concession", "tier"
SIGN, APPROVE = "sign", "approve"
CREDIT = "credit"
BAGS = "bags"
# Of these kinds together a person gives one signature to a request, whatever offices are held.
ONE_HAND_EACH = frozenset({TIER, SIGN, APPROVE, CREDIT, "refund", "return"})
# Gate of each kind of step, in the order of the checklist: name, what it is called.
KINDS = {
    DISCOUNT: ("discount_checked", N_("discounts checked against purchase cost")),
    CONCESSION: ("concession_granted", N_("discount or gift granted")),
    TIER: ("margin_tier_signed", N_("margin signed for")),
    "review": ("quotation_reviewed", N_("quotation reviewed")),
    "escalation": ("escalation_released", N_("escalated and released")),
    "resale": ("resale_released", N_("resale by a competitor ruled out")),
    "exception": ("exception_granted", N_("waiver of the deposit granted")),
    "rebate": ("rebate_approved", N_("rebate approved")),
    "refund": ("refund_approved", N_("refund approved")),
    "return": ("return_approved", N_("return granted")),
    SIGN: ("contract_signed", N_("contract signed")),
    APPROVE: ("contract_approved", N_("contract approved")),
    "iou": ("iou_signed", N_("IOU signed")),
    CREDIT: ("credit_approved", N_("credit approved")),
    BAGS: ("bags_approved", N_("bags approved")),
    "policy": ("policy_approved", N_("change of policy approved")),
}


@dataclass(frozen=True)
class Step:
    """One role's signature: what it is for, why, and the lines that are checked one by one.

    `turn` orders signatures: those of an earlier turn come first; all of one turn are free.
    """

    kind: str
    role: str
    rule: str
    lines: tuple[int, ...] = ()
    turn: int = 0


@dataclass(frozen=True)
class Signed:
    """A signature that was given for a step; `line` 0 covers the whole of it.

    A deputy signs as `staff` on behalf of who delegated; a signature carried over from an earlier
    version names that version's request.
    """

    kind: str
    role: str
    line: int
    verdict: str
    staff: str
    note: str = ""
    on_behalf_of: str = ""
    delegation: str = ""
    carried_from: str = ""


def made_by(makers: str, code: str) -> bool:
    """Whether somebody is among the makers of a document, which are written `one, another`."""
    return code in makers.split(", ")


def route(
    lines: Sequence[LineFacts], tier: Tier | None, policy: ApprovalPolicy
) -> tuple[Step, ...]:
    """Every signature that an order needs; all rows that apply must be satisfied (C-09).

    RTL-ORD-04 for each discounted line, RTL-REC-15 for any discount or gift, and the worst tier.
    """
    steps: list[Step] = []
    discounted = tuple(line.line for line in lines if line.discounted)
    if discounted:
        rule = policy.discount_check_rule
        steps.append(Step(DISCOUNT, policy.discount_check_role, rule, discounted))
    if discounted or any(line.gift for line in lines):
        steps.append(Step(CONCESSION, policy.concession_role, policy.concession_rule))
    if tier:
        steps.extend(Step(TIER, role, tier.rule) for role in tier.roles)
    return tuple(steps)


def matrix_route(
    rows: Sequence[MatrixRow], subject: str, amount_fen: int = 0, flags: Sequence[str] = ()
) -> tuple[Step, ...]:
    """The signatures that the matrix asks for; every row that applies counts, turns as it says.

    Bands are half-open, so that a boundary belongs to the higher one (A-05).
    """
    found: list[Step] = []
    for row in rows:
        if row.subject != subject:
            continue
        if row.flag:
            applies = row.flag in flags
        else:
            applies = amount_fen >= row.from_fen and (row.to_fen is None or amount_fen < row.to_fen)
        if applies:
            found.extend(Step(s.kind, s.role, s.rule, turn=s.turn) for s in row.steps)
    return tuple(dict.fromkeys(found))


def missing_lines(step: Step, signed: Sequence[Signed]) -> tuple[int, ...]:
    """Lines of a step that nobody has checked yet; () when one signature covered all."""
    mine = _of(step, signed)
    if any(s.line == 0 for s in mine):
        return ()
    return tuple(line for line in step.lines if line not in {s.line for s in mine})


def is_signed(step: Step, signed: Sequence[Signed]) -> bool:
    """Whether a step is complete."""
    return bool(_of(step, signed)) and not missing_lines(step, signed)


def unsigned(steps: Sequence[Step], signed: Sequence[Signed]) -> list[Step]:
    """The steps that still wait for a signature."""
    return [step for step in steps if not is_signed(step, signed)]


def next_turn(waiting: Sequence[Step]) -> list[Step]:
    """The steps whose turn it is: those of the earliest turn that still waits (DST-AUT-06)."""
    first = min((step.turn for step in waiting), default=0)
    return [step for step in waiting if step.turn == first]


def carried(
    old_steps: Sequence[Step], old_signed: Sequence[Signed], new_steps: Sequence[Step]
) -> list[Signed]:
    """Signatures that hold for a version that asks no more of the same roles, by the same rules.

    The caller has judged that the change lowers no margin and raises no amount: who signed for
    more is not asked again for less. Only whole signatures are carried, and none at all of a
    request that somebody refused (A-07).
    """
    if any(signature.verdict == "reject" for signature in old_signed):
        return []
    wanted = {(step.kind, step.role, step.rule) for step in new_steps}
    rules = {(step.kind, step.role): step.rule for step in old_steps if is_signed(step, old_signed)}
    return [
        signature
        for signature in old_signed
        if signature.verdict == "ok"
        and signature.line == 0
        and (signature.kind, signature.role, rules.get((signature.kind, signature.role))) in wanted
    ]


def _of(step: Step, signed: Sequence[Signed]) -> list[Signed]:
    return [s for s in signed if (s.kind, s.role) == (step.kind, step.role) and s.verdict == "ok"]


def signable(
    steps: Sequence[Step], signed: Sequence[Signed], roles: frozenset[str], staff: str
) -> list[Step]:
    """The open steps that a person may sign now; `roles` are those held or included.

    One person gives at most one signature of a tier or a contract (A-56); an earlier turn comes
    first. A signature stands for every step of its kind and role, and is given once.
    """
    found: list[Step] = []
    given = any(s.kind in ONE_HAND_EACH and staff in (s.staff, s.on_behalf_of) for s in signed)
    for step in next_turn(unsigned(steps, signed)):
        if step.role not in roles or (step.kind in ONE_HAND_EACH and given):
            continue
        given = given or step.kind in ONE_HAND_EACH
        if (step.kind, step.role) not in [(one.kind, one.role) for one in found]:
            found.append(step)
    return found


def gates(
    request: str,
    steps: Sequence[Step],
    signed: Sequence[Signed],
    mended_by: Sequence[str] = (),
    mend: str = "",
) -> list[Gate]:
    """The gates of all kinds of signature; a kind that a document does not need has no gate.

    `request` is the number of the request for approval, empty before there is one. A refusal shuts
    one gate for all of them (A-07), which `mended_by` opens with the command `mend`.
    """
    refused = [s for s in signed if s.verdict == "reject"]
    if refused:
        return [_rejected(request, steps, refused[0], mended_by, mend)]
    kinds = [kind for kind in KINDS if any(step.kind == kind for step in steps)]
    return [_gate(kind, request, steps, signed) for kind in kinds]


def _rejected(
    request: str, steps: Sequence[Step], no: Signed, mended_by: Sequence[str], mend: str
) -> Gate:
    rules = dict.fromkeys(step.rule for step in steps if step.kind == no.kind)
    says = _("{staff} rejected {request}: {note}").format(
        staff=no.staff, request=request, note=no.note
    )
    return Gate("not_rejected", (*rules, "A-07"), False, says, tuple(mended_by), mend)


def _gate(kind: str, request: str, steps: Sequence[Step], signed: Sequence[Signed]) -> Gate:
    name, label = KINDS[kind]
    mine = [step for step in steps if step.kind == kind]
    rules = tuple(dict.fromkeys(step.rule for step in mine))
    waiting = unsigned(mine, signed)
    if not waiting:
        return Gate(name, rules, True, _signed_by(label, mine, signed))
    return Gate(
        name,
        rules,
        False,
        _("{label}: waits for {waiting}").format(
            label=_(label),
            waiting=", ".join(dict.fromkeys(_wanted(step, signed) for step in waiting)),
        ),
        tuple(dict.fromkeys(step.role for step in waiting)),
        f"kac approval ok {request}" if request else "",
    )


def _signed_by(label: str, steps: Sequence[Step], signed: Sequence[Signed]) -> str:
    names = dict.fromkeys(s.staff for step in steps for s in _of(step, signed))
    return _("{label} by {staff}").format(label=_(label), staff=", ".join(names))


def _wanted(step: Step, signed: Sequence[Signed]) -> str:
    lines = missing_lines(step, signed)
    if not lines:
        return step.role
    return _("{role} (lines {lines})").format(
        role=step.role, lines=", ".join(str(line) for line in lines)
    )
