// A block that a provider's schema describes, against that schema: which arguments and blocks it
// has, misses and may not have. What a person wrote is judged, not what it evaluates to; the
// values' types come from typing. Not for other rooms.
#pragma once

#include <string>

#include "compiler/check/laws.h"

namespace space::check {

// What the block is, beside what the provider knows: tofu's own arguments and blocks in it.
enum class BodyPlace { Resource, Data, Ephemeral, Configuration, Nested };

struct BodyOwner {
  std::string name;     // "hcloud_server", "data.hcloud_image", "hcloud_server.network"
  std::string version;  // "of hetznercloud/hcloud 1.68.0 as its schemas describe it"
  BodyPlace place = BodyPlace::Nested;
  source::Span header;  // where what is missing is missed
};

void check_body(Context& context, const model::Body& body, const model::BlockSchema& schema,
                const BodyOwner& owner);

}  // namespace space::check
