#include "core/base/hash.h"

#include <openssl/evp.h>

#include "core/base/check.h"

namespace space::base {

std::string sha256_hex(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  const int worked = EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  SPACE_CHECK(worked == 1 && size == 32, "OpenSSL gave no SHA-256");
  constexpr char k_digits[] = "0123456789abcdef";
  std::string hex(64, '0');
  for (std::size_t i = 0; i < 32; ++i) {
    hex[2 * i] = k_digits[digest[i] >> 4];
    hex[2 * i + 1] = k_digits[digest[i] & 15];
  }
  return hex;
}

}  // namespace space::base
