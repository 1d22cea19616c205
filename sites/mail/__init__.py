"""E-mail: nothing in a request waits for a mail server.

Whatever sends a mail in Django's way stores it instead (`backend`), in the transaction of what it reports.
A task of the background service hands it to the mail server (`tasks`); administrators see what could not be
delivered (`views`).
"""
