-- Entries of documents: who finds them on the sites, where they belong, and what follows when that changes.

-- Who finds the documents `ids` on the sites, where everybody reads as "public", and who is logged in as "staff", too.
-- So "the collection is meant for somebody AND a page that they read shows the document" (see portal_sees_file) is one list:
-- the readers of the pages, and "staff" instead of "public" where the collection wants a login.
-- `folder`: of the Träger to which it belongs. `spoken`: the language of the pages that show it; the first one where
-- several or none do. Pages of those to whom a grant lends it open it, but are not counted: a grant ends by itself.
CREATE OR REPLACE FUNCTION portal_search_document_readers(ids bigint[])
RETURNS TABLE (document bigint, folder text, spoken int, readers text[])
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH file AS MATERIALIZED (
    SELECT d.id, c.readers, coalesce(portal_file_folder('document', d.id), '') AS folder
    FROM thinka_sites_portaldocument d JOIN wagtailcore_collection c ON c.id = d.collection_id WHERE d.id = ANY (ids)
  ),
  shown AS MATERIALIZED (
    SELECT f.id, p.locale_id, p.readers
    FROM file f
      JOIN wagtailcore_referenceindex r ON r.to_object_id = f.id::text
        AND r.to_content_type_id = portal_content_type('thinka_sites', 'portaldocument')
      JOIN wagtailcore_page p
        ON p.id = CASE r.base_content_type_id WHEN portal_content_type('wagtailcore', 'page') THEN r.object_id::int END
    WHERE p.path ^@ f.folder
  ),
  opened AS (
    SELECT f.id, unnest(portal_named_readers(f.readers)) AS principal FROM file f
    UNION
    SELECT f.id, CASE WHEN principal IN ('public', 'any') AND NOT f.readers && ARRAY['public', 'any'] THEN 'staff' ELSE principal END
    FROM file f JOIN shown s ON s.id = f.id CROSS JOIN unnest(s.readers) principal
    WHERE f.readers && ARRAY['public', 'any', 'staff'] AND principal NOT IN ('shared', 'd:public')
  )
  SELECT f.id, f.folder,
    (SELECT coalesce(min(s.locale_id) FILTER (WHERE s.locale_id = portal_source_locale()), min(s.locale_id), portal_source_locale())
      FROM shown s WHERE s.id = f.id),
    ARRAY(SELECT o.principal FROM opened o WHERE o.id = f.id ORDER BY o.principal COLLATE "C")
  FROM file f;
END $$;

