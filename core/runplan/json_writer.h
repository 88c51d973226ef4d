// JsonWriter: JSON text appended to one string, keys in the order they are written. It is for the
// contract's own files, where the same data must give the same bytes and a tree of JSON nodes would
// cost more than the text. The caller keeps the nesting right; a key that stands for a default can
// be left out by the caller. No pretty printing but `line()`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace space::runplan {

// Appends `text` as a JSON string. Control characters and DEL are escaped; bytes that are no UTF-8
// become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

// A JSON text that was read as such, without the white space between its tokens: how a document is
// indented is no part of a value.
std::string compact_json(std::string_view json);

class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void line() {
    wants_line_ = true;
  }  // the next element, or the closing bracket, starts on a new line

  void key(std::string_view name);
  void string(std::string_view text);
  void integer(std::int64_t value);
  void boolean(bool value);         // NOLINT: the value itself
  void raw(std::string_view json);  // already JSON

  void member(std::string_view name, std::string_view text) {
    key(name);
    string(text);
  }
  void member(std::string_view name, std::int64_t value) {
    key(name);
    integer(value);
  }
  void member_true(std::string_view name) {
    key(name);
    boolean(true);
  }
  void strings(std::string_view name, const std::vector<std::string>& list);  // always written
  void strings_if_any(std::string_view name,
                      const std::vector<std::string>& list);  // left out when empty

  std::string take() { return std::move(text_); }
  const std::string& text() const { return text_; }
  void reserve(std::size_t bytes) { text_.reserve(bytes); }

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();

  std::string text_;
  bool needs_comma_ = false;
  bool wants_line_ = false;
};

}  // namespace space::runplan
