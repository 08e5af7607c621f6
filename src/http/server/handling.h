// Where the service's code is called, on a worker thread, its exceptions caught. These touch the
// exchange, never the session: that one hears of the outcome through its mailbox.
#pragma once

#include <memory>
#include <string_view>

#include "http/server/exchange.h"
#include "http/server/loop.h"
#include "http/server/message.h"

namespace herald::http {

// Sets exchange->admission, then exchange->admitted. A request without a body that is not refused
// goes straight on to serve(), which saves it a second trip.
void admit(const Loop& loop, Service& service, std::shared_ptr<Exchange> exchange,
           const Mailbox& mailbox);

// Sets exchange->answer, now or whenever the service replies; 500 if it throws or never does.
void serve(const Loop& loop, Service& service, std::shared_ptr<Exchange> exchange,
           const Mailbox& mailbox);

// Sets exchange.sink_takes_more.
void write_sink(const Loop& loop, Exchange& exchange, std::string_view piece);

}  // namespace herald::http
