-- What row-level security can't say, because it sees a row either before or after a change.

-- A role or a grant may have opened the row, but not everything that its columns could be made to say.
CREATE OR REPLACE FUNCTION portal_refuse(reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', reason USING ERRCODE = 'insufficient_privilege';
END $$;

-- A role, or a grant to publish, lets one change what the page with this path and id shows.
CREATE OR REPLACE FUNCTION portal_shows(path text, id int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT portal_works(path, id, portal_told('show_paths')::jsonb, portal_told('show_pages')::jsonb)
$$;

-- The page is published, and no role or grant lets one change what it shows.
CREATE OR REPLACE FUNCTION portal_needs_publisher(page int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page p WHERE p.id = page AND p.live AND portal_shows(p.path::text, p.id) IS NOT TRUE)
$$;

-- Pages: a grant opens one for editing, but never for moving. What a page is, and what it translates, says who
-- reads and edits it, too: that stays.
CREATE OR REPLACE FUNCTION portal_guard_page() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE edit_paths text[] := portal_texts('edit_paths');
BEGIN
  IF portal_flag('root') OR NOT row_security_active('wagtailcore_page') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NOT (OLD.path ^@ ANY (edit_paths) AND NEW.path ^@ ANY (edit_paths)) THEN
      IF (NEW.path, NEW.depth) IS DISTINCT FROM (OLD.path, OLD.depth) THEN
        PERFORM portal_refuse('A page is moved only by who may edit there by their role.');
      END IF;
      -- A guest publishes a draft with another address, but doesn't see which ones are taken.
      IF (NEW.slug, NEW.url_path) IS DISTINCT FROM (OLD.slug, OLD.url_path)
        AND NOT portal_address_is_right(NEW.id, NEW.slug, NEW.url_path)
      THEN
        PERFORM portal_refuse('A page gets no address that another one has.');
      END IF;
      IF NEW.owner_id IS DISTINCT FROM OLD.owner_id THEN
        PERFORM portal_refuse('A page is given to somebody else only by who may edit there by their role.');
      END IF;
      IF NEW.alias_of_id IS NOT NULL AND NEW.alias_of_id IS DISTINCT FROM OLD.alias_of_id THEN
        PERFORM portal_refuse('A page becomes an alias only by who may edit it by their role.');
      END IF;
      IF (OLD.live OR NEW.live) AND portal_shows(OLD.path, OLD.id) IS NOT TRUE AND
        (NEW.live, NEW.live_revision_id, NEW.title, NEW.slug, NEW.url_path, NEW.seo_title, NEW.search_description,
          NEW.show_in_menus, NEW.first_published_at, NEW.last_published_at, NEW.go_live_at, NEW.expire_at, NEW.expired)
        IS DISTINCT FROM
        (OLD.live, OLD.live_revision_id, OLD.title, OLD.slug, OLD.url_path, OLD.seo_title, OLD.search_description,
          OLD.show_in_menus, OLD.first_published_at, OLD.last_published_at, OLD.go_live_at, OLD.expire_at, OLD.expired)
      THEN
        PERFORM portal_refuse('What is published is changed only by who may publish it.');
      END IF;
    END IF;
    IF (NEW.content_type_id, NEW.translation_key, NEW.locale_id)
      IS DISTINCT FROM (OLD.content_type_id, OLD.translation_key, OLD.locale_id)
    THEN
      PERFORM portal_refuse('A page stays what it is, and the translation of what it translates.');
    END IF;
  ELSIF portal_translates_elsewhere(NEW.translation_key, edit_paths) THEN
    PERFORM portal_refuse('A page is translated only by who may edit it by their role.');
  END IF;
  IF NEW.alias_of_id IS DISTINCT FROM OLD.alias_of_id AND NOT portal_page_path(NEW.alias_of_id) ^@ ANY (edit_paths) THEN
    PERFORM portal_refuse('An alias is made only by who may edit its source by their role.');
  END IF;
  -- See portal_keep_closed. When the source is deleted it is portal_leftovers that comes here, and is bound by nothing.
  IF TG_OP = 'UPDATE' AND NEW.alias_of_id IS NULL AND OLD.alias_of_id IS NOT NULL
    AND portal_would_open(OLD.id, OLD.alias_of_id)
  THEN
    PERFORM portal_refuse('What followed a page stays as closed as that is.');
  END IF;
  RETURN NEW;
END $$;

-- What a page says, in the tables beside that of pages. Argument: the column that names the page.
CREATE OR REPLACE FUNCTION portal_guard_content() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE page int;
BEGIN
  IF row_security_active(TG_RELID) AND NOT portal_flag('root') THEN
    EXECUTE format('SELECT $1.%I', TG_ARGV[0]) INTO page USING coalesce(NEW, OLD);
    IF portal_needs_publisher(page) THEN
      PERFORM portal_refuse('What is published is changed only by who may publish it.');
    END IF;
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

-- What a row belongs to: whoever works on two pages could else take it from one to the other, where they may delete it.
CREATE OR REPLACE FUNCTION portal_guard_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF row_security_active(TG_RELID) AND NOT portal_flag('root') THEN
    PERFORM portal_refuse('What belongs to a page stays with it.');
  END IF;
  RETURN NEW;
END $$;

-- What is to be published at a later time: the service that does it asks nobody.
CREATE OR REPLACE FUNCTION portal_guard_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE page int := NEW.object_id;
BEGIN
  IF row_security_active(TG_RELID) AND NOT portal_flag('root')
    AND portal_shows(portal_page_path(page), page) IS NOT TRUE
  THEN
    PERFORM portal_refuse('A time for publishing is set only by who may publish.');
  END IF;
  RETURN NEW;
END $$;

-- What is to be published at a later time is not live before. Binds everybody, the owner too: this is no matter of who
-- asks. By the clock, not by the beginning of the transaction, in which that time may have come.
CREATE OR REPLACE FUNCTION portal_guard_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A page is not live before its time.' USING ERRCODE = 'check_violation';
END $$;

-- What somebody said stays theirs; others may answer it and say that it is settled.
CREATE OR REPLACE FUNCTION portal_guard_comment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF row_security_active(TG_RELID) AND NOT portal_flag('root')
    AND (NEW.user_id IS DISTINCT FROM OLD.user_id OR OLD.user_id::text IS DISTINCT FROM portal_told('person'))
  THEN
    PERFORM portal_refuse('A comment is changed only by who wrote it.');
  END IF;
  RETURN NEW;
END $$;

-- Files: a grant opens one for editing, but never for moving.
CREATE OR REPLACE FUNCTION portal_guard_collection() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE file_paths text[] := portal_texts('file_paths');
BEGIN
  IF row_security_active(TG_RELID) AND NOT portal_flag('root')
    AND NOT (portal_collection_path(OLD.collection_id) ^@ ANY (file_paths)
      AND portal_collection_path(NEW.collection_id) ^@ ANY (file_paths))
  THEN
    PERFORM portal_refuse('A file is moved only by who may change files there by their role.');
  END IF;
  RETURN NEW;
END $$;

-- Rows that open what they point to: only what was in sight before. Foreign keys are checked past RLS.
-- Arguments: the column, the table that it points to, and perhaps the name under which the database was told the
-- id of something else that may be pointed to.
CREATE OR REPLACE FUNCTION portal_guard_reference() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE in_sight boolean;
BEGIN
  IF row_security_active(TG_RELID) AND NOT portal_flag('root') THEN
    EXECUTE format('SELECT $1.%1$I IS NULL OR EXISTS (SELECT FROM %2$I r WHERE r.id = $1.%1$I)', TG_ARGV[0], TG_ARGV[1])
      INTO in_sight USING NEW;
    IF NOT in_sight AND TG_NARGS = 3 THEN
      in_sight := to_jsonb(NEW) ->> TG_ARGV[0] = portal_told(TG_ARGV[2]);
    END IF;
    IF in_sight IS NOT TRUE THEN
      PERFORM portal_refuse('What is hidden is not pointed to.');
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- Grants: of a level that there is for what they are on, and in nobody else's name. The permissions of a page are more,
-- and so are those of other models; what becomes of these was never thought of.
-- Arguments: the app and the model of what is granted, its levels, what tells its path, and the list of paths in which
-- grants are given.
CREATE OR REPLACE FUNCTION portal_guard_grant() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE path text;
BEGIN
  IF NOT EXISTS (
    SELECT FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id
    WHERE p.id = NEW.permission_id AND c.app_label = TG_ARGV[0] AND c.model = TG_ARGV[1]
      AND p.codename = ANY (string_to_array(TG_ARGV[2], ' ')))
  THEN
    PERFORM portal_refuse('There is no grant of this kind.');
  END IF;
  IF TG_OP = 'UPDATE' AND row_security_active(TG_RELID) AND NOT portal_flag('root')
    AND NEW.granted_by_id IS DISTINCT FROM OLD.granted_by_id
    AND NEW.granted_by_id::text IS DISTINCT FROM portal_told('person')
  THEN
    PERFORM portal_refuse('A grant is given in one''s own name.');
  END IF;
  -- The policy says the same, but of what the statement saw when it began. Perhaps it waited since then for a move to
  -- another Träger; a statement in here sees that.
  IF TG_OP = 'INSERT' AND row_security_active(TG_RELID) AND NOT portal_flag('root') THEN
    EXECUTE format('SELECT %I($1)', TG_ARGV[3]) INTO path USING NEW.content_object_id;
    IF (path ^@ ANY (portal_texts(TG_ARGV[4]))) IS NOT TRUE THEN
      PERFORM portal_refuse('A grant is given by the head of the Träger.');
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- People change their name, language and password, but not what they may do.
CREATE OR REPLACE FUNCTION portal_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF row_security_active('thinka_sites_user') AND NOT portal_flag('root')
    AND (NEW.id, NEW.is_superuser, NEW.is_active, NEW.left_at, NEW.email)
      IS DISTINCT FROM (OLD.id, OLD.is_superuser, OLD.is_active, OLD.left_at, OLD.email)
  THEN
    PERFORM portal_refuse('Only administrators change accounts.');
  END IF;
  RETURN NEW;
END $$;

-- What points to a deleted row goes with it or is emptied, as its model says, also where whoever deletes does not
-- see it or may not write it. Django reaches only what they may write; the foreign key would then refuse the deletion.
-- Arguments, four for each: the column pointed to, what points to it (table and column), "delete" or "empty".
CREATE OR REPLACE FUNCTION portal_leftovers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM old_rows) THEN
    RETURN NULL;
  END IF;
  FOR i IN 0 .. TG_NARGS - 1 BY 4 LOOP
    EXECUTE format(
      CASE TG_ARGV[i + 3] WHEN 'delete' THEN 'DELETE FROM %2$I' WHEN 'empty' THEN 'UPDATE %2$I SET %3$I = NULL' END
        || ' WHERE %3$I IN (SELECT %1$I FROM old_rows)',
      TG_ARGV[i], TG_ARGV[i + 1], TG_ARGV[i + 2]);
  END LOOP;
  RETURN NULL;
END $$;

DO $$
DECLARE guarded record; said text;
BEGIN
  FOR guarded IN
    SELECT * FROM (VALUES
      ('wagtailcore_revision', 'object_id'), ('wagtailcore_revision', 'base_content_type_id'),
      ('wagtailcore_workflowstate', 'object_id'), ('wagtailcore_workflowstate', 'base_content_type_id'),
      ('wagtailcore_taskstate', 'workflow_state_id'),
      ('wagtailcore_comment', 'page_id'), ('wagtailcore_commentreply', 'comment_id')) AS v(name, belongs)
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_guard_%1$s BEFORE UPDATE ON %2$I FOR EACH ROW
      WHEN (OLD.%1$I IS DISTINCT FROM NEW.%1$I) EXECUTE FUNCTION portal_guard_place()', guarded.belongs, guarded.name);
  END LOOP;
  CREATE OR REPLACE TRIGGER portal_guard BEFORE INSERT ON wagtailcore_page
    FOR EACH ROW EXECUTE FUNCTION portal_guard_page();
  -- Drafts, locks and counts change with nothing else: these are most of the changes.
  -- Column by column, here and below: PostgreSQL writes a comparison of more than two columns at once in another
  -- way after a dump and its restore, and RLS would seem to be changed (see fingerprint.sql).
  CREATE OR REPLACE TRIGGER portal_guard_changes BEFORE UPDATE ON wagtailcore_page
    FOR EACH ROW WHEN (
      OLD.path IS DISTINCT FROM NEW.path OR OLD.depth IS DISTINCT FROM NEW.depth
      OR OLD.slug IS DISTINCT FROM NEW.slug OR OLD.url_path IS DISTINCT FROM NEW.url_path
      OR OLD.content_type_id IS DISTINCT FROM NEW.content_type_id OR OLD.translation_key IS DISTINCT FROM NEW.translation_key
      OR OLD.locale_id IS DISTINCT FROM NEW.locale_id OR OLD.alias_of_id IS DISTINCT FROM NEW.alias_of_id
      OR OLD.owner_id IS DISTINCT FROM NEW.owner_id OR OLD.live IS DISTINCT FROM NEW.live
      OR OLD.live_revision_id IS DISTINCT FROM NEW.live_revision_id OR OLD.title IS DISTINCT FROM NEW.title
      OR OLD.seo_title IS DISTINCT FROM NEW.seo_title OR OLD.search_description IS DISTINCT FROM NEW.search_description
      OR OLD.show_in_menus IS DISTINCT FROM NEW.show_in_menus OR OLD.first_published_at IS DISTINCT FROM NEW.first_published_at
      OR OLD.last_published_at IS DISTINCT FROM NEW.last_published_at OR OLD.go_live_at IS DISTINCT FROM NEW.go_live_at
      OR OLD.expire_at IS DISTINCT FROM NEW.expire_at OR OLD.expired IS DISTINCT FROM NEW.expired)
    EXECUTE FUNCTION portal_guard_page();
  CREATE OR REPLACE TRIGGER portal_guard_time BEFORE INSERT OR UPDATE OF live, go_live_at ON wagtailcore_page
    FOR EACH ROW WHEN (NEW.live AND NEW.go_live_at > clock_timestamp()) EXECUTE FUNCTION portal_guard_time();
  CREATE OR REPLACE TRIGGER portal_guard BEFORE INSERT ON wagtailcore_revision
    FOR EACH ROW WHEN (NEW.approved_go_live_at IS NOT NULL) EXECUTE FUNCTION portal_guard_schedule();
  CREATE OR REPLACE TRIGGER portal_guard_changes BEFORE UPDATE ON wagtailcore_revision
    FOR EACH ROW WHEN (coalesce(OLD.approved_go_live_at, NEW.approved_go_live_at) IS NOT NULL AND
      (OLD.approved_go_live_at IS DISTINCT FROM NEW.approved_go_live_at
        OR OLD.content IS DISTINCT FROM NEW.content OR OLD.object_id IS DISTINCT FROM NEW.object_id))
    EXECUTE FUNCTION portal_guard_schedule();
  FOREACH said IN ARRAY ARRAY['wagtailcore_comment', 'wagtailcore_commentreply'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_guard BEFORE UPDATE ON %I FOR EACH ROW
      WHEN ((OLD.text, OLD.user_id) IS DISTINCT FROM (NEW.text, NEW.user_id))
      EXECUTE FUNCTION portal_guard_comment()', said);
  END LOOP;
  FOR guarded IN
    SELECT * FROM (VALUES ('thinka_sites_portalimage'), ('thinka_sites_portaldocument')) AS v(name)
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_guard BEFORE UPDATE ON %I FOR EACH ROW
      WHEN (OLD.collection_id <> NEW.collection_id) EXECUTE FUNCTION portal_guard_collection()', guarded.name);
  END LOOP;
  FOR guarded IN
    SELECT * FROM (VALUES
      ('wagtailcore_page', 'owner_id', '''thinka_sites_user'''),
      ('thinka_sites_pageusergrant', 'user_id', '''thinka_sites_user'', ''found_person'''),
      ('thinka_sites_imageusergrant', 'user_id', '''thinka_sites_user'', ''found_person'''),
      ('thinka_sites_documentusergrant', 'user_id', '''thinka_sites_user'', ''found_person'''),
      ('wagtailcore_workflowstate', 'current_task_state_id', '''wagtailcore_taskstate'''),
      ('wagtail_localize_stringsegment', 'string_id', '''wagtail_localize_string'''),
      ('wagtail_localize_templatesegment', 'template_id', '''wagtail_localize_template'''))
      AS v(name, foreign_key, arguments)
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_guard_%1$s BEFORE INSERT ON %2$I
      FOR EACH ROW EXECUTE FUNCTION portal_guard_reference(%1$L, %3$s)',
      guarded.foreign_key, guarded.name, guarded.arguments);
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_guard_%1$s_changes BEFORE UPDATE ON %2$I
      FOR EACH ROW WHEN (OLD.%1$I IS DISTINCT FROM NEW.%1$I) EXECUTE FUNCTION portal_guard_reference(%1$L, %3$s)',
      guarded.foreign_key, guarded.name, guarded.arguments);
  END LOOP;
  FOR guarded IN
    SELECT v.*, holder FROM (VALUES
      ('page', 'wagtailcore', 'page', 'view_page change_page publish_page', 'head_paths'),
      ('image', 'thinka_sites', 'portalimage', 'view_portalimage change_portalimage', 'head_file_paths'),
      ('document', 'thinka_sites', 'portaldocument', 'view_portaldocument change_portaldocument', 'head_file_paths'))
      AS v(kind, app, model, levels, heads), unnest(ARRAY['user', 'group']) holder
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER portal_guard BEFORE INSERT OR UPDATE OF permission_id, granted_by_id
      ON thinka_sites_%1$s%2$sgrant FOR EACH ROW EXECUTE FUNCTION portal_guard_grant(%3$L, %4$L, %5$L, %6$L, %7$L)',
      guarded.kind, guarded.holder, guarded.app, guarded.model, guarded.levels,
      format('portal_%s_path', guarded.kind), guarded.heads);
  END LOOP;
  CREATE OR REPLACE TRIGGER portal_guard BEFORE UPDATE ON thinka_sites_user
    FOR EACH ROW EXECUTE FUNCTION portal_guard_account();
END $$;
