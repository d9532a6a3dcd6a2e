"""Quality of data: what is counted of records, and the score that follows."""
