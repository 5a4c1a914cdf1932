"""Gates: a refusal names every closed one at once, each rule and each command once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import Exit, Refused
from kac.core.gates import Gate, closed, refusal, require

names = st.sampled_from(["deposit_met", "reviewed", "paid_in_full", "supply_confirmed"])
gates = st.lists(
    st.builds(
        Gate,
        names,
        st.lists(st.sampled_from(["RTL-DEP-06", "RTL-DEP-01", "RTL-PRI-02"]), max_size=2).map(
            tuple
        ),
        st.booleans(),
        st.sampled_from(["4,020.00 due", "not reviewed", "9,380.00 owed"]),
        command=st.sampled_from(["", "kac order review 1", "kac deposit record 1"]),
    ),
    max_size=8,
)


@given(gates)
def test_open_gates_let_pass_and_closed_ones_are_all_named_together(found):
    shut = closed(found)
    assert shut == [gate for gate in found if not gate.open]
    if not shut:
        require(found, "no money can be taken")
        return
    with pytest.raises(Refused) as refused:
        require(found, "no money can be taken", refs={"order": "DD20261120-0001"})
    said = refused.value
    assert said.exit == Exit.REFUSED
    assert list(said.cause) == [gate.says for gate in shut]
    assert set(said.rules) == {rule for gate in shut for rule in gate.rules}
    assert set(said.fix) == {gate.command for gate in shut} - {""}
    assert len(set(said.rules)) == len(said.rules)
    assert len(set(said.fix)) == len(said.fix)
    assert said.refs == {"order": "DD20261120-0001"}


def test_a_refusal_has_a_stable_code_by_its_first_gate():
    shut = [Gate("deposit_met", ("RTL-DEP-06",), False, "short"), Gate("reviewed", (), False, "no")]
    assert refusal(shut, "no").code == "E-GAT-DEPOSIT-MET"


def test_a_gate_is_read_by_scripts_with_all_that_people_see():
    gate = Gate(
        "reviewed", ("RTL-DEP-01",), False, "no", ("merchant_supervisor",), "kac order review 1"
    )
    assert gate.as_dict() == {
        "gate": "reviewed",
        "open": False,
        "says": "no",
        "rules": ["RTL-DEP-01"],
        "opened_by": ["merchant_supervisor"],
        "command": "kac order review 1",
    }
