#include "compiler/compare/effects.h"

#include <algorithm>

namespace space::compare {

namespace {

using Reach = Effects::Reach;
using Calls = std::map<std::string, Effects>;  // by address

bool is_call(std::string_view address) { return address.starts_with("module."); }

// Whoever changes these changes everything: tofu itself, what is fetched, what a name in the state
// means.
bool is_about_all(std::string_view address) {
  if (address.starts_with("terraform.required_providers.")) return false;
  return address.starts_with("terraform.") || address.starts_with("lock.") ||
         address.starts_with(k_file) || address == "language" || address == "moved" ||
         address == "removed" || address == "import";
}

// A call's modules take the providers of the folder around it.
bool is_about_providers(std::string_view address) {
  return address.starts_with("provider.") || address.starts_with("terraform.required_providers.");
}

// `module.net.id` is an output of the call `module.net`.
bool is_hit(const std::string& read, const std::set<std::string>& hit, const Calls& calls) {
  if (!is_call(read)) return hit.contains(read);
  const std::size_t dot = read.find('.', std::string_view("module.").size());
  const auto call = calls.find(read.substr(0, dot));
  if (call == calls.end()) return false;
  if (dot == std::string::npos) return call->second.reach != Reach::None;
  return call->second.has(read.substr(dot + 1));
}

bool is_hit(const CodePart& part, const std::set<std::string>& hit, const Calls& calls) {
  return std::ranges::any_of(part.reads,
                             [&](const std::string& read) { return is_hit(read, hit, calls); });
}

bool equal(const CodeBlock& a, const CodeBlock& b) {
  return a.meaning == b.meaning &&
         std::ranges::equal(a.arguments, b.arguments, [](const auto& x, const auto& y) {
           return x.first == y.first && x.second.meaning == y.second.meaning;
         });
}

Cause cause_of(std::string_view address) {
  if (address.starts_with("copy.") || address.starts_with(k_path) || address.starts_with(k_file))
    return Cause::File;
  if (address.starts_with("package.")) return Cause::Package;
  if (address == "terraform.required_version" || address == "language") return Cause::Tofu;
  if (is_about_providers(address) || address.starts_with("lock.")) return Cause::Provider;
  if (address.starts_with("terraform.")) return Cause::State;
  return Cause::Code;
}

std::string shown_name(std::string_view address) {
  for (const std::string_view head :
       {std::string_view("copy."), std::string_view("package."), k_path, k_file}) {
    if (address.starts_with(head)) return std::string(address.substr(head.size()));
  }
  return std::string(address);
}

bool is_local(std::string_view address) { return address.starts_with("local."); }

// The locals that anything uses which does something.
std::set<std::string> used_locals(const Code& code) {
  std::set<std::string> used;
  std::vector<const CodePart*> waiting;
  for (const auto& [address, block] : code.blocks) {
    if (is_local(address)) continue;
    waiting.push_back(&block);
    for (const auto& [name, argument] : block.arguments) waiting.push_back(&argument);
  }
  while (!waiting.empty()) {
    const CodePart& part = *waiting.back();
    waiting.pop_back();
    for (const std::string& read : part.reads) {
      const auto block = code.blocks.find(read);
      if (is_local(read) && block != code.blocks.end() && used.insert(read).second)
        waiting.push_back(&block->second);
    }
  }
  return used;
}

}  // namespace

std::set<std::string> EffectFinder::own_differences(const Code& before, const Code& now) const {
  std::set<std::string> found;
  for (const auto& [address, block] : now.blocks) {
    const auto other = before.blocks.find(address);
    if (other == before.blocks.end() || !equal(block, other->second)) found.insert(address);
  }
  for (const auto& [address, block] : before.blocks) {
    if (!now.blocks.contains(address)) found.insert(address);
  }
  const std::set<std::string> used_then = used_locals(before), used_now = used_locals(now);
  std::erase_if(found, [&](const std::string& address) {
    return is_local(address) && !used_then.contains(address) && !used_now.contains(address);
  });
  return found;
}

Differences EffectFinder::differences(const std::string& before, const std::string& now,
                                      const std::string& origin) {
  const std::pair pair{before, now};
  if (const auto known = differences_.find(pair); known != differences_.end()) return known->second;
  if (!in_progress_.insert(pair).second) return {};
  const Code& old_code = before_.of(before);
  const Code& new_code = now_.of(now);
  Differences found;
  found.addresses = own_differences(old_code, new_code);
  for (const std::string& address : found.addresses) {
    const auto here = new_code.blocks.find(address);
    const auto there = old_code.blocks.find(address);
    const bool is_here = here != new_code.blocks.end(), was_there = there != old_code.blocks.end();
    const CodeBlock& block = is_here ? here->second : there->second;
    Reason reason;
    reason.cause = cause_of(address);
    reason.name = shown_name(address);
    reason.change = !was_there ? Change::Added : !is_here ? Change::Removed : Change::Changed;
    if (reason.cause == Cause::Tofu) reason.name = "tofu";  // it stands in two blocks
    const bool is_code = reason.cause != Cause::File && reason.cause != Cause::Package;
    if (!is_code) {
      reason.name = block.file;
    } else if (!origin.empty()) {
      reason.place = origin;
    } else {
      reason.place = is_here ? now_.origin_of(now + "/" + block.file)
                             : before_.origin_of(before + "/" + block.file);
    }
    if (!is_here || !was_there || here->second.meaning != there->second.meaning)
      found.reasons.push_back(reason);
    if (!is_here || !was_there) continue;
    std::set<std::string> names;
    for (const auto& [name, part] : here->second.arguments) names.insert(name);
    for (const auto& [name, part] : there->second.arguments) names.insert(name);
    for (const std::string& name : names) {
      const auto a = there->second.arguments.find(name);
      const auto b = here->second.arguments.find(name);
      const bool had = a != there->second.arguments.end(), has = b != here->second.arguments.end();
      if (had && has && a->second.meaning == b->second.meaning) continue;
      reason.argument = name;
      reason.change = !had ? Change::Added : !has ? Change::Removed : Change::Changed;
      found.reasons.push_back(reason);
    }
  }
  for (const auto& [address, call] : new_code.blocks) {
    const auto other = old_code.blocks.find(address);
    if (!is_call(address) || other == old_code.blocks.end()) continue;
    const std::string inner = SideCode::called(now, call);
    const std::string inner_before = SideCode::called(before, other->second);
    if (inner.empty() || inner_before.empty()) continue;
    const Differences inside = differences(inner_before, inner, "");
    found.reasons.insert(found.reasons.end(), inside.reasons.begin(), inside.reasons.end());
  }
  std::sort(found.reasons.begin(), found.reasons.end());
  found.reasons.erase(std::unique(found.reasons.begin(), found.reasons.end()), found.reasons.end());
  in_progress_.erase(pair);
  return differences_.emplace(pair, std::move(found)).first->second;
}

Effects EffectFinder::effects(const std::string& before, const std::string& now,
                              const std::set<std::string>& variables) {
  const Question question{before, now, variables};
  if (const auto known = answers_.find(question); known != answers_.end()) return known->second;
  // A module that calls itself is refused by tofu; here it would not end.
  if (!in_progress_.emplace(before, now).second) return {Reach::All, {}};
  Effects found = answer(question);
  in_progress_.erase({before, now});
  return answers_.emplace(question, std::move(found)).first->second;
}

Effects EffectFinder::of_call(const Question& in, const std::string& address, const CodeBlock& call,
                              const std::set<std::string>& hit, const Calls& calls) {
  const Code& old_code = before_.of(in.before);
  const auto other = old_code.blocks.find(address);
  if (other == old_code.blocks.end() || other->second.meaning != call.meaning ||
      is_hit(call, hit, calls) || std::ranges::any_of(hit, is_about_providers))
    return {Reach::All, {}};
  std::set<std::string> given;
  for (const auto& [name, argument] : call.arguments) {
    const auto was = other->second.arguments.find(name);
    if (was == other->second.arguments.end() || was->second.meaning != argument.meaning ||
        is_hit(argument, hit, calls))
      given.insert(name);
  }
  for (const auto& [name, argument] : other->second.arguments) {
    if (!call.arguments.contains(name)) given.insert(name);
  }
  const std::string inner = SideCode::called(in.now, call);
  const std::string inner_before = SideCode::called(in.before, other->second);
  // What is elsewhere cannot be looked into.
  if (inner.empty() != inner_before.empty()) return {Reach::All, {}};
  if (inner.empty()) return {given.empty() ? Reach::None : Reach::All, {}};
  return effects(inner_before, inner, given);
}

Effects EffectFinder::answer(const Question& question) {
  const Code& old_code = before_.of(question.before);
  const Code& code = now_.of(question.now);
  std::set<std::string> hit = own_differences(old_code, code);
  for (const std::string& name : question.variables) hit.insert("var." + name);
  Calls calls;
  // Each turn goes one step further along what is read, until none does.
  bool grew = true;
  while (grew) {
    grew = false;
    for (const auto& [address, block] : code.blocks) {
      if (is_call(address)) {
        Effects found = of_call(question, address, block, hit, calls);
        Effects& known = calls[address];
        if (found.reach == known.reach && found.outputs == known.outputs) continue;
        known = std::move(found);
        grew = true;
      } else if (!hit.contains(address) && is_hit(block, hit, calls)) {
        hit.insert(address);
        grew = true;
      }
    }
  }
  const bool touched = !hit.empty() || std::ranges::any_of(calls, [](const auto& call) {
    return call.second.reach != Reach::None;
  });
  if (!touched) return {};
  if (code.insight == Insight::Opaque || old_code.insight == Insight::Opaque ||
      std::ranges::any_of(hit, is_about_all))
    return {Reach::All, {}};
  Effects found{Reach::Some, {}};
  for (const std::string& address : hit) {
    if (address.starts_with("output.")) found.outputs.insert(address.substr(7));
  }
  return found;
}

}  // namespace space::compare
