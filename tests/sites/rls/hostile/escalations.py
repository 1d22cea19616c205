"""How a web process in the wrong hands would try to become something stronger."""

# Each must fail, whoever one says one is. Placeholders: names of roles.
ESCALATIONS = {
    "become the owner": "SET ROLE {owner}",
    "become the superuser": "SET ROLE {superuser}",
    "another session": "SET SESSION AUTHORIZATION {owner}",
    "grant oneself the owner": "GRANT {owner} TO {web}",
    "more powers": "ALTER ROLE {web} BYPASSRLS",
    "switch RLS off": "SET row_security = off; SELECT count(*) FROM wagtailcore_page",
    "take RLS away": "ALTER TABLE wagtailcore_page DISABLE ROW LEVEL SECURITY",
    "a policy of one's own": "CREATE POLICY x ON wagtailcore_page USING (true)",
    "drop a policy": "DROP POLICY portal_select ON wagtailcore_page",
    "drop a trigger": "DROP TRIGGER portal_changed ON wagtailcore_page",
    "without triggers": "SET session_replication_role = replica",
    "empty a table": "TRUNCATE wagtailcore_pageviewrestriction_groups",
    "more room for temporary files": "SET temp_file_limit = -1",
    "… from the next session on": "ALTER ROLE {web} SET temp_file_limit = -1",
    "who asks, in each session": "ALTER ROLE {web} SET portal.root = 'on'",
    "… for everybody": "ALTER SYSTEM SET temp_file_limit = -1",
    "time limits of a database": "ALTER DATABASE {database} SET statement_timeout = 0",
    "a lock on what one only reads": "BEGIN; LOCK TABLE thinka_sites_signoflife IN SHARE MODE",
    "a function": "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a cheap function that tells": (
        "CREATE FUNCTION pg_temp.x(text) RETURNS boolean COST 0.0001 LANGUAGE plpgsql AS"
        " 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END'"
    ),
    "a table": "CREATE TABLE x (id int)",
    "a table of the session": "CREATE TEMPORARY TABLE x (id int)",
    "a schema": "CREATE SCHEMA x",
    "an extension": "CREATE EXTENSION dblink",
    "readers of pages": "UPDATE wagtailcore_page SET readers = '{{any}}'",
    "readers of collections": "UPDATE wagtailcore_collection SET readers = '{{any}}'",
    "compute readers": "SELECT portal_readers(ARRAY[1])",
    "store readers": "SELECT portal_refresh(ARRAY[1])",
    "compute readers of documents": "SELECT portal_search_document_readers(ARRAY[1])",
    "follow documents": "SELECT portal_search_follow_documents(ARRAY[1])",
    "store readers of collections": "SELECT portal_refresh_collections()",
    "grants of somebody": "SELECT portal_grants_of(1, ARRAY[1])",
    "rights of everybody": "SELECT * FROM portal_page_right",
    "a file of the server": "SELECT pg_read_file('/etc/passwd')",
    "a program on the server": "COPY wagtailcore_locale TO PROGRAM 'cat'",
    "others' sessions": (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename <> current_user AND datname = current_database()"
    ),
    "the key of the seal": "SELECT inner_pad FROM thinka_sites_sealkey",
    "another key": "UPDATE thinka_sites_sealkey SET inner_pad = outer_pad",
    "a key in its place": "DELETE FROM thinka_sites_sealkey",
    "to be forgotten": "SELECT portal_clear_identity()",
    "a seal": "SELECT portal_seal('told:1:root:on')",
    "the number of a request": "SELECT last_value FROM thinka_sites_request",
    "the next number": "SELECT nextval('thinka_sites_request')",
    "a sealed setting": "SELECT portal_tell('root', 'on')",
    "a number of one's choice": "SELECT setval('thinka_sites_request', 1)",
    "passwords of roles": "SELECT rolpassword FROM pg_authid",
    "statistics with values": "SELECT stavalues1 FROM pg_statistic",
    "migrations": "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
}
