#include "domain/secret.h"

#include <cstring>

namespace herald {

Secret::Secret(std::string_view bytes) : bytes_(new char[bytes.size()]), size_(bytes.size()) {
  std::memcpy(bytes_, bytes.data(), size_);
}

Secret::~Secret() {
  if (bytes_ == nullptr) return;
  explicit_bzero(bytes_, size_);
  delete[] bytes_;
}

}  // namespace herald
