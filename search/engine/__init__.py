"""The search in Elasticsearch, see docs/decisions/0025-elasticsearch.md.

PostgreSQL keeps the truth: entries, postings, readers, vectors. Each change of an entry is noted there in its
own transaction (`engine.sql`), and the background service brings what was noted into the engine (`sending`,
`building`). `asking` answers a question as `portal_search` does, by the same numbers and in the same order;
where it can't, PostgreSQL answers: `search.engines` decides that.
"""
