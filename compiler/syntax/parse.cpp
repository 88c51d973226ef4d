// The one file that instantiates PEGTL: a control that turns the grammar's matches into events and
// faults.
#include "compiler/syntax/parse.h"

#include <algorithm>
#include <utility>

#include "compiler/syntax/events.h"
#include "compiler/syntax/letters.h"
#include "compiler/syntax/messages.h"
#include "compiler/syntax/tree_builder.h"
#include "core/base/check.h"
#include "core/base/strings.h"

namespace space::syntax {
namespace {

namespace peg = tao::pegtl;

constexpr std::size_t k_max_bytes = std::size_t{64} << 20;
constexpr std::size_t k_max_faults = 200;  // a file with more is no program

// What the control keeps, beside what the rules need.
class ParseState : public g::Scope {
 public:
  explicit ParseState(std::string_view text) : text_(text) {
    max_depth = k_max_depth;
    builder.reserve(text.size() / 3 + 16);
  }

  std::uint32_t offset(const char* at) const {
    return static_cast<std::uint32_t>(at - text_.data());
  }

  struct Mark {
    std::uint32_t events;
    std::uint32_t faults;
  };
  Mark mark() const { return {builder.mark(), static_cast<std::uint32_t>(faults.size())}; }
  // Most rules that do not match have made nothing.
  void back_to(Mark mark) {
    if (builder.mark() != mark.events || faults.size() != mark.faults) take_back(mark);
  }
  void take_back(Mark mark) {
    builder.truncate(mark.events);
    if (faults.size() > mark.faults) {
      faults.erase(faults.begin() + mark.faults, faults.end());
      reported_ = false;
    }
  }

  void leaf(SyntaxKind kind, std::uint32_t begin, std::uint32_t end) {
    builder.leaf(kind, begin, end);
    if (!is_trivia(kind) && kind != SyntaxKind::Missing && kind != SyntaxKind::JunkText)
      tokens_end_ = end;
  }

  void start_item() {
    muted_ = false;
    reported_ = false;
  }

  // One report, then none until a token has been read: what follows an error at once follows from
  // it.
  void add_fault(Problem problem, std::uint32_t begin, std::uint32_t end) {
    if (problem == Problem::NoBlockBrace) ++forgiven_braces_;
    if (problem == Problem::StrayBrace && forgiven_braces_ > 0) {
      --forgiven_braces_;
      return;
    }
    const bool echo = reported_ && tokens_end_ == reported_after_;
    reported_ = true;
    reported_after_ = tokens_end_;
    if (muted_ || echo || faults.size() >= k_max_faults) return;
    faults.push_back({problem, begin, end, opener == nullptr ? begin : offset(opener)});
    if (problem == Problem::TooDeep || problem == Problem::TooTall) muted_ = true;
  }

  TreeBuilder builder;
  std::vector<Fault> faults;
  std::uint32_t chain = 0;  // where the operand of the next Wrap begins
  Climb* climb = nullptr;   // the operation being read

 private:
  std::string_view text_;
  std::uint32_t tokens_end_ = 0;
  std::uint32_t reported_after_ = 0;
  std::uint32_t forgiven_braces_ = 0;
  bool reported_ = false;
  bool muted_ = false;
};

template <class Rule>
struct Control : peg::normal<Rule> {
  static constexpr bool enable =
      false;  // start, success and failure are not called: match does it all

  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Next, class Input>
  static bool match(Input& in, ParseState& state) {
    constexpr Shape shape = event<Rule>::shape;
    constexpr bool looks_ahead = A == peg::apply_mode::nothing;
    if constexpr (looks_ahead) {
      return peg::match<Rule, A, M, Action, Next>(in, state);
    } else {
      const auto mark = state.mark();
      const std::uint32_t begin = state.offset(in.current());
      before<shape>(state, mark.events);
      bool matched = false;
      if constexpr (shape == Shape::Chain) {
        const std::uint32_t outer = std::exchange(state.chain, mark.events);
        matched = peg::match<Rule, A, M, Action, Next>(in, state);
        state.chain = outer;
      } else if constexpr (shape == Shape::Climb) {
        Climb climb;
        Climb* const outer = std::exchange(state.climb, &climb);
        matched = peg::match<Rule, A, M, Action, Next>(in, state);
        state.climb = outer;
        if (matched) state.builder.climb_down(climb);
      } else {
        matched = peg::match<Rule, A, M, Action, Next>(in, state);
      }
      if (!matched) {
        state.back_to(mark);
        return false;
      }
      after<shape>(state, mark.events, begin, state.offset(in.current()));
      if constexpr (fault_of<Rule>::bad)
        state.add_fault(fault_of<Rule>::problem, begin, state.offset(in.current()));
      return true;
    }
  }

 private:
  template <Shape S>
  static void before(ParseState& state, std::uint32_t mark) {
    if constexpr (S == Shape::Item) state.start_item();
    if constexpr (S == Shape::Operand) state.climb->operand = mark;
  }

