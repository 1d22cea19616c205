-- Who is asking. A request tells the database once who it is for; the policies (see tables.py) compare that with
-- the rows. What is told, sealed (see seal.sql), stays in the session until it is told anew or forgotten; without it
-- nothing is seen.
--
--   person        id of the person, empty for visitors
--   root          "on" for administrators
--   area          "admin" (the editing area) or "site"
--   reads         set of the principals that open a page, a collection or a search entry for reading
--   passes        the same for the rows of pages alone, with "d:public" on the sites
--   pass_paths    set of the paths of the pages above those on which the person holds a right: the way there
--   edit_paths    paths of the pages on which and below which a role of the person may write
--   publish_paths … may publish
--   head_paths    … may say who sees what: the folders of the Träger that the person heads
--   work_paths    set of the paths on which and below which a role or a grant lets the person write
--   granted_pages set of the ids of the pages that a grant opens for editing
--   show_paths, show_pages
--                 the same without the grants that open drafts only: there the person changes what is published, too
--   file_paths    paths of the collections in which the person may write
--   head_file_paths … of the Träger that the person heads
--   seen_images, changed_images, seen_documents, changed_documents
--                 sets of the ids that grants open
--   seen_collections
--                 set of the ids of the collections in which these are; they open nothing else in them
--   own_groups    ids of the person's groups
--   near_groups   … and of all groups of the person's Träger and of the shared ones
--   own_traeger   ids of the Träger in which the person has a role
--   head_traeger  … that the person heads
--   permissions   "app.codename" that the person holds without an object
--   site          id of the site that was asked for
--   found_person  id of whom the person has found by an exact e-mail address, to give them a grant

CREATE OR REPLACE FUNCTION portal_flag(name text) RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$
  SELECT coalesce(portal_told(name), '') = 'on'
$$;
CREATE OR REPLACE FUNCTION portal_texts(name text) RETURNS text[] LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$
  SELECT coalesce(portal_told(name)::text[], '{}')
$$;

-- A set, told as the keys of an object: these are sorted, so that one of thousands is found quickly.
CREATE OR REPLACE FUNCTION portal_set(members text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(member, 0), '{}')::text FROM unnest(members) member
$$;

-- Forgets who is asking.
CREATE OR REPLACE FUNCTION portal_clear_identity() RETURNS void LANGUAGE sql AS $$
  SELECT set_config('portal.' || name, '', false)
  FROM unnest(ARRAY['person', 'root', 'area', 'reads', 'passes', 'pass_paths', 'edit_paths', 'publish_paths', 'head_paths',
    'work_paths', 'granted_pages', 'show_paths', 'show_pages', 'file_paths', 'head_file_paths', 'seen_collections', 'seen_images',
    'changed_images', 'seen_documents', 'changed_documents', 'own_groups', 'near_groups', 'own_traeger', 'head_traeger', 'permissions',
    'site', 'found_person'])
    AS told(name)
$$;

