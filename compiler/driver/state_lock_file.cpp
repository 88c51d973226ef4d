#include "compiler/driver/state_lock_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <source_location>

#include "core/base/json_reader.h"
#include "core/base/strings.h"
#include "core/runplan/json_writer.h"
#include "core/values/render.h"

namespace space::driver {

namespace {

using base::JsonReader;

constexpr std::string_view k_format = "space.lock/1";

bool read_strings(JsonReader& in, std::vector<std::string>& into) {
  if (!in.begin_array()) return false;
  while (in.next_element()) {
    std::string text;
    if (!in.read(text)) return false;
    into.push_back(std::move(text));
  }
  return !in.failed();
}

bool read_providers(JsonReader& in, std::vector<model::LockedProvider>& into) {
  if (!in.begin_array()) return false;
  while (in.next_element()) {
    model::LockedProvider provider;
    std::string key;
    if (!in.begin_object()) return false;
    while (in.next_member(key)) {
      const bool fine = key == "name"     ? in.read(provider.name)
                        : key == "source" ? in.read(provider.source)
                        : key == "configurations"
                            ? read_strings(in, provider.configurations)
                            : in.fail("there is no member `" + key + "` here");
      if (!fine) return false;
    }
    into.push_back(std::move(provider));
  }
  return !in.failed();
}

bool is_provider(const model::LockedProvider& provider) {
  return values::is_identifier(provider.name) && !provider.source.empty();
}

// One line: the format, a provider's version, or a state.
struct Line {
  std::string format, state, digest;
  model::LockedVersion version;
  model::LockedState entry;
  std::size_t name_begin = 0, name_end = 0;

  bool read(JsonReader& in) {
    if (!in.begin_object()) return false;
    std::string key;
    while (in.next_member(key)) {
      if (!read_member(in, key)) return false;
    }
    return !in.failed() && in.finish();
  }

 private:
  bool read_member(JsonReader& in, const std::string& key) {
    if (key == "format") return in.read(format);
    if (key == "provider") return in.read(version.source);
    if (key == "version") return in.read(version.version);
    if (key == "stage") return in.read(entry.stage);
    if (key == "address") return in.read(entry.address);
    if (key == "backend") return in.read(entry.backend);
    if (key == "digest") return in.read(digest);
    if (key == "providers") return read_providers(in, entry.providers);
    if (key != "state") return in.fail("there is no member `" + key + "` here");
    (void)in.peek();
    name_begin = in.offset();
    if (!in.read(state)) return false;
    name_end = in.offset();
    return true;
  }
};

class Reader {
 public:
  Reader(const source::SourceFile& file, source::FileId id, diagnostics::DiagnosticSink& sink)
      : text_(file.text()), id_(id), sink_(sink) {}

