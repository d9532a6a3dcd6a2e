"""Charts of tables: what they show is read from the table's own cells, how they look is each format's."""
