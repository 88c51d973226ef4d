// What no compiler can follow out of a text of tofu's: data sources (they see the world as it is,
// by name too) and provisioners. In: the text of `.tf` files or bodies. Out: what stands in it,
// sorted, each once. It reads block headers alone and knows strings and comments well enough not to
// be fooled by them.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace space::emit {

struct Unfollowed {
  std::set<std::string>
      data;  // types of data sources and ephemeral resources: "external", "hcloud_image"
  std::set<std::string> provisioners;  // "local-exec"
  bool empty() const { return data.empty() && provisioners.empty(); }
};

void find_unfollowed(std::string_view text, Unfollowed& found);
// The same of a `.tf.json` file.
void find_unfollowed_json(std::string_view text, Unfollowed& found);

}  // namespace space::emit
