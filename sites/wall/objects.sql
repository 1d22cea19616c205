-- What the policies ask about rows of other tables, answered past the walls of these. Without that, the policies of
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

CREATE OR REPLACE FUNCTION portal_page_type(page bigint) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT content_type_id FROM wagtailcore_page WHERE id = page
$$;

-- There is a page with this translation key outside the trees `edit_paths`.
CREATE OR REPLACE FUNCTION portal_translates_elsewhere(key uuid, edit_paths text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM wagtailcore_page p WHERE p.translation_key = key AND NOT p.path ^@ ANY (edit_paths))
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

CREATE OR REPLACE FUNCTION portal_sees_collection(collection bigint, reads jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM wagtailcore_collection c WHERE c.id = collection AND reads ?| c.readers)
$$;

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

CREATE OR REPLACE FUNCTION portal_public_image(image bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'public' = ANY (c.readers)
  FROM thinka_sites_portalimage i JOIN wagtailcore_collection c ON c.id = i.collection_id WHERE i.id = image
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

-- The logos that somebody sees: of the site that was asked for, of the main site, and where they edit. Only pictures
-- of the Träger whose site it is: what others let one use is not one's own to show to everybody.
CREATE OR REPLACE FUNCTION portal_logos(site bigint, on_a_site boolean, edit_paths text[]) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(b.logo_id)
  FROM thinka_sites_branding b JOIN wagtailcore_site s ON s.id = b.site_id JOIN wagtailcore_page p ON p.id = s.root_page_id
    JOIN thinka_sites_traeger t ON t.site_id = s.id JOIN wagtailcore_collection own ON own.id = t.collection_id
    JOIN thinka_sites_portalimage i ON i.id = b.logo_id JOIN wagtailcore_collection c ON c.id = i.collection_id
  WHERE (s.id = site OR (s.is_default_site AND on_a_site) OR p.path ^@ ANY (edit_paths)) AND c.path ^@ own.path
$$;

-- The same for one picture and whoever is asking now.
CREATE OR REPLACE FUNCTION portal_is_logo(image bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(image = ANY (portal_logos(
    nullif(current_setting('portal.site', true), '')::bigint,
    current_setting('portal.area', true) = 'site',
    portal_texts('edit_paths'))), false)
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
