"""The editing area: menus, lists, forms and views about Träger and people, and what of it a person reaches.

Views about grants, jobs, files and mails stay with their subject; changes to Wagtail's own code are patches.
Front door: `scope` (what is within reach, model by model), `middleware.ScopeMiddleware`, `hooks`.
"""
