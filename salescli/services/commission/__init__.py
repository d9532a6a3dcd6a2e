"""Commission over the store: who is on a plan, what is known of them, runs, closing, comparison."""
