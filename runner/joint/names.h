// Names in a joint root: the procedure whose place in the run plan is 7 is called as
// `module.p00007` there, its output `id` is the joint root's `p00007__id`, and its given variable
// `size` likewise. All of one length, so that none begins another. In: a root's place. Out: names,
// and back.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace space::joint {

std::string module_name(std::size_t root);                        // "p00007"
std::string module_address(std::size_t root);                     // "module.p00007"
std::string inner_name(std::size_t root, std::string_view name);  // "p00007__id"

struct Inner {
  std::size_t root = 0;
  std::string name;  // an output, or an address inside of the procedure; "" for all of it
};
std::optional<Inner> split_name(std::string_view joint_name);        // "p00007__id"
std::optional<Inner> split_address(std::string_view joint_address);  // "module.p00007.x.y"

// tofu's words without our modules: "module.p00007.terraform_data.x" -> "terraform_data.x".
std::string without_modules(std::string_view text);

}  // namespace space::joint
