"""Freigaben: one person or group may do something with one page, document or picture.

What can be granted (as data), giving and ending, the form, the list and the history of it; that a grant opens
something in the database is in `sites.rls`, that it shows in menus and views in `sites.access`.
Front door: `services.give` and `services.end`, `overview.overview`, `kinds.KINDS`.
"""
