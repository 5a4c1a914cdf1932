"""Sales of gift cards (售卡): spot against an IOU, or on credit against the customer's receipt."""
