"""Records: types, lists, one record with the lineage of each cell, edits by hand."""
