"""What Python knows of rights, so that the interface offers only what works.

Roles as data and the groups made from them, permission policies for Wagtail, who may read a page, and what
follows when a page is restricted or moves; what must hold even where this is forgotten is in `sites.rls`.
Front door: `readers.readable_by`, `readers.may_read`, the policies that `sites.apps` registers, `roles`.
"""
