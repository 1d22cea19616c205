"""Signing in: sessions, passwords, and what slows down whoever guesses them; what the log says of it.

What people may do once they are signed in belongs to `sites.access` and `sites.rls`, who they are to
`sites.models.user`. Front doors:
`sessions.SessionStore`, which the settings name, `throttle`, and `device` for what a browser keeps of people.
"""
