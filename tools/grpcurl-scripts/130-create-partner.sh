#!/usr/bin/env bash
# PartnerAdminService.CreatePartner, GetPartner, ListPartners.
. "$(dirname "$0")/lib.sh"
admin() { rpc "$ONSALE_COMMAND" "onsale.partner.v1.PartnerAdminService/$1" "$(token operator olga)"; }
answer="$(echo "{\"request_id\": \"$(new_id)\", \"name\": \"Kiosk 7\"}" | admin CreatePartner)"
echo "$answer"
expect "state" "$(get .partner.state <<<"$answer")" PARTNER_STATE_ACTIVE
get .partner.partnerId <<<"$answer" | save partner
expect "name" "$(echo "{\"partner_id\": \"$(load partner)\"}" | admin GetPartner | get .partner.name)" "Kiosk 7"
expect "newest" "$(echo '{"page_size": 1}' | admin ListPartners | get '.partners[0].partnerId')" "$(load partner)"
