"""The foundation: values every room uses. Standard library only, nothing here touches a ledger."""
