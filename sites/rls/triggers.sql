-- Keeps the readers right whenever a page, a restriction, a group permission or a grant changes, however it
-- changes: treebeard moves pages with raw SQL. Statement-level and set-based; only what is affected is computed.
-- What is below a path is looked up as a range (`~>=~` and `~<~`): between two columns `^@` uses no index.

-- The pages `roots`, everything below, and whatever shows or translates one of these, with everything below that.
-- Planned each time: a plan that was kept from when there were few pages pairs thousands of them with one another.
CREATE OR REPLACE FUNCTION portal_dependents(roots int[]) RETURNS TABLE (page_id int)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
WITH RECURSIVE root AS MATERIALIZED (
  SELECT path::text FROM wagtailcore_page WHERE id = ANY (roots)
),
dependent AS (
  SELECT p.id, p.translation_key, p.locale_id
  FROM root JOIN wagtailcore_page p ON p.path ~>=~ root.path AND p.path ~<~ (root.path || '~')
  -- A section is looked at once, and not once for each of its pages.
  WHERE NOT (SELECT jsonb_object_agg(path, 0) FROM root) ?| portal_lineage(left(root.path, -4))
  UNION
  SELECT below.id, below.translation_key, below.locale_id
  FROM dependent
  JOIN LATERAL (
    SELECT f.path FROM wagtailcore_page f WHERE f.alias_of_id = dependent.id
    UNION ALL
    SELECT f.path FROM wagtailcore_page f
    WHERE f.translation_key = dependent.translation_key AND f.locale_id <> dependent.locale_id
      AND dependent.locale_id = (SELECT portal_source_locale())
  ) follower ON true
  JOIN wagtailcore_page below ON below.path ~>=~ follower.path AND below.path ~<~ (follower.path || '~')
)
SELECT id FROM dependent
$$;

