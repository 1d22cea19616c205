-- Who may see a collection and the files in it, and what the search index says about pages and files.

-- The readers that are groups.
CREATE OR REPLACE FUNCTION portal_named_readers(readers text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT reader FROM unnest(readers) reader WHERE reader ^@ 'g:')
$$;

-- The same rules as for pages: the audience is public unless restrictions on or above the collection narrow it,
-- and permissions of groups open it beside that.
CREATE OR REPLACE FUNCTION portal_collection_readers(collection_path text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH chain AS (
  SELECT c.id, c.path FROM wagtailcore_collection c WHERE collection_path ^@ c.path
),
restriction AS (
  SELECT r.id, r.restriction_type AS kind FROM chain JOIN wagtailcore_collectionviewrestriction r ON r.collection_id = chain.id
),
audience AS (
  SELECT 'any' AS principal WHERE length(collection_path) = 4
  UNION ALL
  SELECT 'public' WHERE NOT EXISTS (SELECT FROM restriction)
  UNION ALL
  SELECT 'staff' WHERE EXISTS (SELECT FROM restriction) AND NOT EXISTS (SELECT FROM restriction WHERE kind <> 'login')
  UNION ALL
  SELECT 'shared' WHERE NOT EXISTS (SELECT FROM restriction WHERE kind <> 'login') AND EXISTS (
    SELECT FROM thinka_sites_traeger t JOIN chain ON chain.id = t.collection_id WHERE t.kind <> 'traeger')
  UNION ALL
  SELECT 'g:' || m.group_id
  FROM restriction r JOIN wagtailcore_collectionviewrestriction_groups m ON m.collectionviewrestriction_id = r.id
  WHERE r.kind = 'groups' AND NOT EXISTS (SELECT FROM restriction WHERE kind = 'password')
  GROUP BY m.group_id
  HAVING count(*) = (SELECT count(*) FROM restriction WHERE kind = 'groups')
  UNION ALL
  SELECT 'g:' || g.group_id FROM chain JOIN wagtailcore_groupcollectionpermission g ON g.collection_id = chain.id
)
SELECT coalesce(array_agg(DISTINCT principal COLLATE "C" ORDER BY principal COLLATE "C"), '{}') FROM audience
$$;

-- What an index entry is about, as far as it belongs to a tenant.
CREATE OR REPLACE FUNCTION portal_entry_readers(entry_type int, entry_object text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN t.app_label = 'thinka_sites' AND t.model = 'portalimage' THEN (
      SELECT portal_named_readers(c.readers) FROM thinka_sites_portalimage i JOIN wagtailcore_collection c ON c.id = i.collection_id
      WHERE i.id = entry_object::int)
    WHEN t.app_label = 'thinka_sites' AND t.model = 'portaldocument' THEN (
      SELECT portal_named_readers(c.readers) FROM thinka_sites_portaldocument d JOIN wagtailcore_collection c ON c.id = d.collection_id
      WHERE d.id = entry_object::int)
    -- Rows that all Träger share: see the modules `policies` of the apps.
    WHEN portal_is_shared(t.app_label, t.model) THEN ARRAY['any']
    WHEN EXISTS (SELECT FROM wagtailcore_page p WHERE p.content_type_id = entry_type) OR t.model = 'page' THEN (
      SELECT p.readers FROM wagtailcore_page p WHERE p.id = entry_object::int)
  END
  FROM django_content_type t WHERE t.id = entry_type
$$;

CREATE OR REPLACE FUNCTION portal_entry_arrives() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.readers := coalesce(portal_entry_readers(NEW.content_type_id, NEW.object_id), '{}');
  RETURN NEW;
END $$;

-- Collections are few: all are looked at again when one of them, or who may use them, changes.
CREATE OR REPLACE FUNCTION portal_refresh_collections() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changed int[];
BEGIN
  WITH updated AS (
    UPDATE wagtailcore_collection c SET readers = fresh.readers
    FROM (SELECT id, portal_collection_readers(path) AS readers FROM wagtailcore_collection) fresh
    WHERE fresh.id = c.id AND c.readers IS DISTINCT FROM fresh.readers
    RETURNING c.id
  ) SELECT array_agg(id) INTO changed FROM updated;
  IF changed IS NOT NULL THEN
    PERFORM portal_refresh_file_entries('portalimage', array_agg(id::text)), portal_mark_pictures(array_agg(id))
    FROM thinka_sites_portalimage WHERE collection_id = ANY (changed);
    PERFORM portal_refresh_file_entries('portaldocument', array_agg(id::text)) FROM thinka_sites_portaldocument WHERE collection_id = ANY (changed);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION portal_refresh_file_entries(kind text, objects text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE wagtailsearch_indexentry e SET readers = coalesce(portal_entry_readers(e.content_type_id, e.object_id), '{}')
  FROM django_content_type t
  WHERE t.app_label = 'thinka_sites' AND t.model = kind AND e.content_type_id = t.id AND e.object_id = ANY (objects)
$$;

CREATE OR REPLACE FUNCTION portal_collections_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_refresh_collections();
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal_collection_arrives() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- What it inherits, so that INSERT … RETURNING may show it to who made it.
  SELECT coalesce(array_agg(principal), '{}') INTO NEW.readers
  FROM unnest(portal_collection_readers(NEW.path)) principal WHERE principal <> 'any' OR length(NEW.path) = 4;
  RETURN NEW;
END $$;

-- A file that moved to another collection has other readers in the index, too.
CREATE OR REPLACE FUNCTION portal_file_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_refresh_file_entries(TG_ARGV[0], ARRAY[NEW.id::text]);
  IF TG_ARGV[0] = 'portalimage' THEN
    PERFORM portal_mark_pictures(ARRAY[NEW.id]);
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE name text;
BEGIN
  CREATE OR REPLACE TRIGGER portal_arrives BEFORE INSERT ON wagtailcore_collection
    FOR EACH ROW EXECUTE FUNCTION portal_collection_arrives();
  CREATE OR REPLACE TRIGGER portal_changed AFTER INSERT OR DELETE OR UPDATE OF path ON wagtailcore_collection
    FOR EACH STATEMENT EXECUTE FUNCTION portal_collections_changed();
  FOREACH name IN ARRAY ARRAY['wagtailcore_groupcollectionpermission', 'wagtailcore_collectionviewrestriction',
    'wagtailcore_collectionviewrestriction_groups', 'thinka_sites_traeger']
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_collections AFTER INSERT OR UPDATE OR DELETE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION portal_collections_changed()', name);
  END LOOP;
  CREATE OR REPLACE TRIGGER portal_entry BEFORE INSERT ON wagtailsearch_indexentry
    FOR EACH ROW EXECUTE FUNCTION portal_entry_arrives();
  CREATE OR REPLACE TRIGGER portal_moved AFTER UPDATE OF collection_id ON thinka_sites_portalimage
    FOR EACH ROW EXECUTE FUNCTION portal_file_moved('portalimage');
  CREATE OR REPLACE TRIGGER portal_moved AFTER UPDATE OF collection_id ON thinka_sites_portaldocument
    FOR EACH ROW EXECUTE FUNCTION portal_file_moved('portaldocument');
END $$;
