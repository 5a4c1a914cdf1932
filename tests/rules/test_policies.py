"""Policies: what a set must hold before it may judge anything, and when a change of it counts."""

from __future__ import annotations

import copy
import re
import typing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kac
from kac.core import dotted, policyfile
from kac.core.bands import Band, misplaced
from kac.core.errors import BadInput
from kac.core.gates import closed
from kac.desk.amendments.rules import ChangeFacts, to_activate, to_propose
from kac.desk.policies.policy import ROWS, SECTIONS, in_order, known_verbs
from kac.desk.policies.rules import Fault, faults

KAC = Path(kac.__file__).parent
SHIPPED = policyfile.shipped()
RETAIL = SHIPPED["retail"]
VERBS = known_verbs()
TODAY = date(2026, 11, 20)


def spoilt(key: str, value: Any, body: dict[str, Any] = RETAIL) -> dict[str, Any]:
    """A body with another value at a dotted key."""
    return dotted.put(body, dotted.path(body, key), value)


def without(key: str, body: dict[str, Any] = RETAIL) -> dict[str, Any]:
    """A body that lacks a key."""
    made = copy.deepcopy(body)
    here: Any = made
    *way, last = dotted.path(made, key)
    for step in way:
        here = here[step]
    del here[last]
    return made


def wrong(body: dict[str, Any], before: dict[str, Any] | None = None) -> dict[str, Fault]:
    return {fault.key: fault for fault in faults(body, VERBS, before)}


def told(body: dict[str, Any]) -> list[str]:
    return [fault.says for fault in faults(body, VERBS)]


def rules_of(body: dict[str, Any], key: str) -> tuple[str, ...]:
    found = wrong(body)
    assert key in found, sorted(found)
    return found[key].rules


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_set_is_without_fault(name):
    """CRD-DEF-01, CRG-SCR-01: each has criteria for key accounts and indicators to screen by."""
    assert faults(SHIPPED[name], VERBS, SHIPPED[name]) == []
    assert SHIPPED[name]["classes"]["table"]
    assert SHIPPED[name]["screening"]["indicators"]


# What a set is made of


def test_every_section_that_a_noun_reads_is_one_that_changes_are_judged_by():
    """What is not known here could be set to anything."""
    read = set()
    for path in KAC.rglob("*.py"):
        read.update(re.findall(r'\.section\(\s*"(\w+)",\s*(\w+)', path.read_text("utf-8")))
    known = {(name, kind.__name__) for name, kind in SECTIONS.items()}
    assert read
    assert read <= known, read - known


@pytest.mark.parametrize("name", SECTIONS)
def test_no_table_of_a_section_is_left_without_a_shape(name):
    """A plain dictionary would be taken with any keys and values in it."""
    hints = typing.get_type_hints(SECTIONS[name])
    plain = {key for key, hint in hints.items() if "typing.Any" in str(hint)}
    assert {f"{name}.{key}" for key in plain} <= ROWS.keys()


def test_a_set_has_its_parents_body_with_its_own_laid_over_it():
    parent = {"set": "base", "sources": ["CRA"], "a": {"x": 1, "rows": [1, 2]}, "b": {"y": 2}}
    own = {"set": "child", "parent": "base", "sources": ["RTL"], "a": {"rows": [3]}}
    assert policyfile.laid_over(parent, own) == {
        "set": "child",
        "parent": "base",
        "sources": ["RTL"],
        "a": {"x": 1, "rows": [3]},
        "b": {"y": 2},
    }


def test_the_distributor_judges_contracts_and_has_the_screening_of_its_parent():
    """DST-AUT-01, A-05: three bands of one subject; CRG-SCR-01 comes from crm_base."""
    distributor = SHIPPED["distributor"]
    subjects = [row["subject"] for row in distributor["approvals"]["matrix"]]
    assert subjects.count("contract") == 3
    assert distributor["screening"] == SHIPPED["crm_base"]["screening"]
    assert "margins" not in distributor


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
names = st.text("abcdefgh_ .-中", min_size=1, max_size=6)
leaves = st.one_of(
    st.booleans(), st.integers(-(10**12), 10**12), words, st.lists(words, max_size=3)
)
rows = st.lists(st.dictionaries(names, leaves, min_size=1, max_size=3), max_size=3)
sections = st.dictionaries(names, st.one_of(leaves, rows), max_size=4)
named = st.dictionaries(names, st.dictionaries(names, leaves, max_size=3), max_size=3)
bodies = st.dictionaries(names, st.one_of(words, sections, named), max_size=5)