  template <Shape S>
  static void after(ParseState& state, std::uint32_t mark, std::uint32_t begin, std::uint32_t end) {
    constexpr SyntaxKind kind = event<Rule>::kind;
    if constexpr (S == Shape::Leaf) state.leaf(kind, begin, end);
    if constexpr (S == Shape::Node) state.builder.node(kind, mark, begin, end);
    if constexpr (S == Shape::Wrap) {
      if (!state.builder.wrap(kind, state.chain, end)) state.tall = true;
    }
    if constexpr (S == Shape::Operator) {
      state.leaf(kind, begin, end);
      if (!state.builder.climb(*state.climb, event<Rule>::level)) state.tall = true;
    }
  }
};

using Input = peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf_crlf, const char*>;

template <class Grammar>
void run(ParseState& state, std::string_view text) {
  Input in(text.data(), text.data() + text.size(), "");
  const bool matched = peg::parse<Grammar, peg::nothing, Control>(in, state);
  SPACE_CHECK(matched, "the grammar accepts every text");
}

bool braces_do_not_balance(const std::vector<Fault>& faults, std::string_view text) {
  return std::any_of(faults.begin(), faults.end(), [text](const Fault& fault) {
    return fault.problem == Problem::StrayBrace || fault.problem == Problem::UnclosedBody ||
           (fault.problem == Problem::UnclosedBracket && text[fault.opener] == '{');
  });
}

// Faults of the bytes themselves.
std::vector<Fault> check_bytes(std::string_view text) {
  std::vector<Fault> faults;
  const auto at = [&faults](Problem problem, std::size_t offset) {
    const auto begin = static_cast<std::uint32_t>(offset);
    faults.push_back({problem, begin, begin + 1, begin});
  };
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) at(Problem::NulByte, nul);
  if (const auto invalid = base::find_invalid_utf8(text)) at(Problem::InvalidUtf8, *invalid);
  return faults;
}

// Names with what is no letter. Nearly every file is ASCII, and not looked at.
void check_names(const std::vector<NodeData>& nodes, std::string_view text,
                 std::vector<Fault>& faults) {
  const auto past_ascii = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (std::none_of(text.begin(), text.end(), past_ascii)) return;
  for (const NodeData& node : nodes) {
    if (node.kind != SyntaxKind::Identifier && node.kind != SyntaxKind::FunctionName) continue;
    const auto piece = find_no_letter(text.substr(node.begin, node.end - node.begin));
    if (!piece || faults.size() >= k_max_faults) continue;
    const auto begin = node.begin + static_cast<std::uint32_t>(piece->offset);
    faults.push_back(
        {Problem::NoLetter, begin, begin + static_cast<std::uint32_t>(piece->size), begin});
  }
}

// Drops what the dialect takes, and junk that is a NUL, which has its own report.
void sift(std::vector<Fault>& faults, std::string_view text, Dialect dialect) {
  std::erase_if(faults, [text, dialect](const Fault& fault) {
    if (fault.problem == Problem::LegacyIndex || fault.problem == Problem::LegacySplat) {
      return dialect == Dialect::Tofu;
    }
    return fault.begin < text.size() && text[fault.begin] == '\0';
  });
}

SyntaxTree too_large(source::FileId file, std::string_view text, const Limits& limits,
                     diagnostics::DiagnosticSink& sink) {
  deliver({{Problem::FileTooLarge, 0, 0, 0}}, text, file, limits, sink);
  return {file, text.substr(0, 0), {{SyntaxKind::File, 0, 0, 1}}};
}

template <class Grammar>
SyntaxTree parse_as(const source::SourceSet& sources, source::FileId file, Dialect dialect,
                    diagnostics::DiagnosticSink& sink) {
  const std::string_view text = sources.file(file).text();
  const Limits limits{k_max_depth, TreeBuilder::k_max_height, k_max_bytes};
  if (text.size() > k_max_bytes) return too_large(file, text, limits, sink);

  ParseState state(text);
  run<Grammar>(state, text);
  if (braces_do_not_balance(state.faults, text)) {
    // Once more, with the indentation as a witness. It speaks only where that explains as much with
    // no more errors.
    ParseState second(text);
    second.by_indent = true;
    run<Grammar>(second, text);
    if (!second.faults.empty() && second.faults.size() <= state.faults.size())
      std::swap(state, second);
  }
  if constexpr (std::is_same_v<Grammar, g::whole_expression>) {
    state.builder.make_root_of_all(static_cast<std::uint32_t>(text.size()));
  }
  std::vector<Fault> faults = check_bytes(text);
  sift(state.faults, text, dialect);
  faults.insert(faults.end(), state.faults.begin(), state.faults.end());
  std::vector<NodeData> nodes = state.builder.finish();
  check_names(nodes, text, faults);
  deliver(faults, text, file, limits, sink);
  return {file, text, std::move(nodes)};
}

}  // namespace

SyntaxTree parse(const source::SourceSet& sources, source::FileId file, Dialect dialect,
                 diagnostics::DiagnosticSink& sink) {
  return parse_as<g::file>(sources, file, dialect, sink);
}

SyntaxTree parse_expression(const source::SourceSet& sources, source::FileId file,
                            diagnostics::DiagnosticSink& sink, Dialect dialect) {
  return parse_as<g::whole_expression>(sources, file, dialect, sink);
}

SyntaxTree parse_template(const source::SourceSet& sources, source::FileId file,
                          diagnostics::DiagnosticSink& sink) {
  return parse_as<g::bare_template>(sources, file, Dialect::Tofu, sink);
}

}  // namespace space::syntax
