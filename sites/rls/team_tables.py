"""Invitations and the records of teams: part of the data of `tables`."""

from sites.rls.conditions import TablePolicies, among

_LED = among("{t}.traeger_id", "head_traeger")

TEAM = {
    "thinka_sites_invitation": TablePolicies(
        read=_LED, about="of the Träger that the person heads; written by functions only, see team.sql"
    ),
    "thinka_sites_teamrecord": TablePolicies(
        read=_LED, about="likewise; nobody changes what is recorded, nor takes it away"
    ),
}
