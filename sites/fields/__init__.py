"""Values that every room uses: dates within bounds, texts without control characters, colours, sorting.

Model fields, validators and database expressions without a subject of their own; forms and models that use
them are elsewhere. Front door: `dates.PortalDateField`, `characters.one_line`, `collation.german`.
"""
