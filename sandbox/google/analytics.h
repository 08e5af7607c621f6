// youtubeanalytics.googleapis.com: reports, over made-up but steady numbers.
// https://developers.google.com/youtube/analytics/reference/reports/query
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

// GET /v2/reports. Supported: no dimension, day, month or video; filters video==a,b and a metric
// list. Yesterday and today are not there yet.
Answer query_report(Context& google, const Call& call);

}  // namespace herald::sandbox::google
