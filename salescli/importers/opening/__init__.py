"""Opening a file: encodings, workbooks of every age, and what refuses a hostile one before the reader sees it."""
