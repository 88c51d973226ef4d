#include "runner/flight/fingerprint.h"

#include <vector>

#include "core/base/hash.h"
#include "core/base/strings.h"
#include "runner/flight/memory.h"
#include "runner/flight/run.h"

namespace space::flight {

namespace {

constexpr std::size_t k_part_digits = 24;
constexpr std::size_t k_most_named = 3;

}  // namespace

std::vector<std::string> differing_parts(const Parts& before, const Parts& now) {
  std::vector<std::string> names;
  for (const auto& [name, digest] : now) {
    const auto found = before.find(name);
    if (found == before.end() || found->second != digest) names.push_back(name);
  }
  for (const auto& [name, digest] : before) {
    if (now.find(name) == now.end()) names.push_back(name);
  }
  return names;
}

std::string parts_in_words(const std::vector<std::string>& names) {
  std::string text;
  const std::size_t shown = names.size() > k_most_named ? k_most_named : names.size();
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == shown && shown == names.size() ? " and " : ", ";
    text += names[i];
  }
  if (names.size() > shown) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

std::string digest_of(const Parts& parts) {
  std::string listing;
  for (const auto& [name, digest] : parts) listing += digest + " " + name + "\n";
  return base::sha256_hex(listing);
}

std::string part_digest(std::string_view bytes) {
  return base::sha256_hex(bytes).substr(0, k_part_digits);
}

std::string why_to_look(const std::optional<LastEnd>& last, const Parts& now,
                        const runplan::Root& root, Looking looking) {
  if (looking == Looking::Always) return "`--refresh` looks at everything";
  if (!root.never_skip.empty())
    return "it is never known to be unchanged: " + base::join(root.never_skip, ", ");
  if (!last) return "no end of it is known here";
  if (last->verdict == "destroyed") return "it was destroyed";
  if (last->verdict != "applied" && last->verdict != "unchanged")
    return "its last end was no good one: " + last->verdict;
  const auto names = differing_parts(last->parts, now);
  if (names.empty()) return "";
  return parts_in_words(names) +
         (names.size() == 1 ? " is not what it was" : " are not what they were");
}

}  // namespace space::flight
