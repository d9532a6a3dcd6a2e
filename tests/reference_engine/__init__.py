"""A second commission engine, slow and plain, written from the published semantics alone. It checks the first one."""
