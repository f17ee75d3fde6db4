// Live changes: what the journal says, told to every open page that may hear of it.
#pragma once

#include "api/route.h"
#include "domain/accounts/accounts.h"
#include "http/live_events.h"
#include "journal/ledger.h"

namespace hezhi::app {

// Publishes every fact from now on; never sealed kinds. The hub must outlive the ledger's facts.
void publish_facts(journal::Ledger& ledger, http::EventHub& hub);

// GET /events. One stream a session; resumed by Last-Event-ID.
api::Route event_route(http::EventHub& hub);

}  // namespace hezhi::app
