"""The words that columns are called by, a table a language; add a table to LANGUAGES in headerword to add a language."""
