// SHA-256 (FIPS 180-4) by OpenSSL. In: bytes, or a file on the disk of any size. Out: 64 lower-case
// hex digits.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace space::base {

std::string sha256_hex(std::string_view bytes);
Result<std::string> sha256_hex_of_file(const std::string& path);  // read piece by piece

}  // namespace space::base
