"""The desk: one package per business noun, in the published order. A noun imports only to its left.

staff workdays delegations customers catalogue prices stock margins lines approvals papers limits
assessments negotiations dossiers contracts cards credits card_sales ious rosters settlement_days
takings inquiries quotations covers orders guarantees approval_forms forms payments allocations
refunds cheques deposits shortages dispatch rebates bank reports policies amendments worklist
reconciliation

Inside a noun every file has one of these roles: `states policy rules postings` are pure, `queries`
are plain SELECTs, `tables` are SQLModel, `actions` are the verbs.
"""

NOUNS = (
    "staff",
    "workdays",
    "delegations",
    "customers",
    "catalogue",
    "prices",
    "stock",
    "margins",
    "lines",
    "approvals",
    "papers",
    "limits",
    "assessments",
    "negotiations",
    "dossiers",
    "contracts",
    "cards",
    "credits",
    "card_sales",
    "ious",
    "rosters",
    "settlement_days",
    "takings",
    "inquiries",
    "quotations",
    "covers",
    "orders",
    "guarantees",
    "approval_forms",
    "forms",
    "payments",
    "allocations",
    "refunds",
    "cheques",
    "deposits",
    "shortages",
    "dispatch",
    "rebates",
    "bank",
    "reports",
    "policies",
    "amendments",
    "worklist",
    "reconciliation",
)
