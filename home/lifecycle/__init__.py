"""Entries stay true: somebody looks after each, checks it in time, and is reminded of it.

Readers say what is not true any more: `notices` takes it and has it answered, `notice_form` keeps machines
out.

`ladder` says when reminders are due, `checking` who checks and what follows, `reminders` sends the mails.
What is stored is `home.models.Verification`: a row beside the page, not part of it. Whoever looks after an
entry need not be able to change it, a check is no new version, and all languages share it.
"""
