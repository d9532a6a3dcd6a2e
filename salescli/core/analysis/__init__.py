"""What a manager asks of figures: classes, growth, outcomes, shares. Pure and exact."""
