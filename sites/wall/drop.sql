-- Takes everything away that readers.sql and triggers.sql make; the triggers go with their functions.
DROP FUNCTION IF EXISTS portal_lock(), portal_page_arrives(), portal_pages_arrived(), portal_pages_changed(),
  portal_pages_gone(), portal_access_changed() CASCADE;
DROP FUNCTION IF EXISTS portal_refresh(int[]), portal_dependents(int[]), portal_above(int[]),
  portal_above_followers(text[], uuid[]), portal_readers(int, text, boolean, int, uuid, int);
DROP VIEW IF EXISTS portal_page_right;
DROP FUNCTION IF EXISTS portal_prefixes(text), portal_source_locale();
ALTER TABLE wagtailcore_page DROP COLUMN IF EXISTS readers;