@given(bodies)
def test_a_set_that_is_written_to_a_file_is_read_back_as_it_was(body):
    assert policyfile.parsed(policyfile.written(body, "a remark", "another")) == body


@pytest.mark.parametrize("name", SHIPPED)
def test_an_exported_set_says_the_same_in_the_published_order(name):
    ordered = in_order(SHIPPED[name])
    assert ordered == SHIPPED[name]
    assert policyfile.parsed(policyfile.written(ordered)) == SHIPPED[name]
    assert list(ordered)[0] == "set"


# Types and names


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("deposit.rate_bp", "3000", "must be a whole number"),
        ("deposit.rate_bp", True, "must be a whole number"),
        ("deposit.rate_bp", 30.0, "must be a whole number"),
        ("deposit.methods", "transfer", "must be a list"),
        ("deposit.methods", [1], "must be a text"),
        ("margins.bind_undiscounted", "yes", "must be true or false"),
        ("margins.tiers", {}, "must be a list"),
        ("margins.tiers[0]", "GM", "must be a table"),
        ("margins.tiers[0].roles", "general_manager", "must be a list"),
        ("order.photocopy", 3, "must be a text"),
        ("order.photocopy", "fin\u202eance", "holds a character that cannot be printed"),
        ("includes", [], "must be a table"),
        ("verb.order.new", [], "must be a table"),
        ("verb.order.new.roles", "gp_specialist", "must be a list"),
        ("approvals.matrix[0].steps[0].turn", "1", "must be a whole number"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_by_its_key(key, value, says):
    assert any(says in each for each in told(spoilt(key, value)))


@pytest.mark.parametrize(
    "key",
    [
        "deposit.rate",
        "margins.tiers[0].from",
        "approvals.matrix[0].until_fen",
        "approvals.matrix[0].steps[0].who",
        'verb."order.new".role_ids',
        "classes.table[0].colour",
        "dispatch.departments[0].name",
    ],
)
def test_an_unknown_key_is_refused_by_name_however_deep_it_stands(key):
    assert wrong(spoilt(key, 1))[key].says == "no such key is known"


@pytest.mark.parametrize("key", ["deposit.rate_bp", "margins.tiers[1].roles", "access.pin_length"])
def test_a_missing_key_is_refused_by_name(key):
    assert wrong(without(key))[key].says == "is missing"


def test_a_section_that_nobody_reads_is_refused():
    assert wrong({**RETAIL, "deposits": {}})["deposits"].says == "no section has this name"


def test_all_faults_are_told_at_once():
    body = spoilt("deposit.rate_bp", 10001)
    body = spoilt("margins.tiers[0].roles", ["emperor"], body)
    body = spoilt("order.photocopy", 1, body)
    assert wrong(body).keys() >= {"deposit.rate_bp", "margins.tiers[0].roles", "order.photocopy"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("margins.tiers[0].roles", ["emperor"]),
        ("verb.order.new.roles", ["emperor"]),
        ("approvals.concession_role", "emperor"),
        ("approvals.matrix[0].steps[0].role", "emperor"),
        ("access.cost_roles", ["emperor"]),
        ("inquiry.receivers", ["emperor"]),
        ("includes.merchant_manager", ["emperor"]),
    ],
)
def test_a_role_that_nobody_knows_is_refused(key, value):
    assert [says for says in told(spoilt(key, value)) if says == "no such role: emperor"]


