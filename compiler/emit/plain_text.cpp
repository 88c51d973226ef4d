#include "compiler/emit/chunk.h"

namespace space::emit {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads as far as it is sure; the grammar is a small part of HCL's, without any optional white
// space.
class PlainReader {
 public:
  explicit PlainReader(std::string_view text) : text_(text) {}

  bool whole() { return expression(0) && at_ == text_.size(); }

 private:
  static constexpr int k_depth = 16;

  char now() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (now() != c) return false;
    ++at_;
    return true;
  }

  bool name() {
    if (!is_letter(now())) return false;
    while (is_letter(now()) || is_digit(now()) || now() == '-') ++at_;
    return true;
  }

  bool number() {
    if (!is_digit(now())) return false;
    while (is_digit(now())) ++at_;
    if (now() != '.') return true;
    ++at_;
    if (!is_digit(now())) return false;
    while (is_digit(now())) ++at_;
    return true;
  }

  // A string alone; `"${x}"` is not plain, as the formatter unwraps it.
  bool string(int depth) {
    if (!take('"')) return false;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\') {
        at_ += 2;
      } else if (c == '%' && text_.substr(at_, 2) == "%{") {
        return false;
      } else if (c == '$' && text_.substr(at_, 2) == "${") {
        if (at_ > begin && text_[at_ - 1] == '$') return false;
        const bool opens = at_ == begin;
        at_ += 2;
        if (!expression(depth + 1) || !take('}')) return false;
        if (opens && now() == '"') return false;
      } else if (c == '\n') {
        return false;
      } else {
        ++at_;
      }
    }
    return false;
  }

  // Items with one comma and one space between them; no trailing comma.
  bool items(char closing, int depth) {
    if (take(closing)) return true;
    do {
      if (!expression(depth + 1)) return false;
      if (text_.substr(at_, 3) == "...") at_ += 3;
    } while (take(',') && take(' '));
    return text_[at_ - 1] != ',' && take(closing);
  }

  bool expression(int depth) {
    if (depth > k_depth) return false;
    if (now() == '[') {
      ++at_;
      if (!items(']', depth)) return false;
    } else if (now() == '"') {
      if (!string(depth)) return false;
    } else if (is_digit(now())) {
      return number();
    } else {
      if (!name()) return false;
      if (take('(') && !items(')', depth)) return false;
    }
    return steps(depth);
  }

  bool steps(int depth) {
    for (;;) {
      if (now() == '.' && text_.substr(at_, 3) != "...") {
        ++at_;
        if (!name()) return false;
      } else if (take('[')) {
        if (!expression(depth + 1) || !take(']')) return false;
      } else {
        return true;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_plainly_formatted(std::string_view expression) { return PlainReader(expression).whole(); }

}  // namespace space::emit
