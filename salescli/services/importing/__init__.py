"""Import: what is asked, files into the store, and what is said of it."""