-- Computes and stores the readers of the pages `ids`. Marks the pictures on pages that were
-- public, or now are.
CREATE OR REPLACE FUNCTION portal_refresh(ids int[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH stored AS (
  UPDATE wagtailcore_page p SET readers = fresh.readers
  FROM portal_readers(ids) fresh
  WHERE p.id = fresh.page_id AND p.readers <> fresh.readers
  RETURNING p.id, ('public' = ANY (old.readers)) <> ('public' = ANY (new.readers)) AS turned
)
UPDATE thinka_sites_portalimage i SET renditions_stale = true
WHERE i.id IN (
    SELECT portal_pointed_to(r, 'portalimage')
    FROM stored JOIN wagtailcore_referenceindex r
      ON r.object_id = stored.id::text AND r.base_content_type_id = (SELECT portal_content_type('wagtailcore', 'page'))
    WHERE stored.turned)
  AND EXISTS (SELECT FROM thinka_sites_portalrendition made WHERE made.image_id = i.id)
$$;

-- One writer of readers at a time. Taken before any row is touched: otherwise a parent that is being restricted
-- and a child that is being inserted do not see each other, and the child stays public. Needs READ COMMITTED.
CREATE OR REPLACE FUNCTION portal_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('portal.readers'));
  RETURN NULL;
END $$;

-- A new page gets its readers before it is stored, so that INSERT … RETURNING may show it to who made it.
CREATE OR REPLACE FUNCTION portal_page_arrives() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.readers := (SELECT readers FROM portal_readers('{}', NEW));
  RETURN NEW;
END $$;

-- Restored trees arrive children first, and an alias may arrive before its source: look again at what depends.
CREATE OR REPLACE FUNCTION portal_pages_arrived() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ids int[];
BEGIN
  SELECT array_agg(page_id) INTO ids FROM portal_dependents((SELECT array_agg(id) FROM new_rows))
  WHERE page_id NOT IN (SELECT id FROM new_rows);
  IF ids IS NOT NULL OR (SELECT count(*) > 1 FROM new_rows) THEN
    PERFORM portal_refresh(coalesce(ids, '{}') || (SELECT array_agg(id) FROM new_rows));
  END IF;
  RETURN NULL;
END $$;

-- Compared by EXCEPT and not by a join: its plan is kept, and one made for a single row would compare thousands of
-- rows with one another.
CREATE OR REPLACE FUNCTION portal_pages_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changed int[];
BEGIN
  SELECT array_agg(id) INTO changed FROM (
    SELECT id, path, live, alias_of_id, translation_key, locale_id FROM new_rows
    EXCEPT
    SELECT id, path, live, alias_of_id, translation_key, locale_id FROM old_rows
  ) differing;
  IF changed IS NOT NULL THEN
    PERFORM portal_refresh(array_agg(page_id)) FROM portal_dependents(changed);
  END IF;
  RETURN NULL;
END $$;

-- What followed a page that is gone follows it no longer.
CREATE OR REPLACE FUNCTION portal_pages_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_refresh(array_agg(page_id)) FROM portal_dependents((
    SELECT array_agg(f.id) FROM old_rows o JOIN wagtailcore_page f ON f.translation_key = o.translation_key
    WHERE o.locale_id = portal_source_locale()));
  RETURN NULL;
END $$;

-- Argument: the column that names the page, or "pageviewrestriction_id".
CREATE OR REPLACE FUNCTION portal_access_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE roots int[]; rows text;
BEGIN
  rows := concat_ws(' UNION ',
    CASE WHEN TG_OP <> 'DELETE' THEN format('SELECT %I AS id FROM new_rows', TG_ARGV[0]) END,
    CASE WHEN TG_OP <> 'INSERT' THEN format('SELECT %I AS id FROM old_rows', TG_ARGV[0]) END);
  IF TG_ARGV[0] = 'pageviewrestriction_id' THEN
    rows := 'SELECT page_id AS id FROM wagtailcore_pageviewrestriction WHERE id IN (' || rows || ')';
  END IF;
  EXECUTE 'SELECT array_agg(id) FROM (' || rows || ') touched' INTO roots;
  IF roots IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM portal_refresh(array_agg(page_id)) FROM portal_dependents(roots);
  RETURN NULL;
END $$;

-- The start pages of a site that came, went or changed.
CREATE OR REPLACE FUNCTION portal_sites_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE roots int[];
BEGIN
  IF TG_OP <> 'DELETE' THEN roots := array_append(roots, NEW.root_page_id); END IF;
  IF TG_OP <> 'INSERT' THEN roots := array_append(roots, OLD.root_page_id); END IF;
  PERFORM portal_refresh(array_agg(p.id))
  FROM wagtailcore_page start JOIN wagtailcore_page p ON p.translation_key = start.translation_key
  WHERE start.id = ANY (roots);
  RETURN NULL;
END $$;

-- The folder of a Träger that came, went or became a shared one, or one of its own.
CREATE OR REPLACE FUNCTION portal_traeger_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE roots int[];
BEGIN
  IF TG_OP <> 'DELETE' THEN roots := array_append(roots, NEW.folder_id::int); END IF;
  IF TG_OP <> 'INSERT' THEN roots := array_append(roots, OLD.folder_id::int); END IF;
  PERFORM portal_refresh(array_agg(page_id)) FROM portal_dependents(roots);
  RETURN NULL;
END $$;

DO $$
DECLARE
  source record;
  event text;
  tables text;
BEGIN
  DROP TRIGGER IF EXISTS portal_lock ON wagtailcore_page;
  CREATE TRIGGER portal_lock
    BEFORE INSERT OR DELETE OR UPDATE OF path, live, alias_of_id, translation_key, locale_id ON wagtailcore_page
    FOR EACH STATEMENT EXECUTE FUNCTION portal_lock();
  CREATE OR REPLACE TRIGGER portal_arrives BEFORE INSERT ON wagtailcore_page
    FOR EACH ROW EXECUTE FUNCTION portal_page_arrives();
  CREATE OR REPLACE TRIGGER portal_arrived AFTER INSERT ON wagtailcore_page
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_pages_arrived();
  CREATE OR REPLACE TRIGGER portal_changed AFTER UPDATE ON wagtailcore_page
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION portal_pages_changed();
  CREATE OR REPLACE TRIGGER portal_gone AFTER DELETE ON wagtailcore_page
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_pages_gone();
  CREATE OR REPLACE TRIGGER portal_sites AFTER INSERT OR DELETE OR UPDATE OF root_page_id ON wagtailcore_site
    FOR EACH ROW EXECUTE FUNCTION portal_sites_changed();
  CREATE OR REPLACE TRIGGER portal_traeger AFTER INSERT OR DELETE OR UPDATE OF folder_id, kind ON thinka_sites_traeger
    FOR EACH ROW EXECUTE FUNCTION portal_traeger_changed();
  FOR source IN
    SELECT * FROM (VALUES
      ('wagtailcore_pageviewrestriction', 'page_id'),
      ('wagtailcore_pageviewrestriction_groups', 'pageviewrestriction_id'),
      ('wagtailcore_grouppagepermission', 'page_id'),
      ('thinka_sites_pageusergrant', 'content_object_id'),
      ('thinka_sites_pagegroupgrant', 'content_object_id')) AS v(name, page_column)
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_lock BEFORE INSERT OR UPDATE OR DELETE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION portal_lock()', source.name);
    FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
      tables := concat_ws(' ', CASE WHEN event <> 'INSERT' THEN 'OLD TABLE AS old_rows' END,
        CASE WHEN event <> 'DELETE' THEN 'NEW TABLE AS new_rows' END);
      EXECUTE format('CREATE OR REPLACE TRIGGER portal_access_%s AFTER %s ON %I REFERENCING %s
        FOR EACH STATEMENT EXECUTE FUNCTION portal_access_changed(%L)',
        lower(event), event, source.name, tables, source.page_column);
    END LOOP;
  END LOOP;
  -- Collections keep theirs in files.sql.
  FOR source IN
    SELECT * FROM (VALUES
      ('wagtailcore_site', 'INSERT OR DELETE OR UPDATE OF root_page_id'),
      ('thinka_sites_traeger', 'INSERT OR DELETE OR UPDATE OF folder_id, kind'),
      ('wagtailcore_collection', 'INSERT OR DELETE OR UPDATE OF path'),
      ('wagtailcore_collectionviewrestriction', 'INSERT OR UPDATE OR DELETE'),
      ('wagtailcore_collectionviewrestriction_groups', 'INSERT OR UPDATE OR DELETE'),
      ('wagtailcore_groupcollectionpermission', 'INSERT OR UPDATE OR DELETE'),
      -- What a file leaves behind when it goes to another Träger is also what is just being given.
      ('thinka_sites_portalimage', 'UPDATE OF collection_id'),
      ('thinka_sites_portaldocument', 'UPDATE OF collection_id'),
      ('thinka_sites_imageusergrant', 'INSERT'),
      ('thinka_sites_imagegroupgrant', 'INSERT'),
      ('thinka_sites_documentusergrant', 'INSERT'),
      ('thinka_sites_documentgroupgrant', 'INSERT')) AS v(name, events)
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_lock BEFORE %s ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION portal_lock()', source.events, source.name);
  END LOOP;
END $$;