-- Puts right who finds the documents `ids`, and where they belong. Two transactions that change this for one document
-- come one after the other, and the second one sees what the first has changed: each statement looks anew.
CREATE OR REPLACE FUNCTION portal_search_follow_documents(ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF ids IS NULL OR ids = '{}' THEN
    RETURN;
  END IF;
  PERFORM FROM search_entry WHERE document_id = ANY (ids) ORDER BY id FOR UPDATE;
  WITH fresh AS MATERIALIZED (SELECT * FROM portal_search_document_readers(ids)),
  moved AS (
    UPDATE search_entry e SET readers = f.readers, path = f.folder
    FROM fresh f
    WHERE e.document_id = f.document AND (e.readers, e.path) IS DISTINCT FROM (f.readers, f.folder)
  )
  -- Its words are read in another language.
  INSERT INTO search_change (model, object_id)
  SELECT 'thinka_sites.portaldocument', f.document
  FROM fresh f JOIN search_entry e ON e.document_id = f.document WHERE e.locale_id <> f.spoken;
END $$;

-- Each document has an entry from the beginning, though without words: so whoever changes its readers meanwhile finds it.
CREATE OR REPLACE FUNCTION portal_search_add_documents(ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO search_entry (document_id, path, readers, locale_id, facets, text, sequence, version)
  SELECT id, '', '{}', portal_source_locale(), '{}', '', '', 0 FROM unnest(ids) id
  ON CONFLICT (document_id) DO NOTHING;
  INSERT INTO search_change (model, object_id) SELECT 'thinka_sites.portaldocument', unnest(ids);
  PERFORM portal_search_follow_documents(ids);
END $$;

CREATE OR REPLACE FUNCTION portal_search_document_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM portal_search_add_documents(ARRAY[NEW.id]);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM portal_search_forget_entries(ARRAY(SELECT id FROM search_entry WHERE document_id = OLD.id));
  ELSE
    IF NEW.collection_id <> OLD.collection_id THEN
      PERFORM portal_search_follow_documents(ARRAY[NEW.id]);
    END IF;
    IF (NEW.title, NEW.file, NEW.file_name) IS DISTINCT FROM (OLD.title, OLD.file, OLD.file_name) THEN
      INSERT INTO search_change (model, object_id) VALUES ('thinka_sites.portaldocument', NEW.id);
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_document AFTER INSERT OR UPDATE OR DELETE ON thinka_sites_portaldocument
  FOR EACH ROW EXECUTE FUNCTION portal_search_document_changed();

-- A page began or ceased to show documents.
CREATE OR REPLACE FUNCTION portal_search_references_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_search_follow_documents(ARRAY(
    SELECT DISTINCT r.to_object_id::bigint FROM changed_rows r
    WHERE r.to_content_type_id = portal_content_type('thinka_sites', 'portaldocument')));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_shown AFTER INSERT ON wagtailcore_referenceindex
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_references_changed();
CREATE OR REPLACE TRIGGER portal_search_hidden AFTER DELETE ON wagtailcore_referenceindex
  REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_references_changed();

-- The documents that the pages `pages` show.
CREATE OR REPLACE FUNCTION portal_search_shown_by(pages int[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(
    SELECT DISTINCT r.to_object_id::bigint FROM wagtailcore_referenceindex r
    WHERE r.base_content_type_id = portal_content_type('wagtailcore', 'page') AND r.object_id = ANY (pages::text[])
      AND r.to_content_type_id = portal_content_type('thinka_sites', 'portaldocument'));
END $$;

-- Collections have other readers, or belong to another Träger.
CREATE OR REPLACE FUNCTION portal_search_collections_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_search_follow_documents(ARRAY(
    SELECT d.id FROM thinka_sites_portaldocument d
      JOIN new_rows n ON n.id = d.collection_id JOIN old_rows o ON o.id = n.id
    WHERE (n.readers, n.path) IS DISTINCT FROM (o.readers, o.path)));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_collections AFTER UPDATE ON wagtailcore_collection
  REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_collections_changed();

-- A Träger has other folders: seldom, and there are not many documents.
CREATE OR REPLACE FUNCTION portal_search_traeger_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_search_follow_documents(ARRAY(SELECT id FROM thinka_sites_portaldocument));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_traeger AFTER INSERT OR DELETE OR UPDATE OF collection_id, folder_id ON thinka_sites_traeger
  FOR EACH STATEMENT EXECUTE FUNCTION portal_search_traeger_changed();

-- Names of tags are searched, too.
CREATE OR REPLACE TRIGGER portal_search_tagged AFTER INSERT OR DELETE ON thinka_sites_documenttag
  FOR EACH ROW EXECUTE FUNCTION portal_search_note('thinka_sites.portaldocument', 'content_object_id');
CREATE OR REPLACE FUNCTION portal_search_tag_renamed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO search_change (model, object_id)
  SELECT 'thinka_sites.portaldocument', content_object_id FROM thinka_sites_documenttag WHERE tag_id = NEW.id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_renamed AFTER UPDATE OF name ON thinka_sites_mediatag
  FOR EACH ROW EXECUTE FUNCTION portal_search_tag_renamed();

-- Lets the entries of the documents `ids` be as they should.
CREATE OR REPLACE FUNCTION portal_search_mend_documents(ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_search_forget_entries(ARRAY(
    SELECT e.id FROM search_entry e
    WHERE e.document_id = ANY (ids) AND NOT EXISTS (SELECT FROM thinka_sites_portaldocument d WHERE d.id = e.document_id)));
  PERFORM portal_search_add_documents(ARRAY(
    SELECT d.id FROM thinka_sites_portaldocument d
    WHERE d.id = ANY (ids) AND NOT EXISTS (SELECT FROM search_entry e WHERE e.document_id = d.id)));
  PERFORM portal_search_follow_documents(ids);
END $$;

-- What was stored or deleted while these triggers were not there. Nobody else writes at this moment.
INSERT INTO search_attachment (document_id, file) SELECT id, file FROM thinka_sites_portaldocument
ON CONFLICT (document_id) DO NOTHING;
DELETE FROM search_attachment a WHERE NOT EXISTS (SELECT FROM thinka_sites_portaldocument d WHERE d.id = a.document_id);
SELECT portal_search_mend_documents(ARRAY(
  SELECT id FROM thinka_sites_portaldocument UNION SELECT document_id FROM search_entry WHERE document_id IS NOT NULL));
