#include "runner/joint/deferral.h"

#include "core/base/strings.h"

namespace space::joint {

namespace {

constexpr std::string_view k_option = "-exclude=";

// One word as a POSIX shell reads it, from `at` on, which is moved behind it. `"` keeps blanks and
// knows `\`, `'` keeps all, `\` outside keeps the next.
std::string shell_word(std::string_view text, std::size_t& at) {
  std::string word;
  char quote = '\0';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote == '\'') {
      if (c == '\'') {
        quote = '\0';
      } else {
        word += c;
      }
    } else if (c == '\\' && at + 1 < text.size()) {
      word += text[++at];
    } else if (quote == '"') {
      if (c == '"') {
        quote = '\0';
      } else {
        word += c;
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == ' ' || c == '\n' || c == '\t') {
      break;
    } else {
      word += c;
    }
  }
  return word;
}

// `module "m"` -> "m"
std::string called_module(std::string_view context) {
  constexpr std::string_view k_head = "module \"";
  if (!context.starts_with(k_head)) return "";
  context.remove_prefix(k_head.size());
  return std::string(context.substr(0, context.find('"')));
}

std::string what_is_unknown(const runplan::TofuDiagnostic& diagnostic) {
  const std::string_view code = base::trim(diagnostic.snippet);
  if (!code.empty()) return std::string(code.substr(0, code.find('\n')));
  return diagnostic.summary;
}

bool is_about_unknown(const runplan::TofuDiagnostic& diagnostic) {
  for (const std::string_view words :
       {"cannot be determined until apply", "known only after apply", "not known until apply",
        "is not yet known", "will be known only after"}) {
    if (diagnostic.detail.find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> excludes_in(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = text.find(k_option); at != std::string_view::npos;
       at = text.find(k_option, at)) {
    // `'-exclude=…'`: the quote began before the option.
    const bool is_quoted = at > 0 && (text[at - 1] == '\'' || text[at - 1] == '"');
    std::size_t from = is_quoted ? at - 1 : at;
    std::string word = shell_word(text, from);
    word.erase(0, k_option.size());
    at += k_option.size();
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<Exclusion> exclusions_of(const runplan::TofuDiagnostic& diagnostic) {
  std::vector<Exclusion> found;
  if (!diagnostic.is_error) return found;
  const std::string module = called_module(diagnostic.context);
  for (std::string& address : excludes_in(diagnostic.detail)) {
    // Of a call tofu names the module that calls: the call itself is enough.
    if (!module.empty()) address += (address.empty() ? "module." : ".module.") + module;
    if (!address.empty()) found.push_back({std::move(address), what_is_unknown(diagnostic)});
  }
  if (found.empty() && is_about_unknown(diagnostic) && !diagnostic.address.empty())
    found.push_back({diagnostic.address, what_is_unknown(diagnostic)});
  return found;
}

}  // namespace space::joint
