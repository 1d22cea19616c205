-- The text in documents: what is noted with a document, and what goes with it.

CREATE OR REPLACE FUNCTION portal_attachment_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM search_attachment WHERE document_id = OLD.id;
  ELSIF TG_OP = 'INSERT' OR NEW.file IS DISTINCT FROM OLD.file THEN
    -- Nothing of the file before is shown or found any more.
    INSERT INTO search_attachment AS a (document_id, file) VALUES (NEW.id, NEW.file)
    ON CONFLICT (document_id) DO UPDATE
    SET file = NEW.file, state = 'waiting', reason = '', text = '', pages = NULL, shortened = false, noted_at = now();
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_attachment AFTER INSERT OR DELETE OR UPDATE OF file ON thinka_sites_portaldocument
  FOR EACH ROW EXECUTE FUNCTION portal_attachment_follow();
