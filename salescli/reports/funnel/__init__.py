"""Reports of the funnel and of deals: pure functions from computed values to Reports."""