-- The grants in force of one person, on pages, documents and pictures.
CREATE OR REPLACE FUNCTION portal_grants_of(holder bigint, groups bigint[])
RETURNS TABLE (kind text, object_id int, codename text, subtree boolean, principal text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT held.kind, held.object_id, p.codename, held.subtree, held.principal
  FROM (
    SELECT 'page' AS kind, content_object_id AS object_id, permission_id, subtree, expires_at,
      CASE WHEN expires_at IS NOT NULL THEN 'ux:' || id END AS principal
    FROM thinka_sites_pageusergrant WHERE user_id = holder
    UNION ALL
    SELECT 'page', content_object_id, permission_id, subtree, expires_at,
      CASE WHEN expires_at IS NOT NULL THEN 'gx:' || id END
    FROM thinka_sites_pagegroupgrant WHERE group_id = ANY (groups)
    UNION ALL
    SELECT 'image', content_object_id, permission_id, false, expires_at, NULL
    FROM thinka_sites_imageusergrant WHERE user_id = holder
    UNION ALL
    SELECT 'image', content_object_id, permission_id, false, expires_at, NULL
    FROM thinka_sites_imagegroupgrant WHERE group_id = ANY (groups)
    UNION ALL
    SELECT 'document', content_object_id, permission_id, false, expires_at, NULL
    FROM thinka_sites_documentusergrant WHERE user_id = holder
    UNION ALL
    SELECT 'document', content_object_id, permission_id, false, expires_at, NULL
    FROM thinka_sites_documentgroupgrant WHERE group_id = ANY (groups)
  ) held JOIN auth_permission p ON p.id = held.permission_id
  WHERE held.expires_at IS NULL OR held.expires_at > now()
$$;

-- The paths of the pages above those on which a person holds a right: a grant (`granted`: ids of pages), or one of
-- their groups.
CREATE OR REPLACE FUNCTION portal_pass_paths(granted int[], groups bigint[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH held AS (
    SELECT path FROM wagtailcore_page WHERE id = ANY (granted)
    UNION                    -- a grant on a page holds for its translations at the same Träger
    SELECT t.path
    FROM wagtailcore_page o JOIN wagtailcore_page t USING (translation_key)
    WHERE o.id = ANY (granted) AND o.locale_id = portal_source_locale() AND left(t.path, 8) = left(o.path, 8)
    UNION
    SELECT p.path FROM wagtailcore_grouppagepermission g JOIN wagtailcore_page p ON p.id = g.page_id
    WHERE g.group_id = ANY (groups)
  )
  SELECT coalesce(array_agg(DISTINCT prefix), '{}') FROM held, unnest(portal_lineage(left(held.path, -4))) prefix
$$;

-- The principals with which a person reads: on the sites, or in the editing area, where what other Träger publish
-- is out of reach but what the shared ones publish is theirs to link to.
CREATE OR REPLACE FUNCTION portal_reads(who bigint, where_to text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH known AS (SELECT u.id FROM thinka_sites_user u WHERE u.id = who AND u.is_active),
  groups AS (
    SELECT coalesce(array_agg(m.group_id::bigint), '{}') AS ids
    FROM thinka_sites_user_groups m WHERE m.user_id = (SELECT id FROM known))
  SELECT ARRAY['any']
    || CASE WHEN where_to = 'site' THEN ARRAY['public'] ELSE '{}' END
    || coalesce((
      SELECT ARRAY['u:' || known.id, CASE WHEN where_to = 'site' THEN 'staff' ELSE 'shared' END]
        || (SELECT coalesce(array_agg('g:' || id), '{}') FROM unnest(groups.ids) id)
        || (SELECT coalesce(array_agg(held.principal), '{}') FROM portal_grants_of(known.id, groups.ids) held
            WHERE held.kind = 'page' AND held.principal IS NOT NULL)
      FROM known), '{}')
  FROM groups
$$;

-- Tells the database who is asking, for which area and host. Returns the person (null for a visitor, also where
-- the account is switched off), whether they are an administrator, the principals with which they read, and the number
-- of the request. `proof` is a seal that only the application can make, over all of that and the number that this
-- connection had before (see seal.py): it holds once, and nowhere else. With another one or none, nobody is asking
-- (`signed` is false), but there is a new number for the next try.
CREATE OR REPLACE FUNCTION portal_set_identity(
  who bigint, where_to text, host text, port int, proof text,
  OUT signed boolean, OUT person bigint, OUT root boolean, OUT reads text[], OUT number bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own_groups bigint[];
  own_traeger bigint[];
  working boolean;
  grants record;
  roles record;
  granted record;
BEGIN
  signed := false;
  IF proof IS NOT NULL THEN
    BEGIN
      signed := coalesce(proof = portal_seal(concat_ws(':', 'enter', currval('thinka_sites_request'),
        coalesce(who::text, '-'), where_to, portal_set_identity.port, portal_set_identity.host)), false);
    EXCEPTION WHEN object_not_in_prerequisite_state THEN
      NULL;  -- the connection has no number: it is new, or a statement has discarded it
    END;
  END IF;
  number := nextval('thinka_sites_request');
  PERFORM portal_clear_identity();
  IF NOT signed THEN
    RETURN;
  END IF;
  SELECT u.id, u.is_superuser INTO person, root FROM thinka_sites_user u WHERE u.id = who AND u.is_active;
  root := coalesce(root, false);
  working := person IS NOT NULL AND where_to = 'admin';
  PERFORM portal_tell('area', where_to),
    portal_tell('person', coalesce(person::text, '')),
    portal_tell('root', CASE WHEN root THEN 'on' ELSE '' END),
    portal_tell('site', coalesce((
      SELECT s.id::text FROM wagtailcore_site s WHERE s.hostname = portal_set_identity.host OR s.is_default_site
      ORDER BY s.hostname = portal_set_identity.host DESC, s.port = portal_set_identity.port DESC, s.is_default_site DESC LIMIT 1
    ), ''));
  reads := portal_reads(person, where_to);
  PERFORM portal_tell('reads', portal_set(reads)),
    portal_tell('passes',
      portal_set(reads || CASE WHEN where_to = 'site' THEN ARRAY['d:public'] ELSE '{}' END));
  IF person IS NOT NULL THEN
    SELECT coalesce(array_agg(g.group_id), '{}') INTO own_groups FROM thinka_sites_user_groups g WHERE g.user_id = person;
    SELECT array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'image') AS seen_images,
      array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'image' AND held.codename LIKE 'change%') AS changed_images,
      array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'document') AS seen_documents,
      array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'document' AND held.codename LIKE 'change%') AS changed_documents,
      array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'page') AS seen_pages,
      array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'page' AND held.codename <> 'view_page') AS pages,
      array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'page' AND held.codename <> 'view_page' AND held.subtree) AS trees,
      array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'page' AND held.codename = 'publish_page') AS shown,
      array_agg(DISTINCT held.object_id) FILTER (WHERE held.kind = 'page' AND held.codename = 'publish_page' AND held.subtree) AS shown_trees
    INTO grants FROM portal_grants_of(person, own_groups) held;
    PERFORM portal_tell('pass_paths', portal_set(portal_pass_paths(grants.seen_pages, own_groups)));
    PERFORM portal_tell('own_groups', own_groups::text),
      portal_tell('seen_images', portal_set(grants.seen_images::text[])),
      portal_tell('seen_documents', portal_set(grants.seen_documents::text[])),
      portal_tell('seen_collections', (
        SELECT portal_set(array_agg(DISTINCT f.collection_id::text)) FROM (
          SELECT collection_id FROM thinka_sites_portalimage WHERE id = ANY (grants.seen_images)
          UNION ALL SELECT collection_id FROM thinka_sites_portaldocument WHERE id = ANY (grants.seen_documents)
        ) f));
    SELECT coalesce(array_agg(DISTINCT r.traeger_id), '{}') INTO own_traeger
    FROM thinka_sites_traegerrole r WHERE r.group_id = ANY (own_groups);
    PERFORM portal_tell('own_traeger', own_traeger::text),
      portal_tell('near_groups', (own_groups || (
        SELECT coalesce(array_agg(r.group_id), '{}')
        FROM thinka_sites_traegerrole r JOIN thinka_sites_traeger t ON t.id = r.traeger_id
        WHERE t.id = ANY (own_traeger) OR t.kind <> 'traeger'))::text);
  END IF;
  IF working THEN
    PERFORM portal_tell('changed_images', portal_set(grants.changed_images::text[])),
      portal_tell('changed_documents', portal_set(grants.changed_documents::text[])),
      portal_tell('permissions', (
        SELECT coalesce(array_agg(DISTINCT c.app_label || '.' || p.codename), '{}')
        FROM auth_group_permissions gp JOIN auth_permission p ON p.id = gp.permission_id
          JOIN django_content_type c ON c.id = p.content_type_id
        WHERE gp.group_id = ANY (own_groups))::text);
    SELECT coalesce(array_agg(DISTINCT p.path), '{}') AS edit,
      coalesce(array_agg(DISTINCT p.path) FILTER (WHERE a.codename = 'publish_page'), '{}') AS publish
    INTO roles
    FROM wagtailcore_grouppagepermission g JOIN wagtailcore_page p ON p.id = g.page_id
      JOIN auth_permission a ON a.id = g.permission_id
    WHERE g.group_id = ANY (own_groups);
    -- A grant on a page holds for its translations at the same Träger.
    SELECT array_agg(DISTINCT p.id::text) AS ids,
      array_agg(DISTINCT p.path) FILTER (WHERE o.id = ANY (grants.trees)) AS trees,
      array_agg(DISTINCT p.id::text) FILTER (WHERE o.id = ANY (grants.shown)) AS shown,
      array_agg(DISTINCT p.path) FILTER (WHERE o.id = ANY (grants.shown_trees)) AS shown_trees
    INTO granted
    FROM wagtailcore_page o JOIN wagtailcore_page p ON p.id = o.id
      OR (p.translation_key = o.translation_key AND o.locale_id = portal_source_locale()
        AND left(p.path, 8) = left(o.path, 8))
    WHERE o.id = ANY (grants.pages);
    PERFORM portal_tell('edit_paths', roles.edit::text),
      portal_tell('publish_paths', roles.publish::text),
      portal_tell('granted_pages', portal_set(granted.ids)),
      portal_tell('work_paths', portal_set(roles.edit || granted.trees)),
      portal_tell('show_pages', portal_set(granted.shown)),
      portal_tell('show_paths', portal_set(roles.edit || granted.shown_trees));
    PERFORM portal_tell('head_paths', coalesce(array_agg(p.path), '{}')::text),
      portal_tell('head_file_paths', coalesce(array_agg(c.path), '{}')::text),
      portal_tell('head_traeger', coalesce(array_agg(t.id), '{}')::text)
    FROM thinka_sites_traegerrole r JOIN thinka_sites_traeger t ON t.id = r.traeger_id
      JOIN wagtailcore_page p ON p.id = t.folder_id JOIN wagtailcore_collection c ON c.id = t.collection_id
    WHERE r.group_id = ANY (own_groups) AND r.role = 'leitung';
    PERFORM portal_tell('file_paths', coalesce(array_agg(DISTINCT c.path), '{}')::text)
    FROM wagtailcore_groupcollectionpermission g JOIN wagtailcore_collection c ON c.id = g.collection_id
      JOIN auth_permission a ON a.id = g.permission_id
    WHERE g.group_id = ANY (own_groups) AND a.codename ~ '^(add|change)_';
  END IF;
