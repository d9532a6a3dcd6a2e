"""The funnel: histories of deals, cohorts and stocks, the deals behind a figure, times."""
