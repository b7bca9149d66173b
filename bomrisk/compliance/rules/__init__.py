"""The rules, one module each, named by its code; the module's docstring is its page in the manual."""
