// One dependency lock file for a joint root: the union of those of its procedures. In: their texts,
// as tofu or spacec wrote them. Out: one text, and where two of them pin two versions of one
// provider, for one root cannot hold both. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace space::joint {

struct LockPart {
  std::string id;  // for messages
  std::string text;
};

struct VersionClash {
  std::string provider, first, first_version, second, second_version;
};

struct JoinedLock {
  std::string text;                   // "" where none of them has any
  std::vector<VersionClash> clashes;  // of these the first is in the text
};

JoinedLock join_locks(const std::vector<LockPart>& parts);

}  // namespace space::joint
