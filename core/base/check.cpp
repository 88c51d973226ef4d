#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace space::base {

void check_failed(const char* file, int line, const char* condition, std::string_view message) {
  // __FILE__ is made relative by -ffile-prefix-map, so that no machine's path is printed.
  std::string text(message);
  std::fprintf(stderr,
               "internal error: %s\n  --> %s:%d: `%s` does not hold\n"
               "  = help: this is a bug of ours; please report it with the files that lead to it\n",
               text.c_str(), file, line, condition);
  std::_Exit(70);
}

}  // namespace space::base
