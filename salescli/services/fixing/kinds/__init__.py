"""What can wait for a person: one module per kind, named in `services.fixing.registry`."""
