// One block of an index. The text may come from a file, so every mistake is an answer, and depth is
// bounded.
#include <algorithm>

#include "compiler/schemas/index.h"

namespace space::schemas {

namespace {

using model::Nesting;
using values::Type;

constexpr int k_depth = 64;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool whole(model::BlockSchema& block) { return read(block) && at_ == text_.size(); }
  std::size_t offset() const { return at_; }

 private:
  struct Deeper {
    explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
    ~Deeper() { --depth_; }
    int& depth_;
  };

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  bool name(std::string& out) {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           std::string_view("=*:?{}()<>,\" ").find(text_[at_]) == std::string_view::npos)
      ++at_;
    out = text_.substr(begin, at_ - begin);
    return at_ > begin;
  }

  bool number(std::uint32_t& out) {
    const std::size_t begin = at_;
    out = 0;
    while (peek() >= '0' && peek() <= '9' && at_ - begin < 9)
      out = out * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
    return at_ > begin;
  }

  bool text(std::string& out) {
    if (!take('"')) return false;
    while (at_ < text_.size() && peek() != '"') {
      if (!take('\\')) {
        out += text_[at_++];
      } else if (at_ < text_.size()) {
        out += peek() == 'n' ? '\n' : peek();
        ++at_;
      }
    }
    return take('"');
  }

  bool nesting(Nesting& out) {
    const std::size_t found = std::string_view("sgltm").find(peek());
    if (found == std::string_view::npos || peek() == '\0') return false;
    ++at_;
    out = static_cast<Nesting>(found);
    return true;
  }

  bool type(Type& out) {
    const Deeper deeper(depth_);
    if (depth_ > k_depth) return false;
    const char c = peek();
    ++at_;
    switch (c) {
      case 'A':
        out = Type::any();
        return true;
      case 'S':
        out = Type::string();
        return true;
      case 'N':
        out = Type::number();
        return true;
      case 'B':
        out = Type::boolean();
        return true;
      case 'L':
      case 'T':
      case 'M': {
        Type element;
        if (!type(element)) return false;
        out = c == 'L'   ? Type::list(std::move(element))
              : c == 'T' ? Type::set(std::move(element))
                         : Type::map(std::move(element));
        return true;
      }
      case '(':
        return object(out);
      case '<':
        return tuple(out);
      default:
        return false;
    }
  }

  bool object(Type& out) {
    std::map<std::string, values::ObjectAttribute> attributes;
    while (!take(')')) {
      std::string key;
      values::ObjectAttribute attribute;
      if (!name(key)) return false;
      attribute.optional = take('?');
      if (!attribute.optional && !take(':')) return false;
      if (!type(attribute.type) || !take(',')) return false;
      attributes.emplace(std::move(key), std::move(attribute));
    }
    out = Type::object(std::move(attributes));
    return true;
  }

  bool tuple(Type& out) {
    std::vector<Type> elements;
    while (!take('>')) {
      Type element;
      if (!type(element)) return false;
      elements.push_back(std::move(element));
    }
    out = Type::tuple(std::move(elements));
    return true;
  }

  bool attribute(model::AttributeSchema& out) {
    for (;; ++at_) {
      const char c = peek();
      if (c == 'r') {
        out.required = true;
      } else if (c == 'o') {
        out.optional = true;
      } else if (c == 'c') {
        out.computed = true;
      } else if (c == 'x') {
        out.sensitive = true;
      } else if (c == 'w') {
        out.write_only = true;
      } else if (c == 'd') {
        out.deprecated = true;
      } else {
        break;
      }
    }
    if (take('@')) {
      auto nested = std::make_shared<model::BlockSchema>();
      if (!nesting(out.nesting) || !read(*nested)) return false;
      out.type = model::nested_type(out.nesting, model::object_type(*nested));
      out.nested = std::move(nested);
    } else if (!type(out.type)) {
      return false;
    }
    return !out.deprecated || text(out.deprecation);
  }

  bool nested_block(model::NestedBlockSchema& out) {
    auto block = std::make_shared<model::BlockSchema>();
    if (!nesting(out.nesting) || !number(out.min) || !take(',') || !number(out.max) ||
        !read(*block))
      return false;
    out.block = std::move(block);
    return true;
  }

  bool read(model::BlockSchema& block) {
    const Deeper deeper(depth_);
    if (depth_ > k_depth || !take('{')) return false;
    if (take('!')) {
      block.deprecated = true;
      if (!text(block.deprecation)) return false;
    }
    while (!take('}')) {
      while (take(' ')) {
      }
      std::string key;
      if (!name(key)) return false;
      if (take('=')) {
        block.attributes.emplace_back().name = std::move(key);
        if (!attribute(block.attributes.back())) return false;
      } else if (take('*')) {
        block.blocks.emplace_back().name = std::move(key);
        if (!nested_block(block.blocks.back())) return false;
      } else {
        return false;
      }
    }
    const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
    return std::is_sorted(block.attributes.begin(), block.attributes.end(), by_name) &&
           std::is_sorted(block.blocks.begin(), block.blocks.end(), by_name);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

base::Result<model::BlockSchema> read_block(std::string_view text) {
  Reader reader(text);
  model::BlockSchema block;
  if (!reader.whole(block)) {
    return base::Error{"it is no schema at byte " + std::to_string(reader.offset()) + " of a line",
                       ""};
  }
  return block;
}

}  // namespace space::schemas
