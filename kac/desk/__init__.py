"""The desk: one package per business noun, in the published order. A noun imports only to its left.

staff delegations customers catalogue stock margins approvals papers assessments negotiations
dossiers contracts orders forms payments deposits dispatch rebates worklist bank policies reconciliation

Inside a noun every file has one of these roles: `states policy rules postings` are pure, `queries`
are plain SELECTs, `tables` are SQLModel, `actions` are the verbs.
"""

NOUNS = (
    "staff",
    "delegations",
    "customers",
    "catalogue",
    "stock",
    "margins",
    "approvals",
    "papers",
    "assessments",
    "negotiations",
    "dossiers",
    "contracts",
    "orders",
    "forms",
    "payments",
    "deposits",
    "dispatch",
    "rebates",
    "worklist",
    "bank",
    "policies",
    "reconciliation",
)
