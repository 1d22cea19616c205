-- The team of a Träger: who is invited, has which role, leaves. No policy lets a web process write the tables of groups,
-- invitations and records; these functions do it, and each checks who asks now, not who it was when the request began.
-- They record what they do, so nothing of it is done without a record. What can't be done tells a word; who may not is refused.

-- The person (of the request or another one) heads the Träger at this moment.
CREATE OR REPLACE FUNCTION portal_heads(who bigint, traeger bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM thinka_sites_user u JOIN thinka_sites_user_groups m ON m.user_id = u.id
      JOIN thinka_sites_traegerrole r ON r.group_id = m.group_id
    WHERE u.id = who AND u.is_active AND r.traeger_id = traeger AND r.role = 'leitung')
$$;

-- Lets only a head of the Träger (or an administrator) in the editing area go on, and only one at a time: two who demote
-- each other at the same moment would leave nobody. Whoever waited may have ceased to be the head meanwhile, so the question
-- comes after the lock. It must see what was committed since; under another isolation it would not.
CREATE OR REPLACE FUNCTION portal_lead(traeger bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF portal_told('area') IS DISTINCT FROM 'admin' OR current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM portal_refuse('A team is changed in the editing area.');
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('portal.team'), hashint8(traeger));
  IF NOT (portal_flag('root') OR portal_heads(portal_told('person')::bigint, traeger)) OR traeger IS NULL THEN
    PERFORM portal_refuse('A team is changed by the head of the Träger.');
  END IF;
END $$;

