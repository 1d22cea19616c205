"""Background work: operations on very many pages with progress, and the queue of tasks that need no person.

A web process notes the person's request (`enqueue`) instead of performing it; the background service
(`service`) lets a process that RLS binds repeat it as that person (`replay`), and notes how it goes.
What a task does belongs to its subject, as mails to `sites.mail`. Front door: `enqueue.enqueue`,
`service.serve`, `queue.lag`.
"""
