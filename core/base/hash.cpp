#include "core/base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

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

Result<std::string> sha256_hex_of_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"),
                                                             &std::fclose);
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   &EVP_MD_CTX_free);
  if (file == nullptr) return Error{std::strerror(errno), ""};
  SPACE_CHECK(context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1,
              "OpenSSL gave no SHA-256");
  std::array<char, std::size_t{1} << 16U> piece{};
  while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), file.get()))
    EVP_DigestUpdate(context.get(), piece.data(), count);
  if (std::ferror(file.get()) != 0) return Error{"it cannot be read", ""};
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), digest, &size);
  return to_hex({reinterpret_cast<const char*>(digest), size});
}

}  // namespace space::base
