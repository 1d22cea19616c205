-- What the engine beside PostgreSQL has to learn, and what it is told of who asks.

-- Entries changed: noted for the engine, where there is one. What leaves, or has other readers or another place, may be
-- withdrawn from somebody.
CREATE OR REPLACE FUNCTION portal_search_entries_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM search_engineindex) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN
    INSERT INTO search_enginechange (entry_id, withdrawn) SELECT id, true FROM old_rows;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO search_enginechange (entry_id, withdrawn) SELECT id, false FROM new_rows;
  ELSE
    INSERT INTO search_enginechange (entry_id, withdrawn) SELECT id, false FROM new_rows
    UNION ALL SELECT id, true FROM (
      SELECT id, readers, path FROM new_rows EXCEPT SELECT id, readers, path FROM old_rows) moved;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_entry_inserted AFTER INSERT ON search_entry
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_entries_changed();
CREATE OR REPLACE TRIGGER portal_search_entry_updated AFTER UPDATE ON search_entry
  REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_entries_changed();
CREATE OR REPLACE TRIGGER portal_search_entry_deleted AFTER DELETE ON search_entry
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_entries_changed();

-- A passage has a vector. That passages come and go, is noted with their entry.
CREATE OR REPLACE FUNCTION portal_search_passage_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO search_enginechange (entry_id, withdrawn)
  SELECT coalesce(NEW.entry_id, 0), false WHERE EXISTS (SELECT FROM search_engineindex);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_passage AFTER UPDATE ON search_passage
  FOR EACH ROW EXECUTE FUNCTION portal_search_passage_changed();

-- Who asks, in the language `spoken` (code), and whether the engine may answer: `mapping` of the index that is whole, and
-- `waits`: whether anything that was withdrawn from readers is still in it. `locales`: codes by id.
CREATE OR REPLACE FUNCTION portal_search_asks(spoken text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who record := portal_search_who(spoken);
BEGIN
  RETURN jsonb_build_object(
    'reads', who.reads, 'root', who.root, 'seen', who.seen, 'documents', who.documents, 'locale', who.locale,
    'now', (extract(epoch FROM now()) * 1e6)::bigint,
    'locales', (SELECT jsonb_object_agg(l.id, l.language_code) FROM wagtailcore_locale l),
    'mapping', (SELECT i.mapping FROM search_engineindex i WHERE i.reached IS NULL ORDER BY i.id DESC LIMIT 1),
    'waits', EXISTS (SELECT FROM search_enginechange c WHERE c.withdrawn));
END $$;
