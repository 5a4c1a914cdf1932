"""Changes of policy: proposed by one, approved by another, in force from a day on."""
