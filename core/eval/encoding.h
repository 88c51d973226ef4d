// Bytes as text and digests, for the functions that make them of strings and of files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace space::eval {

enum class HashKind { Md5, Sha1, Sha256, Sha512 };
std::string hash(HashKind kind, std::string_view bytes);  // the digest's bytes

std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(
    std::string_view text);  // with padding; line breaks are skipped

}  // namespace space::eval
