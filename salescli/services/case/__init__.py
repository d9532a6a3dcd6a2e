"""Cases: exact examples of plans, run as the engine runs."""
