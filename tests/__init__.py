"""Claims about Palabre, by kind of test; a package so that no other `tests` is imported instead."""
