-- What the policies ask about rows of other tables, answered past the policies of these. Without that, the policies of
-- those tables would become part of each query, down to the last one, and planning took longer than answering.
--
-- `reads`, `pass_paths`, `work_paths`, `granted_pages` are what the database was told (see principals.sql).

CREATE OR REPLACE FUNCTION portal_content_type(app text, name text) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT id FROM django_content_type WHERE app_label = app AND model = name);
END $$;

-- Pages

-- A role or a grant lets one write on the page with this path and id.
CREATE OR REPLACE FUNCTION portal_works(path text, id int, work_paths jsonb, granted_pages jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT work_paths ?| portal_lineage(path) OR granted_pages ? id::text
$$;

CREATE OR REPLACE FUNCTION portal_sees_page(page bigint, reads jsonb, pass_paths jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page p WHERE p.id = page AND (reads ?| p.readers OR pass_paths ? p.path::text))
$$;

CREATE OR REPLACE FUNCTION portal_works_on_page(page bigint, work_paths jsonb, granted_pages jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page p
    WHERE p.id = page AND portal_works(p.path::text, p.id, work_paths, granted_pages))
$$;

-- Who keeps a translation of a page that has gone to another Träger works on that translation, not on its source.
CREATE OR REPLACE FUNCTION portal_works_on_key(key uuid, work_paths jsonb, granted_pages jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page p LEFT JOIN wagtailcore_page o
      ON o.translation_key = p.translation_key AND o.locale_id = portal_source_locale()
    WHERE p.translation_key = key AND portal_works(p.path::text, p.id, work_paths, granted_pages)
      AND left(p.path, 8) = left(coalesce(o.path, p.path), 8))
$$;

CREATE OR REPLACE FUNCTION portal_page_path(page bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT path FROM wagtailcore_page WHERE id = page
$$;

CREATE OR REPLACE FUNCTION portal_draft_path(page bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT path FROM wagtailcore_page WHERE id = page AND NOT live
$$;

-- There is a page with this translation key outside the trees `edit_paths`.
CREATE OR REPLACE FUNCTION portal_translates_elsewhere(key uuid, edit_paths text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM wagtailcore_page p WHERE p.translation_key = key AND NOT p.path ^@ ANY (edit_paths))
$$;

-- The page is the version of one at the same Träger in the language in which pages are written first.
CREATE OR REPLACE FUNCTION portal_has_source(page bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page p JOIN wagtailcore_page o USING (translation_key)
    WHERE p.id = page AND o.locale_id = portal_source_locale() AND p.locale_id <> o.locale_id
      AND left(p.path, 8) = left(o.path, 8))
$$;

-- Likewise, and that one is not published, nor will it be at `moment` by its time.
CREATE OR REPLACE FUNCTION portal_waits_for_source(page bigint, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page p JOIN wagtailcore_page o USING (translation_key)
    WHERE p.id = page AND o.locale_id = portal_source_locale() AND p.locale_id <> o.locale_id
      AND left(p.path, 8) = left(o.path, 8) AND NOT o.live AND NOT EXISTS (
        SELECT FROM wagtailcore_revision r
        WHERE r.object_id = o.id::text AND r.base_content_type_id = portal_content_type('wagtailcore', 'page')
          AND r.approved_go_live_at <= moment))
$$;

-- The start page of a site.
CREATE OR REPLACE FUNCTION portal_site_path(site bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.path FROM wagtailcore_site s JOIN wagtailcore_page p ON p.id = s.root_page_id WHERE s.id = site
$$;

CREATE OR REPLACE FUNCTION portal_restricted_page(restriction bigint) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT page_id FROM wagtailcore_pageviewrestriction WHERE id = restriction
$$;

-- Workflows: those of pages that one sees.

CREATE OR REPLACE FUNCTION portal_sees_workflow(workflow bigint, reads jsonb, pass_paths jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_workflowpage w
    WHERE w.workflow_id = workflow AND portal_sees_page(w.page_id, reads, pass_paths))
$$;

CREATE OR REPLACE FUNCTION portal_sees_task(task bigint, reads jsonb, pass_paths jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_workflowtask t
    WHERE t.task_id = task AND portal_sees_workflow(t.workflow_id, reads, pass_paths))
$$;

-- Files

CREATE OR REPLACE FUNCTION portal_collection_path(collection bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT path FROM wagtailcore_collection WHERE id = collection
$$;

CREATE OR REPLACE FUNCTION portal_image_path(image bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.path FROM thinka_sites_portalimage i JOIN wagtailcore_collection c ON c.id = i.collection_id WHERE i.id = image
$$;

CREATE OR REPLACE FUNCTION portal_document_path(document bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.path FROM thinka_sites_portaldocument d JOIN wagtailcore_collection c ON c.id = d.collection_id
  WHERE d.id = document
$$;

-- The logos of sites: only pictures of the Träger whose site it is. What others let one use is not one's own to show to
-- everybody.
CREATE OR REPLACE VIEW portal_logo AS
  SELECT b.logo_id, s.id AS site_id, s.is_default_site, p.path
  FROM thinka_sites_branding b JOIN wagtailcore_site s ON s.id = b.site_id JOIN wagtailcore_page p ON p.id = s.root_page_id
    JOIN thinka_sites_traeger t ON t.site_id = s.id JOIN wagtailcore_collection own ON own.id = t.collection_id
    JOIN thinka_sites_portalimage i ON i.id = b.logo_id JOIN wagtailcore_collection c ON c.id = i.collection_id
  WHERE c.path ^@ own.path;

-- The folder of the Träger to which a picture or document (`kind`) belongs; null where it is nobody's.
CREATE OR REPLACE FUNCTION portal_file_folder(kind text, file bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.path
  FROM thinka_sites_traeger t JOIN wagtailcore_collection own ON own.id = t.collection_id
    JOIN wagtailcore_page f ON f.id = t.folder_id
  -- A Träger has a kind, too.
  WHERE CASE portal_file_folder.kind WHEN 'image' THEN portal_image_path(file) ELSE portal_document_path(file) END ^@ own.path
  ORDER BY length(own.path) DESC LIMIT 1
$$;

-- A grant in force lets somebody use the file who has a role in the Träger with this folder.
CREATE OR REPLACE FUNCTION portal_lends_file(kind text, file bigint, folder text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM (
      SELECT 'image' AS kind, content_object_id, expires_at, group_id FROM thinka_sites_imagegroupgrant
      UNION ALL
      SELECT 'document', content_object_id, expires_at, group_id FROM thinka_sites_documentgroupgrant
      UNION ALL
      SELECT 'image', g.content_object_id, g.expires_at, m.group_id
      FROM thinka_sites_imageusergrant g JOIN thinka_sites_user_groups m USING (user_id)
      UNION ALL
      SELECT 'document', g.content_object_id, g.expires_at, m.group_id
      FROM thinka_sites_documentusergrant g JOIN thinka_sites_user_groups m USING (user_id)
    ) held JOIN thinka_sites_traegerrole r ON r.group_id = held.group_id JOIN thinka_sites_traeger t ON t.id = r.traeger_id
      JOIN wagtailcore_page f ON f.id = t.folder_id
    WHERE held.kind = portal_lends_file.kind AND held.content_object_id = file AND f.path = folder
      AND (held.expires_at IS NULL OR held.expires_at > now()))
$$;

-- A page shows the file that one of the principals `reads` reads. Only pages of its own Träger count (of all, where it
-- is nobody's) and, with `lent`, of those whom a grant lets use it: else a page would open what its author only named.
CREATE OR REPLACE FUNCTION portal_shows_file(kind text, file bigint, reads jsonb, lent boolean DEFAULT true) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT
    FROM (SELECT portal_file_folder(kind, file) AS folder) home
      CROSS JOIN wagtailcore_referenceindex r
      JOIN wagtailcore_page p
        ON p.id = CASE r.base_content_type_id WHEN portal_content_type('wagtailcore', 'page') THEN r.object_id::int END
    WHERE r.to_object_id = file::text AND r.to_content_type_id = portal_content_type('thinka_sites', 'portal' || kind)
      AND reads ?| p.readers
      AND (home.folder IS NULL OR p.path ^@ home.folder OR (lent AND portal_lends_file(kind, file, left(p.path, 8)))))
$$;

-- Groups that are named for a collection (by a role or a restriction) open all that is in it. All others for whom it is
-- meant open what a page shows that they read. `reads`: principals, as a set.
CREATE OR REPLACE FUNCTION portal_sees_file(kind text, file bigint, collection bigint, reads jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_collection c
    WHERE c.id = collection AND (
      reads ?| portal_named_readers(c.readers) OR (reads ?| c.readers AND portal_shows_file(kind, file, reads))))
$$;

-- Everybody may see the file, and nothing but a change that the database notices can end that (a grant ends by itself).
CREATE OR REPLACE FUNCTION portal_public_file(kind text, file bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
      SELECT FROM wagtailcore_collection c
      WHERE c.path = CASE kind WHEN 'image' THEN portal_image_path(file) ELSE portal_document_path(file) END
        AND 'public' = ANY (c.readers))
    AND (portal_shows_file(kind, file, '{"public": 0}', false)
      OR (kind = 'image' AND EXISTS (SELECT FROM portal_logo WHERE logo_id = file)))
$$;

-- Whoever asks: a picture or document has a file of this name, though it may be missing on the disk.
CREATE OR REPLACE FUNCTION portal_names_file(name text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM thinka_sites_portalimage WHERE file = name)
    OR EXISTS (SELECT FROM thinka_sites_portaldocument WHERE file = name)
$$;

CREATE OR REPLACE FUNCTION portal_restricted_files(restriction bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.path FROM wagtailcore_collectionviewrestriction r JOIN wagtailcore_collection c ON c.id = r.collection_id
  WHERE r.id = restriction
$$;

-- Those that somebody sees: on a site its own and that of the main site, and where they edit.
CREATE OR REPLACE FUNCTION portal_logos(site bigint, on_a_site boolean, edit_paths text[]) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(logo_id) FROM portal_logo
  WHERE (on_a_site AND (site_id = site OR is_default_site)) OR path ^@ ANY (edit_paths)
$$;

-- The same for one picture and whoever is asking now.
CREATE OR REPLACE FUNCTION portal_is_logo(image bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$
  SELECT coalesce(image = ANY (portal_logos(
    portal_told('site')::bigint, portal_told('area') = 'site', portal_texts('edit_paths'))), false)
$$;

-- People

CREATE OR REPLACE FUNCTION portal_is_colleague(who bigint, groups bigint[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM thinka_sites_user_groups m WHERE m.user_id = who AND m.group_id = ANY (groups))
$$;

-- Owners of pages, and guests: people who hold a grant.
CREATE OR REPLACE FUNCTION portal_owns_work(who bigint, work_paths jsonb, granted_pages jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page p
    WHERE p.owner_id = who AND portal_works(p.path::text, p.id, work_paths, granted_pages))
$$;

CREATE OR REPLACE FUNCTION portal_is_guest(who bigint, edit_paths text[], file_paths text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM thinka_sites_pageusergrant g
      WHERE g.user_id = who AND portal_page_path(g.content_object_id) ^@ ANY (edit_paths))
    OR EXISTS (SELECT FROM thinka_sites_imageusergrant g
      WHERE g.user_id = who AND portal_image_path(g.content_object_id) ^@ ANY (file_paths))
    OR EXISTS (SELECT FROM thinka_sites_documentusergrant g
      WHERE g.user_id = who AND portal_document_path(g.content_object_id) ^@ ANY (file_paths))
$$;

-- Whether there is a page, picture or document of this number, whoever sees it: a draft that names it is not torn. Anybody
-- who may write a row could ask the same of a foreign key.
CREATE OR REPLACE FUNCTION portal_exists(kind text, number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE kind
    WHEN 'page' THEN EXISTS (SELECT FROM wagtailcore_page p WHERE p.id = number)
    WHEN 'image' THEN EXISTS (SELECT FROM thinka_sites_portalimage i WHERE i.id = number)
    WHEN 'document' THEN EXISTS (SELECT FROM thinka_sites_portaldocument d WHERE d.id = number)
    ELSE false
  END;
END $$;
