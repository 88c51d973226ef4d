#include "core/eval/encoding.h"

#include <openssl/evp.h>

#include "core/base/check.h"

namespace space::eval {

namespace {

constexpr std::string_view k_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const EVP_MD* algorithm(HashKind kind) {
  switch (kind) {
    case HashKind::Md5:
      return EVP_md5();
    case HashKind::Sha1:
      return EVP_sha1();
    case HashKind::Sha256:
      return EVP_sha256();
    case HashKind::Sha512:
      return EVP_sha512();
  }
  return nullptr;
}

}  // namespace

std::string hash(HashKind kind, std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  const int done = EVP_Digest(bytes.data(), bytes.size(), digest, &size, algorithm(kind), nullptr);
  SPACE_CHECK(done == 1, "OpenSSL has the digests of every version of tofu");
  return std::string(reinterpret_cast<const char*>(digest), size);
}

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t nth) {
      return i + nth < bytes.size()
                 ? static_cast<unsigned>(static_cast<unsigned char>(bytes[i + nth]))
                 : 0U;
    };
    const unsigned group = byte(0) << 16 | byte(1) << 8 | byte(2);
    out += k_alphabet[group >> 18];
    out += k_alphabet[group >> 12 & 63];
    out += i + 1 < bytes.size() ? k_alphabet[group >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? k_alphabet[group & 63] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  unsigned group = 0;
  int digits = 0, padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') {
      ++padding;
      if (digits + padding > 4 || digits < 2) return std::nullopt;
      continue;
    }
    const std::size_t value = k_alphabet.find(c);
    if (value == std::string_view::npos || padding > 0) return std::nullopt;
    group = group << 6 | static_cast<unsigned>(value);
    if (++digits < 4) continue;
    out += static_cast<char>(group >> 16);
    out += static_cast<char>(group >> 8);
    out += static_cast<char>(group);
    group = 0;
    digits = 0;
  }
  if (digits == 0) return padding == 0 ? std::optional(std::move(out)) : std::nullopt;
  if (digits + padding != 4) return std::nullopt;
  group <<= 6 * (4 - digits);
  out += static_cast<char>(group >> 16);
  if (digits == 3) out += static_cast<char>(group >> 8);
  return out;
}

}  // namespace space::eval
