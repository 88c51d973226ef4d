// What providers take as secrets and their schemas do not mark, and which arguments are shown to
// everybody whatever stands in them: names, tags, labels (law 7). Data, with where it comes from;
// what a schema marks is not repeated. In: where an argument stands. Out: whether it is one.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace space::stdlib {

// A schema says what it marks; without one, arguments are judged by what providers call secrets.
enum class SchemaKnown : std::uint8_t { Yes, No };

struct SecretPlace {
  std::string_view source;    // of the provider: "ovh/ovh"; "" for tofu's own
  std::string_view resource;  // "" for the provider's configuration
  std::string_view argument;  // with the blocks that it stands in: "bgp.md5_key"
  SchemaKnown schema = SchemaKnown::Yes;
};

bool is_secret_argument(const SecretPlace& place);

// Of the key providers of a remote's `encryption`.
bool is_secret_of_encryption(std::string_view argument);

// A name, a tag, a label, what decides how many there are: it stands in plans, in consoles of the
// provider, in bills. Command lines too.
bool is_shown_argument(std::string_view argument);

// "provisioner.command": what every process of the machine that runs it can read.
bool is_command_line(std::string_view argument);

}  // namespace space::stdlib
