"""IOUs (欠条): written for cards that are not paid yet, signed by amount, withdrawn when paid."""
