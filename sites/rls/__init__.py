"""Row-level security: what the database shows and takes from whom, whatever the code above it forgets.

Here are the policies of all tables as data, the SQL of functions and triggers, the identity that each request
tells the database, and the check before a process serves; what Python offers people is in `sites.access`.
Front door: `identity.set_identity` (the middleware calls it), `install.install` (after migrations),
`preflight.require_rls` (before serving), `tables.POLICIES` (where a new table gets its policies).
"""
