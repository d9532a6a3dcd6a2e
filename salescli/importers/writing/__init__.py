"""What the importer writes for people: rejected rows, forms to fill in, templates."""
