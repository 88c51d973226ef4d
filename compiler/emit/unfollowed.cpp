#include "compiler/emit/unfollowed.h"

#include "core/base/json_reader.h"

namespace space::emit {

namespace {

// A block header stands at the start of its line: WORD "LABEL". Gives the label, or "".
std::string_view label_after(std::string_view line, std::string_view word) {
  if (!line.starts_with(word)) return {};
  line.remove_prefix(word.size());
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos || begin == 0 || line[begin] != '"') return {};
  line.remove_prefix(begin + 1);
  return line.substr(0, line.find('"'));
}

// The word that ends a heredoc which opens on this line, or "".
std::string_view heredoc_end(std::string_view line) {
  const std::size_t at = line.find("<<");
  if (at == std::string_view::npos) return {};
  std::size_t begin = at + 2;
  if (begin < line.size() && line[begin] == '-') ++begin;
  std::string_view word = line.substr(begin);
  while (!word.empty() && (word.back() == '\r' || word.back() == ' ')) word.remove_suffix(1);
  const bool is_word = !word.empty() && word.find_first_not_of(
                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                            "0123456789_-") == std::string_view::npos;
  return is_word ? word : std::string_view();
}

// Each member of an object, or of each object of an array: `take` reads the value.
template <class Take>
void each_member(base::JsonReader& in, const Take& take) {
  if (in.peek() == base::JsonReader::Kind::Array) {
    if (in.begin_array()) {
      while (in.next_element()) each_member(in, take);
    }
  } else if (in.peek() == base::JsonReader::Kind::Object) {
    std::string key;
    if (in.begin_object()) {
      while (in.next_member(key)) take(key);
    }
  } else {
    in.skip();
  }
}

void find_provisioners(base::JsonReader& in, Unfollowed& found) {
  each_member(in, [&](const std::string& argument) {
    if (argument != "provisioner") return void(in.skip());
    each_member(in, [&](const std::string& label) {
      found.provisioners.insert(label);
      in.skip();
    });
  });
}

}  // namespace

void find_unfollowed_json(std::string_view text, Unfollowed& found) {
  base::JsonReader in(text);
  each_member(in, [&](const std::string& block) {
    const bool reads = block == "data" || block == "ephemeral";
    if (!reads && block != "resource") return void(in.skip());
    each_member(in, [&](const std::string& type) {
      if (reads) found.data.insert(type);
      each_member(in, [&](const std::string&) { find_provisioners(in, found); });
    });
  });
}

void find_unfollowed(std::string_view text, Unfollowed& found) {
  std::string_view until;   // inside a heredoc
  bool in_comment = false;  // inside /* … */
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;
    line.remove_prefix(first);
    if (in_comment) {
      in_comment = line.find("*/") == std::string_view::npos;
      continue;
    }
    if (!until.empty()) {
      if (line.starts_with(until) &&
          line.find_first_not_of(" \t\r", until.size()) == std::string_view::npos)
        until = {};
      continue;
    }
    if (line.front() == '#' || line.starts_with("//")) continue;
    if (line.starts_with("/*")) {
      in_comment = line.find("*/") == std::string_view::npos;
      continue;
    }
    for (const std::string_view word : {std::string_view("data"), std::string_view("ephemeral")}) {
      if (const auto label = label_after(line, word); !label.empty()) found.data.emplace(label);
    }
    if (const auto label = label_after(line, "provisioner"); !label.empty())
      found.provisioners.emplace(label);
    until = heredoc_end(line);
  }
}

}  // namespace space::emit
