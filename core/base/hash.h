// SHA-256 (FIPS 180-4) by OpenSSL. In: bytes. Out: 64 lower-case hex digits.
#pragma once

#include <string>
#include <string_view>

namespace space::base {

std::string sha256_hex(std::string_view bytes);

}  // namespace space::base
