#include "core/base/hash.h"

#include <openssl/evp.h>

#include "core/base/check.h"
#include "core/base/escapes.h"

namespace space::base {

std::string sha256_hex(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  const int worked = EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  SPACE_CHECK(worked == 1 && size == 32, "OpenSSL gave no SHA-256");
  return to_hex({reinterpret_cast<const char*>(digest), size});
}

}  // namespace space::base
