// Scrubber: takes the exact values of secrets out of text before anybody sees it: as they are, and
// as JSON, URL and base64 write them. In: secrets, then texts. Out: the text with `(secret)` in
// their place. Values under six bytes are left alone: they would eat ordinary words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace space::secrets {

class Scrubber {
 public:
  static constexpr std::size_t k_shortest = 6;

  void add(std::string_view value);
  std::string scrub(std::string_view text) const;
  bool is_empty() const { return forms_.empty(); }

 private:
  void add_form(std::string form);
  std::vector<std::string> forms_;  // longest first
};

}  // namespace space::secrets
