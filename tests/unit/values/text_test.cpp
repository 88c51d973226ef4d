#include "core/values/text.h"

#include <catch2/catch.hpp>

namespace space::values {

TEST_CASE("columns of a terminal") {
  CHECK(count_columns("") == 0);
  CHECK(count_columns("abc") == 3);
  CHECK(count_columns("\u65e5\u672c") == 4);
  CHECK(count_columns("e\u0301") == 1);                     // an accent of its own
  CHECK(count_columns("\u200b\u00ad") <= 1);                // what is not seen
  CHECK(count_columns("\U0001f680") == 2);                  // an emoji
  CHECK(count_columns("\u2764\ufe0f") == 2);                // a sign that is to be shown as one
  CHECK(count_columns("\U0001f468\u200d\U0001f469") >= 2);  // joined: terminals differ
  CHECK(count_columns("\x1b\n\t") == 0);
  CHECK(count_columns("a\xff"
                      "b") == 3);       // no UTF-8: one for the sign in its place
  CHECK(count_columns("\ue0b0") == 1);  // private use
}

}  // namespace space::values
