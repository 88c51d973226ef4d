// Result<T>: the answer of something that the world can refuse (files, processes, foreign JSON).
// In: a value or an Error. Out: exactly one of them. The names follow std::expected, so that a
// later swap is mechanical. A mistake in the user's program is not a Result but a diagnostic; a bug
// of ours is SPACE_CHECK. Must not throw.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace space::base {

struct Error {
  std::string message;  // what happened, lower case, no period
  std::string help;     // what would work; may be empty
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)  // NOLINT: implicit by design
      : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  const T& value() const& {
    SPACE_CHECK(has_value(), error_text());
    return std::get<0>(state_);
  }
  T& value() & {
    SPACE_CHECK(has_value(), error_text());
    return std::get<0>(state_);
  }
  T&& value() && {
    SPACE_CHECK(has_value(), error_text());
    return std::get<0>(std::move(state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  const Error& error() const {
    SPACE_CHECK(!has_value(), "error() of a Result that holds a value");
    return std::get<1>(state_);
  }

 private:
  std::string error_text() const {
    return has_value() ? std::string() : std::get<1>(state_).message;
  }
  std::variant<T, Error> state_;
};

struct Done {};  // Result<Done>: it worked, there is nothing to say
using Status = Result<Done>;

}  // namespace space::base

// SPACE_TRY(auto x, f()); takes the value or returns the error from the calling function.
#define SPACE_TRY_CONCAT_(a, b) a##b
#define SPACE_TRY_NAME_(a, b) SPACE_TRY_CONCAT_(a, b)
#define SPACE_TRY(declaration, expression)                                     \
  auto SPACE_TRY_NAME_(space_try_, __LINE__) = (expression);                   \
  if (!SPACE_TRY_NAME_(space_try_, __LINE__))                                  \
    return SPACE_TRY_NAME_(space_try_, __LINE__).error();                      \
  /* `auto x` takes no brackets: NOLINTNEXTLINE(bugprone-macro-parentheses) */ \
  declaration = std::move(*SPACE_TRY_NAME_(space_try_, __LINE__))
#define SPACE_TRY_STATUS(expression) \
  if (auto space_try_status = (expression); !space_try_status) return space_try_status.error()