END $$;

-- Before anybody is known: the id of the account with an address, for the login.
CREATE OR REPLACE FUNCTION portal_account(address text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT id FROM thinka_sites_user WHERE lower(email) = lower(address)
$$;

-- For the head of a Träger who gives a grant: the person with exactly this address, wherever they work.
CREATE OR REPLACE FUNCTION portal_person_by_email(address text) RETURNS TABLE (id bigint, first_name text, last_name text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id, u.first_name, u.last_name
  FROM thinka_sites_user u CROSS JOIN LATERAL portal_tell('found_person', u.id::text)
  WHERE lower(u.email) = lower(address) AND u.is_active
    AND (portal_flag('root') OR cardinality(portal_texts('head_paths')) > 0)
$$;

-- The addresses of all sites: the same for everybody, and kept by Wagtail between requests.
CREATE OR REPLACE FUNCTION portal_site_roots()
RETURNS TABLE (site_id int, root_path text, hostname text, port int, language_code text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id, r.url_path, s.hostname, s.port, l.language_code
  FROM wagtailcore_site s JOIN wagtailcore_page root ON root.id = s.root_page_id
    JOIN wagtailcore_page r ON r.translation_key = root.translation_key
    JOIN wagtailcore_locale l ON l.id = r.locale_id
  ORDER BY root.url_path DESC, s.is_default_site DESC, s.hostname
$$;
