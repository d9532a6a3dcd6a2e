"""Reports of commission: the register of a run, statements, explanations, comparisons, the list before closing."""
