"""Reports of scorecards: the sheet of everyone, one person's page, and the way to each score."""