@pytest.mark.parametrize("rule", ["RTL-DSC-" + "99", "RTL", "SC-01", "rtl-dsc-04"])
@pytest.mark.parametrize(
    "key", ["margins.tiers[0].rule", "verb.order.new.rule", "approvals.discount_check_rule"]
)
def test_a_rule_that_the_catalogue_does_not_have_is_refused(key, rule):
    assert f'no rule has the id "{rule}"' in told(spoilt(key, rule))


def test_a_verb_that_the_product_does_not_know_is_refused():
    body = copy.deepcopy(RETAIL)
    body["verb"]["ledger.burn"] = {"roles": [], "rule": "A-56"}
    assert wrong(body)['verb."ledger.burn"'].says == "there is no such verb"


def test_a_class_that_nobody_knows_is_refused():
    """C-01: class, figure and designation are those that the product can judge."""
    for name, value in (("id", "vip"), ("metric", "week"), ("designation", "maybe")):
        assert f"classes.table[0].{name}" in wrong(spoilt(f"classes.table[0].{name}", value))
    assert "classes.table[0].kinds" in wrong(spoilt("classes.table[0].kinds", ["robot"]))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("contracts.split.mode", "perhaps"),
        ("deposit.methods", ["shells"]),
        ("delivery.paid_before", "later"),
        ("delivery.deposit_draw", "sometimes"),
        ("filing.required", ["shoe_size"]),
    ],
)
def test_a_word_that_the_product_does_not_act_by_is_refused(key, value):
    assert "is not one of" in wrong(spoilt(key, value))[key].says


def test_a_good_grade_is_one_of_the_grades():
    """A-02: names of grades are data."""
    found = wrong(spoilt("grades.good", ["A", "E"], SHIPPED["distributor"]))
    assert "is not one of: A, B, C, D" in found["grades.good"].says


# Figures


@pytest.mark.parametrize(("rate", "sound"), [(-1, False), (0, True), (10000, True), (10001, False)])
def test_a_rate_is_between_nothing_and_the_whole(rate, sound):
    assert ("deposit.rate_bp" not in wrong(spoilt("deposit.rate_bp", rate))) is sound


@pytest.mark.parametrize("key", ["classes.table[0].amount_fen", "dispatch.copy_due_days"])
def test_no_figure_is_below_nought(key):
    assert key in wrong(spoilt(key, -1))
    assert key not in wrong(spoilt(key, 0))


@pytest.mark.parametrize("key", ["access.pin_failures", "access.session_hours", "order.most_lines"])
def test_a_count_that_means_nothing_at_nought_is_refused(key):
    assert key in wrong(spoilt(key, 0))
    assert key not in wrong(spoilt(key, 1))


# Bands


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("margins.tiers[0].from_bp", 1, "the first band begins at 1, not at 0"),
        ("margins.tiers[0].to_bp", 499, "nothing covers 499 to 500"),
        ("margins.tiers[0].to_bp", 501, "begins at 500, inside the band before it"),
        ("margins.tiers[2].from_bp", 300, "begins at 300, below the band before it"),
        ("margins.tiers[2].to_bp", 900, "begins at 900 and ends at 900"),
        ("margins.tiers[0].to_included", True, "only the last tier closes"),
        ("margins.tiers[1].roles", [], "nobody signs for it"),
    ],
)
def test_margin_tiers_that_leave_a_gap_or_overlap_are_refused(key, value, says):
    """RTL-DSC-04..06, A-26."""
    assert any(says in each for each in told(spoilt(key, value)))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("approvals.matrix[0].to_fen", 9999999, "nothing covers 9999999 to 10000000"),
        ("approvals.matrix[0].to_fen", 10000001, "inside the band before it"),
        ("approvals.matrix[1].to_fen", 10000000, "begins at 10000000 and ends at 10000000"),
        ("approvals.matrix[2].to_fen", 99999999, "amounts above it ask nobody"),
        ("approvals.matrix[1].steps", [], "nobody signs for it"),
    ],
)
def test_bands_of_amounts_that_leave_a_gap_or_overlap_are_refused(key, value, says):
    """C-09, A-05: each amount of a subject stands in exactly one band."""
    assert any(says in each for each in told(spoilt(key, value, SHIPPED["distributor"])))


