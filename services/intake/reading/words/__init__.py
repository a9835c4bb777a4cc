"""The words that columns are called by, one module a family of languages; a language is added by adding its table."""