-- The highest role of a person in a Träger; null where they have none.
CREATE OR REPLACE FUNCTION portal_role_of(who bigint, traeger bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.role FROM thinka_sites_user_groups m JOIN thinka_sites_traegerrole r ON r.group_id = m.group_id
  WHERE m.user_id = who AND r.traeger_id = traeger
  ORDER BY array_position(ARRAY['lesen', 'redaktion', 'freigabe', 'leitung'], r.role::text) DESC LIMIT 1
$$;

CREATE OR REPLACE FUNCTION portal_has_other_head(traeger bigint, who bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM thinka_sites_user u JOIN thinka_sites_user_groups m ON m.user_id = u.id
      JOIN thinka_sites_traegerrole r ON r.group_id = m.group_id
    WHERE u.id <> who AND u.is_active AND r.traeger_id = traeger AND r.role = 'leitung')
$$;

CREATE OR REPLACE FUNCTION portal_record(
  traeger bigint, what text, of_whom bigint, about text, new_role text, old_role text, by_whom bigint
) RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO thinka_sites_teamrecord (traeger_id, action, person_id, about, role, was, by_id, at)
  VALUES (traeger, what, of_whom,
    coalesce(about, (SELECT left(concat_ws(' ', u.first_name, u.last_name), 310) FROM thinka_sites_user u WHERE u.id = of_whom), ''),
    coalesce(new_role, ''), coalesce(old_role, ''), by_whom, clock_timestamp())
$$;

-- Whose account is deleted leaves no name in the records; the foreign key empties the number.
CREATE OR REPLACE FUNCTION portal_record_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.about := '';
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER portal_forgets BEFORE UPDATE OF person_id ON thinka_sites_teamrecord
  FOR EACH ROW WHEN (OLD.person_id IS NOT NULL AND NEW.person_id IS NULL) EXECUTE FUNCTION portal_record_forgets();

-- Whom an administrator switches on again has not left: switched off later, the account stays so whoever invites.
CREATE OR REPLACE FUNCTION portal_account_returns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.left_at := NULL;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER portal_returns BEFORE UPDATE ON thinka_sites_user
  FOR EACH ROW WHEN (NEW.is_active AND NEW.left_at IS NOT NULL) EXECUTE FUNCTION portal_account_returns();

-- Invites an address into a role, in the place of an earlier invitation. Whether there is an account is not looked at:
-- nobody learns it from the answer, nor from its time. `made` is sealed in the token: a later statement could invite once
-- more with a token that was used or withdrawn.
CREATE OR REPLACE FUNCTION portal_invite(
  key uuid, traeger bigint, to_role text, address text, token_digest text, made timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me bigint := portal_told('person')::bigint;
BEGIN
  PERFORM portal_lead(traeger);
  IF NOT EXISTS (SELECT FROM thinka_sites_traegerrole r WHERE r.traeger_id = traeger AND r.role = to_role) THEN
    PERFORM portal_refuse('There is no such role.');
  END IF;
  IF NOT coalesce(made BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp(), false) THEN
    PERFORM portal_refuse('An invitation is made now.');
  END IF;
  DELETE FROM thinka_sites_invitation i WHERE i.traeger_id = traeger AND lower(i.email) = lower(address);
  INSERT INTO thinka_sites_invitation (id, traeger_id, role, email, digest, invited_by_id, created_at, expires_at)
  VALUES (key, traeger, to_role, address, token_digest, me, made, made + interval '7 days');
  PERFORM portal_record(traeger, 'invited', NULL, address, to_role, NULL, me);
END $$;

CREATE OR REPLACE FUNCTION portal_revoke_invitation(key uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found thinka_sites_invitation;
BEGIN
  -- A missing one is refused like a foreign one.
  PERFORM portal_lead((SELECT i.traeger_id FROM thinka_sites_invitation i WHERE i.id = key));
  DELETE FROM thinka_sites_invitation i WHERE i.id = key RETURNING * INTO found;
  IF found.id IS NULL THEN
    PERFORM portal_refuse('There is no such invitation.');
  END IF;
  PERFORM portal_record(found.traeger_id, 'revoked', NULL, found.email, found.role, NULL, portal_told('person')::bigint);
END $$;

-- Somebody in the team may hold a link still: it was sent anew while they accepted the one before. It would bring back
-- the role that is taken from them.
CREATE OR REPLACE FUNCTION portal_forget_invitations(who bigint, traeger bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM thinka_sites_invitation i USING thinka_sites_user u
  WHERE u.id = who AND lower(i.email) = lower(u.email) AND i.traeger_id = traeger
$$;

-- Gives somebody who is in the team another role there, and no other one. Returns "done", or "last head".
CREATE OR REPLACE FUNCTION portal_change_role(who bigint, traeger bigint, to_role text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE new_group int; was text;
BEGIN
  PERFORM portal_lead(traeger);
  -- Who accepts an invitation at the same moment has the role of that first: it is replaced like any other.
  PERFORM FROM thinka_sites_user u WHERE u.id = who FOR NO KEY UPDATE;
  SELECT r.group_id INTO new_group FROM thinka_sites_traegerrole r WHERE r.traeger_id = traeger AND r.role = to_role;
  was := portal_role_of(who, traeger);
  IF new_group IS NULL OR was IS NULL THEN
    PERFORM portal_refuse('There is no such person or role.');
  END IF;
  IF was = 'leitung' AND to_role <> 'leitung' AND NOT portal_has_other_head(traeger, who) THEN
    RETURN 'last head';
  END IF;
  DELETE FROM thinka_sites_user_groups m USING thinka_sites_traegerrole r
  WHERE m.user_id = who AND r.group_id = m.group_id AND r.traeger_id = traeger AND m.group_id <> new_group;
  INSERT INTO thinka_sites_user_groups (user_id, group_id) VALUES (who, new_group) ON CONFLICT DO NOTHING;
  PERFORM portal_forget_invitations(who, traeger);
  IF to_role <> 'leitung' THEN
    DELETE FROM thinka_sites_invitation i WHERE i.invited_by_id = who AND i.traeger_id = traeger;
  END IF;
  PERFORM portal_record(traeger, 'role', who, NULL, to_role, was, portal_told('person')::bigint);
  RETURN 'done';
END $$;

-- Somebody works for the Träger no longer. What else it gave them ends, too: grants and subscriptions. With the last
-- membership the account is switched off, its sessions end, and so does what others gave: whoever invites the person later
-- opens the account, and would open that with it. Returns "done", or "last head".
CREATE OR REPLACE FUNCTION portal_end_membership(who bigint, traeger bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE was text; folder text; files text;
BEGIN
  PERFORM portal_lead(traeger);
  -- Two Träger may end it at the same moment: the second one sees that it was the last.
  PERFORM FROM thinka_sites_user u WHERE u.id = who FOR NO KEY UPDATE;
  was := portal_role_of(who, traeger);
  IF was IS NULL THEN
    PERFORM portal_refuse('There is no such person.');
  END IF;
  IF was = 'leitung' AND NOT portal_has_other_head(traeger, who) THEN
    RETURN 'last head';
  END IF;
  SELECT f.path, c.path INTO folder, files
  FROM thinka_sites_traeger t JOIN wagtailcore_page f ON f.id = t.folder_id JOIN wagtailcore_collection c ON c.id = t.collection_id
  WHERE t.id = traeger;
  DELETE FROM thinka_sites_user_groups m USING thinka_sites_traegerrole r
  WHERE m.user_id = who AND r.group_id = m.group_id AND r.traeger_id = traeger;
  DELETE FROM thinka_sites_user_traeger m WHERE m.user_id = who AND m.traeger_id = traeger;
  DELETE FROM thinka_sites_invitation i WHERE i.invited_by_id = who AND i.traeger_id = traeger;
  PERFORM portal_forget_invitations(who, traeger);
  IF NOT EXISTS (SELECT FROM thinka_sites_user_groups m WHERE m.user_id = who) THEN
    UPDATE thinka_sites_user u SET is_active = false, left_at = clock_timestamp()
    WHERE u.id = who AND u.is_active AND NOT u.is_superuser;
    IF FOUND THEN
      DELETE FROM thinka_sites_session s WHERE s.user_id = who;
      -- Every path begins with nothing.
      folder := '';
      files := '';
    END IF;
  END IF;
  -- Each change, also of nothing, looks at readers.
  IF EXISTS (SELECT FROM thinka_sites_pageusergrant g WHERE g.user_id = who) THEN
    UPDATE thinka_sites_pageusergrant g SET expires_at = now()
    WHERE g.user_id = who AND (g.expires_at IS NULL OR g.expires_at > now()) AND portal_page_path(g.content_object_id) ^@ folder;
  END IF;
  UPDATE thinka_sites_imageusergrant g SET expires_at = now()
  WHERE g.user_id = who AND (g.expires_at IS NULL OR g.expires_at > now()) AND portal_image_path(g.content_object_id) ^@ files;
  UPDATE thinka_sites_documentusergrant g SET expires_at = now()
  WHERE g.user_id = who AND (g.expires_at IS NULL OR g.expires_at > now()) AND portal_document_path(g.content_object_id) ^@ files;
  DELETE FROM wagtailcore_pagesubscription s WHERE s.user_id = who AND portal_page_path(s.page_id) ^@ folder;
  PERFORM portal_record(traeger, 'ended', who, NULL, NULL, was, portal_told('person')::bigint);
  RETURN 'done';
END $$;

-- The invitation that a link opens; null where it is used, withdrawn or over, or where whoever invited has no say any more.
-- The table knows a digest of the link's token. The token is 43 characters at random and a seal, which only the application
-- makes: an injected statement could invite anybody with a token that it knows, but not with one that is sealed.
CREATE OR REPLACE FUNCTION portal_opened(key uuid, token text) RETURNS thinka_sites_invitation
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT i.* FROM thinka_sites_invitation i
  WHERE i.id = key AND i.expires_at > clock_timestamp()
    AND i.digest = encode(sha256(convert_to(token, 'UTF8')), 'hex')
    AND substr(token, 44)
      = portal_seal(concat_ws(':', 'invitation', i.id, i.traeger_id, i.role, extract(epoch FROM i.created_at)::bigint,
        left(token, 43), i.email))
    AND (portal_heads(i.invited_by_id, i.traeger_id)
      OR EXISTS (SELECT FROM thinka_sites_user u WHERE u.id = i.invited_by_id AND u.is_active AND u.is_superuser))
$$;

-- What is known of the account with an address: "new" without one, "returning" where its holder has left all teams (and
-- nobody else has changed anything since), else "known".
CREATE OR REPLACE FUNCTION portal_account_state(address text) RETURNS text
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((
    SELECT CASE WHEN u.left_at IS NOT NULL AND NOT u.is_active AND NOT u.is_superuser
        AND NOT EXISTS (SELECT FROM thinka_sites_user_groups m WHERE m.user_id = u.id) THEN 'returning' ELSE 'known' END
    FROM thinka_sites_user u WHERE lower(u.email) = lower(address)), 'new')
$$;

-- For whoever holds the link: what it is about, and whether the account with the address is theirs or still to be made.
CREATE OR REPLACE FUNCTION portal_invitation(key uuid, token text)
RETURNS TABLE (traeger text, role text, email text, account text, is_mine boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.name, i.role, i.email, portal_account_state(i.email),
    coalesce(portal_account(i.email) = portal_told('person')::bigint, false)
  FROM portal_opened(key, token) i JOIN thinka_sites_traeger t ON t.id = i.traeger_id
$$;

-- Uses an invitation up: of two at the same moment one finds nothing.
CREATE OR REPLACE FUNCTION portal_use_invitation(key uuid, token text) RETURNS thinka_sites_invitation
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE opened thinka_sites_invitation; used thinka_sites_invitation;
BEGIN
  opened := portal_opened(key, token);
  DELETE FROM thinka_sites_invitation i WHERE i.id = opened.id AND i.digest = opened.digest RETURNING * INTO used;
  RETURN used;
END $$;

CREATE OR REPLACE FUNCTION portal_admit(who bigint, invited thinka_sites_invitation) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO thinka_sites_user_groups (user_id, group_id)
  SELECT who, r.group_id FROM thinka_sites_traegerrole r WHERE r.traeger_id = invited.traeger_id AND r.role = invited.role
  ON CONFLICT DO NOTHING;
  INSERT INTO thinka_sites_user_traeger (user_id, traeger_id) VALUES (who, invited.traeger_id) ON CONFLICT DO NOTHING;
  -- So that the address goes with the account.
  UPDATE thinka_sites_teamrecord r SET person_id = who
  WHERE r.traeger_id = invited.traeger_id AND r.person_id IS NULL AND r.about = invited.email;
  PERFORM portal_record(invited.traeger_id, 'joined', who, NULL, invited.role, NULL, who);
END $$;

-- The holder of an account, who is signed in, agrees. Returns whether that was so.
CREATE OR REPLACE FUNCTION portal_accept_invitation(key uuid, token text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me bigint := portal_told('person')::bigint; invited thinka_sites_invitation;
BEGIN
  invited := portal_opened(key, token);
  -- See portal_end_membership.
  PERFORM FROM thinka_sites_user u WHERE u.id = me AND u.is_active AND lower(u.email) = lower(invited.email) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  invited := portal_use_invitation(key, token);
  IF invited.id IS NULL THEN
    RETURN false;
  END IF;
  PERFORM portal_admit(me, invited);
  RETURN true;
END $$;

-- A new person makes an account with the address that was invited; one who has left all teams comes back to theirs.
-- `secret` is what Django makes of a password. Returns whether that was so.
CREATE OR REPLACE FUNCTION portal_join(key uuid, token text, given_name text, family_name text, secret text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE invited thinka_sites_invitation; who bigint;
BEGIN
  invited := portal_use_invitation(key, token);
  IF invited.id IS NULL THEN
    RETURN false;
  END IF;
  CASE portal_account_state(invited.email)
    WHEN 'new' THEN
      INSERT INTO thinka_sites_user (email, password, first_name, last_name, role_title, phone, language, is_superuser,
        is_active, date_joined)
      VALUES (lower(invited.email), secret, given_name, family_name, '', '', 'de', false, true, clock_timestamp())
      ON CONFLICT DO NOTHING RETURNING id INTO who;
    WHEN 'returning' THEN
      UPDATE thinka_sites_user u SET password = secret, first_name = given_name, last_name = family_name, is_active = true
      -- Once more: an administrator, or another invitation, may have changed the account meanwhile.
      WHERE lower(u.email) = lower(invited.email) AND u.left_at IS NOT NULL AND NOT u.is_active AND NOT u.is_superuser
      RETURNING id INTO who;
    ELSE
      NULL;
  END CASE;
  -- Or one that was made at the same moment. The invitation is then as unused as before.
  IF who IS NULL THEN
    PERFORM portal_refuse('Somebody has an account with this address, and agrees there.');
  END IF;
  PERFORM portal_admit(who, invited);
  RETURN true;
END $$;
