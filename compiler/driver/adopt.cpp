#include "compiler/driver/adopt.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "compiler/driver/state_file.h"
#include "compiler/driver/state_lock_file.h"
#include "compiler/model/queries.h"
#include "compiler/model/remote_place.h"
#include "core/base/strings.h"

namespace space::driver {

namespace {

constexpr std::string_view k_local_ending = ".tfstate";  // which our local backends put there

struct Found {
  const model::Flight* flight = nullptr;
  const model::Procedure* procedure = nullptr;
  model::StateName name;
};

base::Result<Found> find_state(const model::ResolvedProgram& program, const std::string& wanted) {
  std::vector<std::string> names;
  for (const model::Flight& flight : program.flights) {
    for (const model::ProcedureId id : program[flight.mission].procedures) {
      for (const std::string& key : program[id].keys) {
        model::StateName name = model::state_name(program, flight, program[id], key);
        names.push_back(model::to_string(name));
        if (names.back() == wanted) return Found{&flight, &program[id], std::move(name)};
      }
    }
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto near = base::closest(wanted, views);
  return base::Error{
      fmt::format("the program has no state `{}`", wanted),
      near ? fmt::format("did you mean `{}`?", *near)
           : "a state is called `ENV/SPACE/MISSION/PROCEDURE`; a key of `for_each` follows `--`"};
}

// As it will stand in the lock.
base::Result<std::string> clean_address(const model::Remote& remote, const std::string& given) {
  std::string address = given;
  const auto wrong = [&](std::string_view why) {
    return base::Error{fmt::format("`{}` is no address of a state: {}", given, why),
                       "write it as it lies in the backend, without what the remote says already"};
  };
  if (remote.type == "local" && address.ends_with(k_local_ending))
    address.resize(address.size() - k_local_ending.size());
  if (const auto problem = model::address_problem(address); !problem.empty()) return wrong(problem);
  const model::RemoteType* type = model::find_remote_type(remote.type);
  if (type != nullptr && type->address_limit > 0 && address.size() > type->address_limit)
    return wrong(fmt::format("a `{}` remote takes {} bytes", remote.type, type->address_limit));
  return address;
}

// The state's own bytes: given, or those of a file where the remote is `local`.
base::Result<std::string> contents_of(const base::FileSystem& files, const AdoptOptions& options,
                                      const std::string& project_folder,
                                      const model::Remote& remote, const std::string& backend,
                                      const std::string& address) {
  if (options.contents) return *options.contents;
  constexpr std::string_view k_folder = "local folder=";
  if (remote.type != "local" || !backend.starts_with(k_folder)) {
    return base::Error{
        fmt::format("what lies at `{}` is not known, and decides what has to be moved", address),
        "`tofu state pull > old.json` in the old root, then `--state old.json`"};
  }
  const std::string path =
      base::join_path(project_folder, base::join_path(backend.substr(k_folder.size()), address)) +
      std::string(k_local_ending);
  auto bytes = files.read(path);
  if (!bytes) {
    return base::Error{fmt::format("there is no state at `{}`: {}", path, bytes.error().message),
                       fmt::format("an address here is a file below `{}`, without `.tfstate`",
                                   backend.substr(k_folder.size()))};
  }
  return std::move(*bytes);
}

std::string plain_text(const source::SourceSet& sources, const model::ResolvedProgram& program,
                       eval::ExprId expr) {
  return expr.valid() ? std::string(sources.text(program.tree()[expr].span)) : std::string();
}

// Of tofu's own `moved` blocks that stand in the procedure: what they move.
std::set<std::string> moved_already(const source::SourceSet& sources,
                                    const model::ResolvedProgram& program,
                                    const model::ProcedureDecl& decl) {
  std::set<std::string> from;
  for (const model::Block& block : decl.body) {
    if (block.type.text != "moved") continue;
    for (const model::Attribute& attribute : block.body.attributes) {
      if (attribute.name.text == "from") from.insert(plain_text(sources, program, attribute.value));
    }
  }
  return from;
}

// Behind the last line of the procedure, before its closing brace.
std::string with_blocks(std::string_view text, source::Span procedure,
                        const std::vector<std::string>& addresses) {
  const std::size_t close = procedure.end - 1;
  const std::size_t line = text.rfind('\n', close) + 1;
  const bool is_alone = base::trim(text.substr(line, close - line)).empty();
  const std::string indent(is_alone ? text.substr(line, close - line) : std::string_view());
  std::string blocks = is_alone ? "" : "\n";
  for (const std::string& address : addresses) {
    blocks +=
        fmt::format("{0}  moved {{\n{0}    from = {1}\n{0}    to   = module.this.{1}\n{0}  }}\n",
                    indent, address);
  }
  const std::size_t at = is_alone ? line : close;
  return std::string(text.substr(0, at)) + blocks + std::string(text.substr(at));
}

base::Status record(const model::ResolvedProgram& program, const Found& found,
                    model::StateLock& lock, Adoption& adoption) {
  for (const model::LockedState& state : lock.states) {
    if (state.name == found.name || state.backend != adoption.backend ||
        base::to_lower_ascii(state.address) != base::to_lower_ascii(adoption.address))
      continue;
    return base::Error{
        fmt::format("`{}` is the address of `{}`", adoption.address, model::to_string(state.name)),
        "an address holds one state, and a state has one procedure"};
  }
  const auto at = std::lower_bound(lock.states.begin(), lock.states.end(), found.name,
                                   [](const model::LockedState& state,
                                      const model::StateName& name) { return state.name < name; });
  const bool is_there = at != lock.states.end() && at->name == found.name;
  if (is_there) adoption.before = at->address;
  model::LockedState& state =
      is_there ? *at : *lock.states.insert(at, model::LockedState{found.name, "", "", "", {}, {}});
  state.stage = program.stage_of(*found.procedure).name.text;
  state.address = adoption.address;
  state.backend = adoption.backend;
  return base::Done{};
}

}  // namespace

base::Result<Adoption> adopt(base::FileSystem& files, const AdoptOptions& options) {
  Adoption adoption;
  adoption.compilation = compile(files, options.compile);
  Compilation& compilation = adoption.compilation;
  if (compilation.has_errors() || compilation.resolved == nullptr) return adoption;
  const model::ResolvedProgram& program = *compilation.resolved;
  const source::SourceSet& sources = *compilation.sources;

  SPACE_TRY(const Found found, find_state(program, options.state));
  const model::Remote& remote = program[program[found.flight->space].remote];
  SPACE_TRY(adoption.address, clean_address(remote, options.address));
  adoption.backend = model::remote_place(program, *found.flight);
  SPACE_TRY(const std::string bytes, contents_of(files, options, compilation.project_folder, remote,
                                                 adoption.backend, adoption.address));
  SPACE_TRY(const StateContents contents, read_state(bytes));

  diagnostics::CollectingSink sink;
  source::SourceSet lock_sources;
  model::StateLock lock = read_state_lock(files, compilation.project_folder, lock_sources, sink);
  if (!lock.is_whole)
    return base::Error{"`spaces.lock` cannot be read", "`spacec check` says where and why"};
  SPACE_TRY_STATUS(record(program, found, lock, adoption));

  // A body in place has its resources at the top, as the old root had them.
  const model::ProcedureDecl& decl = *found.procedure->decl;
  if (found.procedure->body != model::Procedure::BodyKind::InPlace) {
    const auto already = moved_already(sources, program, decl);
    for (const std::string& address : contents.addresses) {
      if (address != "module.this" && !already.contains(address)) adoption.moved.push_back(address);
    }
  }
  if (!adoption.moved.empty()) {
    const source::SourceFile& file = sources.file(decl.span.file);
    adoption.file = file.path();
    const auto written = files.write(
        file.path(), with_blocks(file.text(), decl.span, adoption.moved), base::FileMode::Plain);
    if (!written) return base::cannot("write", file.path(), written.error());
  }
  adoption.lock = base::join_path(compilation.project_folder, model::k_state_lock);
  const auto written = files.write(adoption.lock, write_state_lock(lock), base::FileMode::Plain);
  if (!written) return base::cannot("write", adoption.lock, written.error());
  return adoption;
}

}  // namespace space::driver
