// A flow's status as openapi names it: that the code is being exchanged is nobody's business.
#pragma once

#include "domain/account.h"

namespace herald::http {

inline const char* shown_status(FlowStatus status) {
  switch (status) {
    case FlowStatus::waiting:
      return "waiting";
    case FlowStatus::returned:
    case FlowStatus::working:
      return "returned";
    case FlowStatus::choose:
      return "choose";
    case FlowStatus::connected:
      return "connected";
    case FlowStatus::denied:
      return "denied";
    case FlowStatus::failed:
      break;
  }
  return "failed";
}

}  // namespace herald::http
