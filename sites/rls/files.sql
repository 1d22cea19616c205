-- Who may see a collection and the files in it.

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
    PERFORM portal_mark_pictures(array_agg(id)) FROM thinka_sites_portalimage WHERE collection_id = ANY (changed);
  END IF;
END $$;

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

-- A picture that moved to another collection has other readers.
CREATE OR REPLACE FUNCTION portal_picture_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_mark_pictures(ARRAY[NEW.id]);
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
  CREATE OR REPLACE TRIGGER portal_moved AFTER UPDATE OF collection_id ON thinka_sites_portalimage
    FOR EACH ROW EXECUTE FUNCTION portal_picture_moved();
END $$;
