// Small string helpers that every room needs. Bytes in, bytes out; UTF-8 unless it says otherwise.
// No locale.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace space::base {

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string_view trim(std::string_view text);  // ASCII white space
std::string to_lower_ascii(std::string_view text);
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

// A byte offset of the first invalid UTF-8 sequence, or nothing. Surrogates and overlong forms are
// invalid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// The candidate nearest to `word` by Damerau-Levenshtein distance, when it is near enough to be
// meant (at most a third of the longer one's length, at least 1). Ties go to the first candidate.
std::optional<std::string_view> closest(std::string_view word,
                                        std::span<const std::string_view> candidates);

std::string counted(std::size_t number, std::string_view noun);  // "1 file", "2 files"

// "`a`", "`a` and `b`", "`a`, `b` and `c`"; at most `limit` names, then "and N more".
std::string list_names(std::span<const std::string> names, std::size_t limit = 8);

}  // namespace space::base
