-- What the web role may do beyond what install.py gives it, and whether `migrate` can take that away again. What belongs
-- to an extension holds nothing of the portal.
WITH relation AS (
  SELECT oid, relname::text AS name, relkind = 'S' AS is_sequence, relowner AS owner FROM pg_class c
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
),
held AS (
  SELECT power, quote_ident(name) AS what, owner
  FROM relation, unnest(ARRAY[
    'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) power
  WHERE NOT is_sequence AND NOT coalesce(%(opened)s::jsonb -> name ? power, false)
    AND (has_table_privilege(oid, power)
      OR power IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(oid, power))
  UNION ALL
  SELECT 'UPDATE', quote_ident(name) || '.' || quote_ident(column_name), owner
  FROM relation, jsonb_array_elements_text(%(kept)s::jsonb -> name) column_name
  WHERE has_column_privilege(oid, column_name, 'UPDATE')
  UNION ALL
  SELECT power, quote_ident(name), owner FROM relation, unnest(ARRAY['SELECT', 'UPDATE']) power
  WHERE is_sequence AND has_sequence_privilege(oid, power)
  UNION ALL
  SELECT 'EXECUTE', oid::regprocedure::text, proowner FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace AND proname ^@ 'portal_' AND proname <> ALL (%(callable)s)
    AND has_function_privilege(oid, 'EXECUTE')
  UNION ALL
  SELECT 'CREATE', 'in the schema public', nspowner FROM pg_namespace
  WHERE nspname = 'public' AND has_schema_privilege(oid, 'CREATE')
  UNION ALL
  SELECT power, 'in the database', datdba FROM pg_database, unnest(ARRAY['CREATE', 'TEMPORARY']) power
  WHERE datname = current_database() AND has_database_privilege(oid, power)
)
SELECT power, pg_has_role(migrating.owner, held.owner, 'USAGE') AS can_mend,
  string_agg(what, ', ' ORDER BY what COLLATE "C")
FROM held, (SELECT relowner AS owner FROM pg_class WHERE oid = 'wagtailcore_page'::regclass) migrating
GROUP BY power, can_mend ORDER BY power, can_mend
