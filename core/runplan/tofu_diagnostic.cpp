#include "core/runplan/tofu_diagnostic.h"

#include <algorithm>

namespace space::runplan {

namespace {

void read_position(JsonReader& in, std::uint32_t& line, std::uint32_t& byte) {
  std::string key;
  std::int64_t number = 0;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "line" && in.read(number)) {
      line = static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, UINT32_MAX));
    } else if (key == "byte" && in.read(number)) {
      byte = static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, UINT32_MAX));
    } else {
      in.skip();
    }
  }
}

void read_range(JsonReader& in, TofuDiagnostic& into) {
  std::string key;
  std::uint32_t last_line = 0;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "filename") {
      in.read(into.file);
    } else if (key == "start") {
      read_position(in, into.line, into.begin);
    } else if (key == "end") {
      read_position(in, last_line, into.end);
    } else {
      in.skip();
    }
  }
}

}  // namespace

void read_text_or_skip(JsonReader& in, std::string& text) {
  if (in.peek() == JsonReader::Kind::String) {
    in.read(text);
  } else {
    in.skip();
  }
}

TofuDiagnostic read_tofu_diagnostic(JsonReader& in) {
  TofuDiagnostic into;
  std::string key, severity;
  if (!in.begin_object()) return into;
  while (in.next_member(key)) {
    const bool is_object = in.peek() == JsonReader::Kind::Object;
    if (key == "severity") {
      in.read(severity);
    } else if (key == "summary") {
      read_text_or_skip(in, into.summary);
    } else if (key == "detail") {
      read_text_or_skip(in, into.detail);
    } else if (key == "address") {
      read_text_or_skip(in, into.address);
    } else if (key == "range" && is_object) {
      read_range(in, into);
    } else if (key == "snippet" && is_object) {
      in.begin_object();
      while (in.next_member(key)) {
        if (key == "code") {
          read_text_or_skip(in, into.snippet);
        } else if (key == "context") {
          read_text_or_skip(in, into.context);
        } else {
          in.skip();
        }
      }
    } else {
      in.skip();
    }
  }
  into.is_error = severity != "warning";
  return into;
}

}  // namespace space::runplan
