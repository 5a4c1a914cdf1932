"""Credit (欠款申请): sales on account, applied for with their preconditions and approved twice."""
