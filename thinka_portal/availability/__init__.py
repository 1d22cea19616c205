"""What the portal does while its database is away: nobody waits, somebody hears why, and it recovers."""
