// JsonReader: a strict reader of JSON text (RFC 8259, UTF-8), pulled value by value, without a
// tree. In: the bytes, which must outlive it. Out: one value at a time; numbers as their decimal
// text, so that none loses a digit. The first mistake sticks: every later call answers false, and
// `error()` says what and where. Depth is bounded. Never throws.
//
//   if (in.begin_object()) while (in.next_member(key)) { if (key == "id") in.read(id); else
//   in.skip(); }
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace space::base {

class JsonReader {
 public:
  enum class Kind : std::uint8_t { Null, Bool, Number, String, Array, Object, Nothing };
  static constexpr int k_depth = 192;

  explicit JsonReader(std::string_view text) : text_(text) {}

  Kind peek();  // of the value that stands next; Nothing at the end and after a mistake
  bool begin_object();
  bool next_member(std::string& key);  // false at the end of the object, which it consumes
  bool begin_array();
  bool next_element();  // false at the end of the array, which it consumes
  bool read(std::string& text);
  bool read(bool& value);
  bool read(std::int64_t& value);  // a whole number that fits
  bool read_number(std::string_view& text);
  bool read_null();
  bool skip() { return !raw().empty(); }
  std::string_view raw();  // the whole text of the next value, checked; empty after a mistake
  bool finish();           // nothing but white space follows

  bool fail(std::string message);  // a mistake found by the caller; false
  bool failed() const { return failed_; }
  const std::string& error() const { return error_; }
  std::string_view problem() const { return std::string_view(error_).substr(place_); }  // alone
  std::size_t offset() const { return at_; }

 private:
  void skip_space();
  bool expect(char c, const char* what);
  bool enter();
  bool word(std::string_view text);
  bool scan_number(std::string_view& text);
  bool scan_string(std::string* out);
  bool scan_escape(std::string* out);
  bool hex4(std::uint32_t& unit);
  bool first_or_comma(char closing, bool& closed);

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool fresh_ = false;  // directly after an opening bracket
  bool failed_ = false;
  std::string error_;
  std::size_t place_ = 0;  // of `error_`: where what is wrong begins, behind its place
};

}  // namespace space::base
