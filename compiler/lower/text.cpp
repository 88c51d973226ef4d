// Text with its references, file paths and module sources rewritten; the rest byte for byte.
#include "compiler/lower/root_builder.h"
#include "core/values/render.h"

namespace space::lower {

namespace {

std::string rewritten(RootBuilder& builder, const View& view, const Spot& spot) {
  switch (spot.kind) {
    case Spot::Kind::Reference:
      return lower_reference(builder, view, *spot.reference);
    case Spot::Kind::FilePath: {
      const std::string& copy = builder.env.index.file_copies.at(spot.text);
      builder.modules.insert(copy.substr(0, copy.find('/')));
      return "\"${path.module}/" + std::string(k_to_out) + "modules/" + copy + "\"";
    }
    case Spot::Kind::ModuleSource:
      return values::quote_hcl(call_source(builder, spot.text));
    case Spot::Kind::DeferredCall:
      break;
  }
  return "";
}

}  // namespace

Text rewrite(RootBuilder& builder, const View& view, source::Span span) {
  Text text;
  std::uint32_t at = span.begin;
  const auto verbatim = [&](std::uint32_t end) {
    if (end <= at) return;
    const source::Span piece{span.file, at, end};
    text.push_back(
        {std::string(builder.env.sources.text(piece)), piece, runplan::MappingKind::Verbatim});
  };
  for (const Spot& spot : spots_in(builder.env.index, span)) {
    if (spot.kind == Spot::Kind::DeferredCall) {
      builder.never_skip.insert("calls `" + spot.text + "`");
      continue;
    }
    if (spot.span.begin < at || spot.span.end > span.end) continue;
    const std::string replacement = rewritten(builder, view, spot);
    if (replacement == builder.env.sources.text(spot.span)) continue;  // var.x stays var.x
    verbatim(spot.span.begin);
    text.push_back({replacement, spot.span, runplan::MappingKind::Derived});
    at = spot.span.end;
  }
  verbatim(span.end);
  return text;
}

Text rewrite_expression(RootBuilder& builder, const View& view, model::ExprId expr) {
  return rewrite(builder, view, builder.env.program().tree()[expr].span);
}

}  // namespace space::lower
