"""The pure engine: typed decision tables, checked when loaded, compiled to one lookup.

No Django and no clock in here. `book.Rulebook.load` is the way in; docs/rulebook.md the manual.
"""
