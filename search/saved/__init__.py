"""Searches that somebody wants to ask again: kept by people with an account, and as RSS feeds for all."""
