-- Takes away what the other files and tables.py put into the database: policies, triggers,
-- functions. Walled tables stay closed to web processes without policies.
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT schemaname, tablename, policyname FROM pg_policies WHERE policyname ^@ 'portal_' LOOP
    EXECUTE format('DROP POLICY %I ON %I.%I', found.policyname, found.schemaname, found.tablename);
  END LOOP;
  DROP VIEW IF EXISTS portal_page_right, portal_logo, portal_misplaced CASCADE;
  FOR found IN
    SELECT p.oid::regprocedure AS signature FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.proname ^@ 'portal_'
  LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', found.signature);
  END LOOP;
END $$;