def test_a_band_in_the_middle_without_an_end_is_refused():
    body = without("approvals.matrix[1].to_fen", SHIPPED["distributor"])
    assert "never ends" in wrong(body)["approvals.matrix[2]"].says


@given(st.lists(st.integers(1, 1000), min_size=1, unique=True).map(sorted), st.booleans())
def test_bands_that_meet_are_accepted_and_cover_everything_once(ends, endless):
    starts = [0, *ends[:-1]]
    bands = [Band(start, end) for start, end in zip(starts, ends, strict=True)]
    if endless:
        bands.append(Band(ends[-1], None))
    assert list(misplaced(bands)) == []
    for figure in (0, *(end - 1 for end in ends)):
        assert sum(b.start <= figure < (b.end or figure + 1) for b in bands) == 1


@given(
    st.lists(
        st.builds(Band, st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9))),
        min_size=1,
        max_size=4,
    )
)
def test_bands_that_are_accepted_never_ask_twice_and_never_ask_nobody(bands):
    """Whatever figures come: accepted means that every figure up to the end has one band."""
    if list(misplaced(bands)):
        return
    last = bands[-1].end if bands[-1].end is not None else 20
    for figure in range(last):
        assert sum(b.start <= figure and (b.end is None or figure < b.end) for b in bands) == 1


# What no house is left a choice about


@pytest.mark.parametrize("table", [[], None])
def test_a_set_without_any_criterion_for_key_accounts_is_refused(table):
    """SC-66, CRD-DEF-01."""
    body = without("classes") if table is None else spoilt("classes.table", table)
    assert rules_of(body, "classes.table") == ("CRD-DEF-01",)


def test_a_set_without_indicators_to_screen_by_is_refused():
    """CRG-SCR-01."""
    assert rules_of(without("screening"), "screening.indicators") == ("CRG-SCR-01",)
    assert rules_of(spoilt("screening.indicators", []), "screening.indicators") == ("CRG-SCR-01",)


@pytest.mark.parametrize("role", ["gp_specialist", "gp_clerk"])
@pytest.mark.parametrize("verb", ["payment.record", "deposit.record", "payment.print"])
def test_no_table_lets_group_purchase_staff_take_money(verb, role):
    """BLK-MNY-01..04, C-05: GPA-COL-01 chases money, and takes none."""
    found = wrong(spoilt(f"verb.{verb}.roles", ["finance_cashier", role]))
    assert "BLK-MNY-01" in found[f'verb."{verb}".roles'].rules


@pytest.mark.parametrize(
    ("verb", "rule"), [("security.record", "BLK-MNY-02"), ("cheque.receive", "BLK-MNY-03")]
)
def test_nor_security_deposits_nor_cheques(verb, rule):
    """BLK-MNY-02, BLK-MNY-03."""
    body = copy.deepcopy(RETAIL)
    body["verb"][verb] = {"roles": ["finance_cashier"], "rule": "RTL-DUT-07"}
    assert faults(body, VERBS | {verb}) == []
    body["verb"][verb]["roles"].append("gp_clerk")
    (fault,) = faults(body, VERBS | {verb})
    assert fault.rules == (rule, "C-05")


def test_no_table_lets_anybody_but_the_service_desk_fill_in_invoices():
    """BLK-INV-01, BLK-INV-02."""
    body = copy.deepcopy(RETAIL)
    body["verb"]["invoice.issue"] = {"roles": ["service_desk"], "rule": "BLK-INV-02"}
    key = 'verb."invoice.issue".roles'
    known = VERBS | {"invoice.issue"}
    assert faults(body, known) == []
    body["verb"]["invoice.issue"]["roles"].append("gp_specialist")
    (fault,) = faults(body, known)
    assert (fault.key, fault.rules) == (key, ("BLK-INV-01", "BLK-INV-02"))


