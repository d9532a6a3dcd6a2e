"""Group facts from the store: who shares a pot, who is ranked, what a budget and the levels below leave."""
