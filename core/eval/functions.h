// The functions a static expression may call: tofu's own, by name, with their signatures. A
// function that cannot run before tofu does (time, random, …) is known, and `deferred`. File
// functions read through FunctionContext::files, relative to `folder`, and every file they read is
// reported to `on_read` (it becomes an input of the build).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/filesystem.h"
#include "core/values/value.h"

namespace space::eval {

// What a call of a function that cannot run before tofu is: a mistake (static positions), or a
// value not known yet (text that tofu will evaluate).
enum class DeferredCalls { Report, Unknown };

struct FunctionContext {
  DeferredCalls deferred_calls = DeferredCalls::Report;
  const base::FileSystem* files =
      nullptr;               // null: what file functions read is unknown (typing wants types alone)
  std::string folder = ".";  // the folder of the .space file
  std::function<void(const std::string& path)> on_read;
  // templatefile: parses and evaluates a template's text with these variables (driver gives it;
  // core parses nothing).
  std::function<values::Value(const std::string& path, const std::string& text,
                              const values::Value& variables, std::string& error)>
      render_template;
};

struct Parameter {
  std::string_view name;
  values::Type type;
  bool allow_null = false;
  bool allow_unknown =
      false;  // the function sees unknown arguments itself; else the result is unknown
  bool allow_marked = false;  // likewise for marks; else they are taken off and put on the result
};

struct FunctionError {
  std::size_t argument = 0;  // which one is to blame; npos for the call itself
  std::string message;
  bool deferred = false;  // only tofu can do this call; nothing is wrong with it
  static constexpr std::size_t k_call = static_cast<std::size_t>(-1);
};

struct FunctionResult {
  std::optional<values::Value> value;
  FunctionError error;
};

enum class FunctionPhase { Static, Deferred };

struct Function {
  std::string_view name;
  FunctionPhase phase = FunctionPhase::Static;
  std::vector<Parameter> parameters;
  std::optional<Parameter> variadic;
  values::Type result;  // the declared one; `any` where it depends on the arguments
  // The type of the result from argument types alone, where it can be said better than `result`;
  // may be empty.
  std::function<values::Type(std::span<const values::Type>)> result_type;
  // What is wrong whatever the unknown ones of these arguments will be; may be empty.
  std::function<std::optional<FunctionError>(std::span<const values::Value>)> check;
  std::function<FunctionResult(std::span<const values::Value>, const FunctionContext&)>
      call;  // empty for deferred ones
};

const Function* find_function(std::string_view name);  // also by `core::name`; nullptr when unknown
std::vector<std::string_view> function_names();        // sorted

}  // namespace space::eval