@pytest.mark.parametrize("machine", ["cron", "importer"])
@pytest.mark.parametrize(
    "verb",
    ["approval.ok", "payment.verify", "payment.record", "order.void", "dispatch.new", "staff.add"],
)
def test_no_table_lets_a_machine_decide(verb, machine):
    body = spoilt(f"verb.{verb}.roles", [*RETAIL["verb"][verb]["roles"], machine])
    assert machine in wrong(body)[f'verb."{verb}".roles'].says


@pytest.mark.parametrize(
    ("upper", "lower"), [("cron", ["finance"]), ("merchant_manager", ["cron"])]
)
def test_a_machine_is_part_of_no_other_role(upper, lower):
    assert f"includes.{upper}" in wrong(spoilt(f"includes.{upper}", lower))


def test_a_change_of_policy_always_asks_a_second_person():
    """A-56."""
    for name, body in SHIPPED.items():
        kept = [row for row in body["approvals"]["matrix"] if row["subject"] != "policy"]
        found = wrong(spoilt("approvals.matrix", kept, body))
        assert "A-56" in found["approvals.matrix"].rules, name


def test_discounts_are_checked_and_granted_wherever_margins_are_judged():
    """RTL-ORD-04, RTL-REC-15."""
    assert rules_of(without("approvals.discount_check_role"), "approvals.discount_check_role") == (
        "RTL-ORD-04",
    )
    assert "approvals.concession_role" in wrong(spoilt("approvals.concession_role", ""))


def test_two_departments_count_and_the_copy_that_comes_back_is_one_of_the_slips():
    """RTL-ORD-14, RTL-PAY-11."""
    one = spoilt("dispatch.departments", RETAIL["dispatch"]["departments"][:1])
    assert rules_of(one, "dispatch.departments") == ("RTL-ORD-14",)
    assert rules_of(spoilt("dispatch.signed_copy", "nobody"), "dispatch.signed_copy") == (
        "RTL-PAY-11",
    )


def test_whoever_is_asked_to_sign_may_sign():
    """C-09: a signature that nobody can give would keep documents waiting for ever."""
    body = spoilt("margins.tiers[0].roles", ["driver"])
    assert "nobody who is driver may do approval ok" in told(body)


@pytest.mark.parametrize("verb", ["approval.ok", "policy.propose", "policy.activate", "staff.add"])
def test_nobody_can_be_locked_out_of_changing_it_all_again(verb):
    assert f'verb."{verb}".roles' in wrong(spoilt(f"verb.{verb}.roles", []))


def test_a_version_keeps_the_sections_verbs_and_subjects_of_the_one_before_it():
    """DST-SCP-01: documents that are under way ask for them by name."""
    kept = [row for row in RETAIL["approvals"]["matrix"] if row["subject"] != "quotation"]
    body = spoilt("approvals.matrix", kept, without("verb.order.new", without("deposit")))
    found = wrong(body, RETAIL)
    assert {"deposit", 'verb."order.new"', "approvals.matrix"} <= found.keys()


@given(st.sampled_from([key for key, _figure in dotted.figures(RETAIL)]), st.integers(-5, 12000))
def test_a_figure_that_is_accepted_can_be_read_by_every_noun(key, figure):
    """Whatever figure of the retail set changes: it is refused by name, or every section loads."""
    body = spoilt(key, figure)
    if not faults(body, VERBS, RETAIL):
        from kac.db.policybook import PolicyVersion

        version = PolicyVersion("retail", 2, body)
        for name, kind in SECTIONS.items():
            if name in body:
                version.section(name, kind)


# Keys and values


@pytest.mark.parametrize(
    ("key", "leads_to"),
    [
        ("deposit.rate_bp", ("deposit", "rate_bp")),
        ("margins.tiers[1].to_bp", ("margins", "tiers", 1, "to_bp")),
        ('verb."order.new".roles', ("verb", "order.new", "roles")),
        ("verb.order.new.roles", ("verb", "order.new", "roles")),
        ("approvals.matrix[0].to_fen", ("approvals", "matrix", 0, "to_fen")),
    ],
)
def test_a_key_is_spelled_as_it_is_shown_and_quotes_may_be_left_out(key, leads_to):
    assert dotted.path(RETAIL, key) == leads_to


