"""The team of a Träger: who works there, in which role, who is invited and who leaves.

Here are the pages of the head, the links and the mails. What is written, functions of the database write
(rls/team.sql), which look themselves whether whoever asks heads the Träger; grants to people from elsewhere
belong to `sites.grants`. Front doors: `services` and `invitations`.
"""
