// Gives a C library's thing back: std::unique_ptr<BIGNUM, Releaser<BN_free>>.
#pragma once

namespace herald {

template <auto release>
struct Releaser {
  void operator()(auto* thing) const { release(thing); }
};

}  // namespace herald
