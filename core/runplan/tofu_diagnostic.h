// A diagnostic as tofu prints it under `-json`: `tofu validate`'s document and the lines of `plan`
// and `apply` have the same object. In: a JsonReader at that object. Out: what both programs show
// of it, with the place in the generated file; what is unknown is passed over.
#pragma once

#include <cstdint>
#include <string>

#include "core/runplan/json_reader.h"

namespace space::runplan {

struct TofuDiagnostic {
  bool is_error = true;
  std::string summary, detail, address;
  std::string file;  // relative to the root's folder; "": about no place
  std::uint32_t line = 0;
  std::uint32_t begin = 0, end = 0;  // bytes
  std::string snippet;
  std::string context;  // the block that the place is in: `module "m"`
};

TofuDiagnostic read_tofu_diagnostic(JsonReader& in);

// A text where one stands; anything else (null) is passed over.
void read_text_or_skip(JsonReader& in, std::string& text);

}  // namespace space::runplan
