"""Staff (员工): who may do what, and how they prove who they are."""
