"""Sign-in: sessions, and what slows attackers down.

What people may do once they are signed in belongs to `sites.policies` and `sites.wall`, who they are to
`sites.models.user`. Front door: `sessions.SessionStore`, which the settings name.
"""
