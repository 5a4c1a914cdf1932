"""Bank statements (银行流水): what the bank says came, and the payments that it proves."""