  model::StateLock read() {
    lock_.is_there = true;
    bool is_first = true;
    for (const std::string_view line : base::split(text_, '\n')) {
      begin_ = static_cast<std::size_t>(line.data() - text_.data());
      if (base::trim(line).empty()) continue;
      if (is_conflict(line)) {
        unreadable(
            line, "it holds a merge's conflict",
            "keep the lines of both sides, take the three marks out, and run `spacec build`");
        break;  // what stands between the marks would be reported as if it were meant
      }
      if (!(is_first ? read_format(line) : read_line(line))) break;
      is_first = false;
    }
    std::sort(lock_.states.begin(), lock_.states.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    find_repeats();
    std::sort(lock_.versions.begin(), lock_.versions.end(),
              [](const auto& a, const auto& b) { return a.source < b.source; });
    const auto same = [](const auto& a, const auto& b) { return a.source == b.source; };
    lock_.versions.erase(std::unique(lock_.versions.begin(), lock_.versions.end(), same),
                         lock_.versions.end());
    return std::move(lock_);
  }

 private:
  static bool is_conflict(std::string_view line) {
    return line.starts_with("<<<<<<<") || line.starts_with("=======") ||
           line.starts_with(">>>>>>>") || line.starts_with("|||||||");
  }

  void unreadable(std::string_view line, std::string_view why, std::string_view help,
                  std::source_location origin = std::source_location::current()) {
    lock_.is_whole = false;
    const source::Span span{id_, static_cast<std::uint32_t>(begin_),
                            static_cast<std::uint32_t>(begin_ + line.size())};
    sink_.report(diagnostics::lock_unreadable, {span, origin}, why).help(std::string(help));
  }

  bool read_format(std::string_view line) {
    Line parsed;
    JsonReader in(line);
    if (parsed.read(in) && parsed.format == k_format) return true;
    unreadable(line, fmt::format("its first line is not `{{\"format\":\"{}\"}}`", k_format),
               "take the file from version control; a newer spacec may have written it");
    return false;
  }

  // False where no line behind this one is worth a look.
  bool read_line(std::string_view line) {
    constexpr const char* k_from_git = "take the line from version control";
    Line parsed;
    JsonReader in(line);
    if (!parsed.read(in)) {
      unreadable(line, in.problem(), k_from_git);
      return true;
    }
    if (!parsed.version.source.empty()) {
      lock_.versions.push_back(std::move(parsed.version));
      return true;
    }
    model::LockedState& entry = parsed.entry;
    const auto name = model::parse_state_name(parsed.state);
    if (!name) {
      unreadable(line, "a state is called `ENV/SPACE/MISSION/PROCEDURE`", k_from_git);
    } else if (const auto problem = model::address_problem(entry.address); !problem.empty()) {
      unreadable(line, fmt::format("its `address` is none: {}", problem), k_from_git);
    } else if (!std::all_of(entry.providers.begin(), entry.providers.end(), is_provider)) {
      unreadable(line, "a provider has a `name` that tofu takes, and a `source`", k_from_git);
    } else if (parsed.digest != model::state_digest(entry.backend, entry.address)) {
      unreadable(line, "its `digest` is not that of its `backend` and `address`",
                 "it was edited by hand: take the line from version control; `spacec adopt` "
                 "records another address");
    } else {
      entry.name = *name;
      entry.span = {id_, static_cast<std::uint32_t>(begin_ + parsed.name_begin),
                    static_cast<std::uint32_t>(begin_ + parsed.name_end)};
      lock_.states.push_back(std::move(entry));
    }
    return true;
  }

  // By name they stand side by side.
  void find_repeats() {
    auto& states = lock_.states;
    for (std::size_t i = 1; i < states.size(); ++i) {
      if (states[i].name != states[i - 1].name) continue;
      begin_ = states[i].span.begin;
      unreadable(text_.substr(begin_, states[i].span.size()), "this state stands here twice",
                 "keep the line whose address holds the state");
    }
    const auto same = [](const auto& a, const auto& b) { return a.name == b.name; };
    states.erase(std::unique(states.begin(), states.end(), same), states.end());
  }

  std::string_view text_;
  source::FileId id_;
  diagnostics::DiagnosticSink& sink_;
  std::size_t begin_ = 0;  // of the line that is read
  model::StateLock lock_;
};

void write_providers(runplan::JsonWriter& out, const std::vector<model::LockedProvider>& list) {
  if (list.empty()) return;
  out.key("providers");
  out.begin_array();
  for (const model::LockedProvider& provider : list) {
    out.begin_object();
    out.member("name", provider.name);
    out.member("source", provider.source);
    out.strings_if_any("configurations", provider.configurations);
    out.end_object();
  }
  out.end_array();
}

std::string line_of(const model::LockedState& state) {
  runplan::JsonWriter out;
  out.begin_object();
  out.member("state", model::to_string(state.name));
  out.member("stage", state.stage);
  out.member("address", state.address);
  out.member("backend", state.backend);
  out.member("digest", model::state_digest(state.backend, state.address));
  write_providers(out, state.providers);
  out.end_object();
  return out.take() + "\n";
}

}  // namespace

model::StateLock read_state_lock(const base::FileSystem& files, const std::string& project_folder,
                                 source::SourceSet& sources, diagnostics::DiagnosticSink& sink) {
  model::StateLock lock;
  const std::string path = base::join_path(project_folder, model::k_state_lock);
  if (files.stat(path).kind == base::FileKind::Missing) return lock;
  auto bytes = files.read(path);
  if (!bytes) {
    lock.is_whole = false;
    sink.report(diagnostics::lock_unreadable, source::Span(), bytes.error().message)
        .help("it is a file beside the project file, written by `spacec build` and committed");
    return lock;
  }
  const source::FileId id = sources.put(path, std::move(*bytes));
  return Reader(sources.file(id), id, sink).read();
}

std::string write_state_lock(const model::StateLock& lock) {
  std::string text = fmt::format("{{\"format\":\"{}\"}}\n", k_format);
  for (const model::LockedVersion& version : lock.versions) {
    runplan::JsonWriter out;
    out.begin_object();
    out.member("provider", version.source);
    out.member("version", version.version);
    out.end_object();
    text += out.take() + "\n";
  }
  for (const model::LockedState& state : lock.states) text += line_of(state);
  return text;
}

}  // namespace space::driver
