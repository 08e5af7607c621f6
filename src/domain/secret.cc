#include "domain/secret.h"

#include <cstring>

namespace herald {

Secret::Secret(std::string_view bytes) : size_(bytes.size()) {
  if (size_ == 0) return;
  bytes_ = new char[size_];
  std::memcpy(bytes_, bytes.data(), size_);
}

Secret::~Secret() {
  if (bytes_ == nullptr) return;
  explicit_bzero(bytes_, size_);
  delete[] bytes_;
}

}  // namespace herald
