-- What row-level security can't say, because it sees a row either before or after a change.

-- A grant opens a page for editing, but never for moving: the path changes only where a role may write, before
-- and afterwards.
CREATE OR REPLACE FUNCTION portal_guard_path() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.path <> OLD.path AND row_security_active('wagtailcore_page') AND NOT portal_flag('root')
    AND NOT (OLD.path ^@ ANY (portal_texts('edit_paths')) AND NEW.path ^@ ANY (portal_texts('edit_paths')))
  THEN
    RAISE EXCEPTION 'A page is moved only by who may edit there.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- People change their name, language and password, but not what they may do.
CREATE OR REPLACE FUNCTION portal_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF row_security_active('thinka_sites_user') AND NOT portal_flag('root')
    AND (NEW.id, NEW.is_superuser, NEW.is_active, NEW.email) IS DISTINCT FROM (OLD.id, OLD.is_superuser, OLD.is_active, OLD.email)
  THEN
    RAISE EXCEPTION 'Only administrators change accounts.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- Who may delete a page may not always delete what says who sees it; that goes with the page all the same.
CREATE OR REPLACE FUNCTION portal_page_leftovers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM wagtailcore_pageviewrestriction_groups g USING wagtailcore_pageviewrestriction r, old_rows o
    WHERE g.pageviewrestriction_id = r.id AND r.page_id = o.id;
  DELETE FROM wagtailcore_pageviewrestriction r USING old_rows o WHERE r.page_id = o.id;
  DELETE FROM thinka_sites_pageusergrant g USING old_rows o WHERE g.content_object_id = o.id;
  DELETE FROM thinka_sites_pagegroupgrant g USING old_rows o WHERE g.content_object_id = o.id;
  DELETE FROM wagtailcore_grouppagepermission g USING old_rows o WHERE g.page_id = o.id;
  DELETE FROM wagtailcore_workflowpage w USING old_rows o WHERE w.page_id = o.id;
  DELETE FROM wagtailcore_pagesubscription s USING old_rows o WHERE s.page_id = o.id;
  RETURN NULL;
END $$;

DO $$
BEGIN
  CREATE OR REPLACE TRIGGER portal_guard BEFORE UPDATE OF path ON wagtailcore_page
    FOR EACH ROW EXECUTE FUNCTION portal_guard_path();
  CREATE OR REPLACE TRIGGER portal_guard BEFORE UPDATE ON thinka_sites_user
    FOR EACH ROW EXECUTE FUNCTION portal_guard_account();
  CREATE OR REPLACE TRIGGER portal_leftovers AFTER DELETE ON wagtailcore_page
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_page_leftovers();
END $$;
