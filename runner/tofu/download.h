// One file of a release, from an address by `curl` or from a folder. In: the page, the name below
// it, where to put it, how large it may be. Out: the file, whole as far as the other side says, or
// why not; `Unreachable` alone lets an installation take another way. Only the page's own host is
// asked, and those that the page may send us on to; never less than the scheme that the page has.
// What the bytes are worth is judged elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "runner/tofu/install_steps.h"
#include "runner/tofu/release.h"

namespace space::tofu {

struct Wanted {
  std::string name;    // "v1.12.6/tofu_1.12.6_SHA256SUMS"
  std::string target;  // a path that is free
  std::size_t largest = 0;
};

struct DownloadEnd {
  enum class Kind : std::uint8_t { Done, Unreachable, Refused };
  Kind kind = Kind::Done;
  base::Error error;
};

DownloadEnd download(const ReleasePage& page, const Wanted& wanted,
                     const std::map<std::string, std::string>& environment, InstallSteps& steps,
                     InstallTools& tools);

// May a page at `from` send us on to `to`? Both absolute addresses.
bool may_follow(const ReleasePage& page, const std::string& from, const std::string& to);

}  // namespace space::tofu
