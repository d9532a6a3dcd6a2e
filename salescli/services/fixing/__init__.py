"""What waits for a person, kind by kind, and the sheets on which it is filled in."""
