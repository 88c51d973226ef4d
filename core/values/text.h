// Unicode as the language needs it. UTF-8 in and out.
#pragma once

#include <string>
#include <string_view>

namespace space::values {

std::string normalize_nfc(std::string text);  // invalid UTF-8 is left as it is

}  // namespace space::values
