"""The morning screen: where the month stands, what changed since yesterday, what waits for someone."""
