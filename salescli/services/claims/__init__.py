"""Claims of receipts: what is open, what is proposed, and what was accepted."""
