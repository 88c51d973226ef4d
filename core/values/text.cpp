#include "core/values/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace space::values {

std::string normalize_nfc(std::string text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return text;
  utf8proc_uint8_t* normalized = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &normalized,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return text;
  std::string result(reinterpret_cast<const char*>(normalized), static_cast<std::size_t>(size));
  std::free(normalized);
  return result;
}

}  // namespace space::values