@pytest.mark.parametrize("key", ["", "deposit.rate_bp.x", "margins.tiers[9].to_bp", "nope.x", "a]"])
def test_a_key_that_leads_nowhere_is_refused(key):
    with pytest.raises(BadInput):
        dotted.path(RETAIL, key)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_key_that_is_shown_leads_back_to_its_value(name):
    for key, told in dotted.leaves(SHIPPED[name]):
        value = dotted.at(SHIPPED[name], dotted.path(SHIPPED[name], key))
        assert dict(dotted.leaves(value, "it"))["it"] == told


@pytest.mark.parametrize(
    ("present", "written", "value"),
    [
        (3000, "3500", 3500),
        (True, "no", False),
        ("finance", "finance_cashier", "finance_cashier"),
        (["transfer"], "transfer, cash", ["transfer", "cash"]),
        (["transfer"], "", []),
        (["transfer"], '["a,b"]', ["a,b"]),
        ([{"a": 1}], "[{ a = 2 }]", [{"a": 2}]),
        (None, "42", 42),
        (None, "words", "words"),
    ],
)
def test_a_value_is_typed_like_the_one_that_stands_there(present, written, value):
    assert dotted.like(present, written) == value


@pytest.mark.parametrize(
    ("present", "written"), [(1, "1.5"), (1, "３"), (1, ""), (True, "1"), ([{"a": 1}], "x")]
)
def test_a_value_of_another_type_is_not_guessed_at(present, written):
    with pytest.raises(BadInput):
        dotted.like(present, written)


def test_the_difference_of_two_bodies_names_each_key_with_both_values():
    after = spoilt("deposit.rate_bp", 3500, spoilt("verb.order.new.roles", ["service_desk"]))
    told = {each.key: (each.before, each.after) for each in dotted.changes(RETAIL, after)}
    assert told["deposit.rate_bp"] == ("3000", "3500")
    assert told['verb."order.new".roles'][1] == "service_desk"
    assert len(told) == 2
    assert dotted.changes(RETAIL, RETAIL) == []


# When a change counts


def change(**facts: Any) -> ChangeFacts:
    return ChangeFacts(
        **{
            "number": "PC20261120-0001",
            "policy_set": "retail",
            "base": 1,
            "latest": 1,
            "from_day": TODAY,
            "differs": (dotted.Change("deposit.rate_bp", "3000", "3500"),),
            "may": {"policy.propose": ("finance",), "policy.activate": ("administrator",)},
            **facts,
        }
    )


@given(st.integers(-400, 400))
def test_a_change_counts_from_today_on_and_never_from_yesterday(days):
    """DST-SCP-01: what was made before was judged before."""
    shut = closed(to_propose(change(from_day=TODAY + timedelta(days=days)), TODAY))
    assert [gate.name for gate in shut] == (["policy_day"] if days < 0 else [])


def test_a_change_that_changes_nothing_is_none():
    assert [gate.name for gate in closed(to_propose(change(differs=()), TODAY))] == [
        "policy_changes"
    ]


def test_a_change_made_against_an_older_version_would_undo_the_newer_one():
    """DST-SCP-01."""
    (shut,) = closed(to_activate(change(base=1, latest=2), [], [], TODAY))
    assert shut.name == "policy_base"
    assert shut.opened_by == ("finance",)
    assert shut.command == "kac policy withdraw PC20261120-0001 --reason …"


def test_a_change_that_waited_past_its_day_does_not_reach_back():
    (shut,) = closed(to_activate(change(), [], [], TODAY + timedelta(days=1)))
    assert shut.name == "policy_day"


def test_a_body_that_went_wrong_while_it_waited_is_looked_at_again():
    """CRD-DEF-01."""
    found = faults(spoilt("classes.table", []), VERBS)
    (shut,) = closed(to_activate(change(), found, [], TODAY))
    assert (shut.name, shut.rules) == ("policy_sound", ("CRD-DEF-01",))
