"""Reports: any report of the registry, by one service."""
