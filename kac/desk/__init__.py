"""The desk: one package per business noun, in the published order. A noun imports only to its left.

staff workdays delegations customers catalogue prices stock margins lines approvals papers
assessments negotiations dossiers contracts cards credits card_sales ious takings inquiries
quotations orders approval_forms forms payments allocations cheques deposits dispatch invoices
rebates bank reports policies amendments worklist reconciliation

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
    "assessments",
    "negotiations",
    "dossiers",
    "contracts",
    "cards",
    "credits",
    "card_sales",
    "ious",
    "takings",
    "inquiries",
    "quotations",
    "orders",
    "approval_forms",
    "forms",
    "payments",
    "allocations",
    "cheques",
    "deposits",
    "dispatch",
    "invoices",
    "rebates",
    "bank",
    "reports",
    "policies",
    "amendments",
    "worklist",
    "reconciliation",
)
