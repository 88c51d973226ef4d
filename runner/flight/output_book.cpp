#include "runner/flight/output_book.h"

#include "core/base/hash.h"

namespace space::flight {

base::Result<LocalState> read_local_state(const runplan::Root& root, const Workspace& workspace,
                                          const base::FileSystem& files) {
  LocalState state;
  const std::string path = workspace.state_file(root);
  if (path.empty() || files.stat(path).kind == base::FileKind::Missing) return state;
  auto text = files.read(path);
  if (!text)
    return base::Error{"cannot read the state `" + path + "`: " + text.error().message,
                       text.error().help};
  state.is_there = true;
  state.sha256 = base::sha256_hex(*text);
  if (text->empty()) {  // what tofu leaves where it was killed before its first write
    state.facts.emplace();
    return state;
  }
  auto facts = tofu::parse_local_state(*text);
  if (!facts) return base::Error{"`" + path + "`: " + facts.error().message, facts.error().help};
  state.facts = std::move(*facts);
  return state;
}

OutputBook::Known OutputBook::known(const std::string& root) const {
  const auto found = entries_.find(root);
  if (found == entries_.end()) return Known::No;
  return found->second ? Known::There : Known::NeverApplied;
}

const tofu::Outputs* OutputBook::find(const std::string& root) const {
  const auto found = entries_.find(root);
  return found == entries_.end() || !found->second ? nullptr : &*found->second;
}

}  // namespace space::flight
