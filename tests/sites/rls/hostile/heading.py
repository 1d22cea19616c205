# ruff: noqa: E501 - a try is easier to read on one line
"""What the head of a Träger, whose functions change a team, would try beyond it with any SQL.

Placeholders of `Things.fill`; `{head}` is the head, `{my_invitation}` and `{foreign_invitation}` are open.
"""

_INVITATION = (
    "INSERT INTO thinka_sites_invitation (id, traeger_id, role, email, digest, invited_by_id, created_at, expires_at)"
    " VALUES (gen_random_uuid(), {traeger}, 'leitung', 'x@beispiel.test', 'x', {{head}}, now(), now() + interval '1 day')"
)
_RECORD = (
    "INSERT INTO thinka_sites_teamrecord (traeger_id, action, about, role, was, at)"
    " VALUES ({traeger}, 'joined', 'X', 'leitung', '', now())"
)

# Each must be refused or find nothing. The owner could do all of it.
HEAD_WRITES = {
    "a colleague into the heads": "INSERT INTO thinka_sites_user_groups (user_id, group_id) VALUES ({my_colleague}, {my_heads})",
    "oneself into a foreign group": "INSERT INTO thinka_sites_user_groups (user_id, group_id) VALUES ({head}, {foreign_group})",
    "oneself into the coordination office": "INSERT INTO thinka_sites_user_groups (user_id, group_id) VALUES ({head}, {coordination_heads})",
    "a stranger into the own team": "INSERT INTO thinka_sites_user_groups (user_id, group_id) VALUES ({foreign_user}, {my_group})",
    "a stranger to the own Träger": "INSERT INTO thinka_sites_user_traeger (user_id, traeger_id) VALUES ({foreign_user}, {my_traeger})",
    "a colleague to another Träger": "INSERT INTO thinka_sites_user_traeger (user_id, traeger_id) VALUES ({my_colleague}, {foreign_traeger})",
    "a membership moved": "UPDATE thinka_sites_user_groups SET group_id = {foreign_group} WHERE user_id = {head}",
    "a colleague out, without a record": "DELETE FROM thinka_sites_user_groups WHERE user_id = {my_colleague}",
    "a foreign membership": "DELETE FROM thinka_sites_user_groups WHERE user_id = {foreign_user}",
    "an administrator": "UPDATE thinka_sites_user SET is_superuser = true WHERE id = {head}",
    "a colleague as administrator": "UPDATE thinka_sites_user SET is_superuser = true WHERE id = {my_colleague}",
    "a colleague switched off": "UPDATE thinka_sites_user SET is_active = false WHERE id = {my_colleague}",
    "one who has left, perhaps": "UPDATE thinka_sites_user SET left_at = now() WHERE id = {head}",
    "a group as a role": "UPDATE thinka_sites_traegerrole SET role = 'x' WHERE group_id = {my_group}",
    "a foreign role away": "DELETE FROM thinka_sites_traegerrole WHERE group_id = {foreign_approvers}",
    "another group for a role": "INSERT INTO auth_group (name) VALUES ('Frei')",
    "a right for a role": "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES ({my_heads}, {permission})",
    "an invitation past the function": _INVITATION.format(traeger="{my_traeger}"),
    "an invitation to another Träger": _INVITATION.format(traeger="{foreign_traeger}"),
    "an invitation turned to another role": "UPDATE thinka_sites_invitation SET role = 'leitung' WHERE id = '{my_invitation}'",
    "an invitation for longer": "UPDATE thinka_sites_invitation SET expires_at = now() + interval '1 year' WHERE id = '{my_invitation}'",
    "an invitation gone without a record": "DELETE FROM thinka_sites_invitation WHERE id = '{my_invitation}'",
    "a foreign invitation": "DELETE FROM thinka_sites_invitation WHERE id = '{foreign_invitation}'",
    "a record of what never was": _RECORD.format(traeger="{my_traeger}"),
    "a record of another team": _RECORD.format(traeger="{foreign_traeger}"),
    "another record": "UPDATE thinka_sites_teamrecord SET about = 'X' WHERE traeger_id = {my_traeger}",
    "no record": "DELETE FROM thinka_sites_teamrecord WHERE traeger_id = {my_traeger}",
}

# Each must be refused: functions that only the head of that Träger may use, with the people and roles of it.
HEAD_CALLS = {
    "invite to another Träger": "portal_invite(gen_random_uuid(), {foreign_traeger}, 'leitung', 'x@beispiel.test', 'x', clock_timestamp())",
    "invite to the coordination office": "portal_invite(gen_random_uuid(), {coordination}, 'lesen', 'x@beispiel.test', 'x', clock_timestamp())",
    "invite to no Träger": "portal_invite(gen_random_uuid(), NULL, 'leitung', 'x@beispiel.test', 'x', clock_timestamp())",
    "invite into no role": "portal_invite(gen_random_uuid(), {my_traeger}, 'administrator', 'x@beispiel.test', 'x', clock_timestamp())",
    "invite as of before": "portal_invite(gen_random_uuid(), {my_traeger}, 'leitung', 'x@beispiel.test', 'x', clock_timestamp() - interval '2 minutes')",
    "invite for later": "portal_invite(gen_random_uuid(), {my_traeger}, 'leitung', 'x@beispiel.test', 'x', clock_timestamp() + interval '1 minute')",
    "invite at no time": "portal_invite(gen_random_uuid(), {my_traeger}, 'leitung', 'x@beispiel.test', 'x', NULL)",
    "withdraw a foreign invitation": "portal_revoke_invitation('{foreign_invitation}')",
    "withdraw what is not there": "portal_revoke_invitation(gen_random_uuid())",
    "a foreign role for oneself": "portal_change_role({head}, {foreign_traeger}, 'leitung')",
    "a role of the coordination office": "portal_change_role({head}, {coordination}, 'leitung')",
    "a role for a stranger": "portal_change_role({foreign_user}, {my_traeger}, 'leitung')",
    "a role for an administrator": "portal_change_role({administrator}, {my_traeger}, 'lesen')",
    "another role for a stranger": "portal_change_role({foreign_user}, {foreign_traeger}, 'lesen')",
    "a role that is none": "portal_change_role({my_colleague}, {my_traeger}, 'administrator')",
    "no role": "portal_change_role({my_colleague}, {my_traeger}, NULL)",
    "a role of no Träger": "portal_change_role({my_colleague}, NULL, 'lesen')",
    "end a foreign membership": "portal_end_membership({foreign_user}, {foreign_traeger})",
    "end what is none": "portal_end_membership({foreign_user}, {my_traeger})",
    "end an administrator": "portal_end_membership({administrator}, {my_traeger})",
    # Not callable at all.
    "make a record": "portal_record({my_traeger}, 'joined', {head}, 'X', 'leitung', '', {head})",
    "admit somebody": "portal_admit({foreign_user}, i) FROM thinka_sites_invitation i",
    "ask who heads a Träger": "portal_heads({foreign_user}, {foreign_traeger})",
    "ask what role somebody has": "portal_role_of({foreign_user}, {foreign_traeger})",
    "ask about an account": "portal_account_state('{foreign_email}')",
    "take an invitation away": "portal_forget_invitations({my_colleague}, {my_traeger})",
    "open an invitation": "portal_opened('{my_invitation}', 'x')",
    "hold a lock": "portal_lead({my_traeger})",
}
