// videoCategories.list, and which of them a video may have.
#pragma once

#include <string_view>

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

bool assignable_category(std::string_view id);
Answer list_categories(Context& google, const Call& call);

}  // namespace herald::sandbox::google
