// Law 9: no circles, among locals and among missions; a foundation reads foundations alone.
#include "compiler/check/cycles.h"

#include <algorithm>

#include "compiler/check/readers.h"

namespace space::check {

void report_cycles(Context& context, const Graph& graph,
                   const std::function<std::string(std::size_t)>& name) {
  enum class Mark : std::uint8_t { New, Open, Done };
  std::vector<Mark> marks(graph.size(), Mark::New);
  struct Frame {
    std::size_t node;
    std::size_t next;
  };
  for (std::size_t start = 0; start < graph.size(); ++start) {
    if (marks[start] != Mark::New) continue;
    std::vector<Frame> stack = {{start, 0}};
    marks[start] = Mark::Open;
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next == graph[frame.node].size()) {
        marks[frame.node] = Mark::Done;
        stack.pop_back();
        continue;
      }
      const Edge& edge = graph[frame.node][frame.next++];
      if (marks[edge.to] == Mark::New) {
        marks[edge.to] = Mark::Open;
        stack.push_back({edge.to, 0});
      } else if (marks[edge.to] == Mark::Open) {
        std::string path;
        bool inside = false;
        for (const Frame& at : stack) {
          inside = inside || at.node == edge.to;
          if (inside) path += fmt::format("`{}` reads ", name(at.node));
        }
        context.sink
            .report(diagnostics::cycle, edge.span, fmt::format("`{}`", name(edge.to)),
                    path + fmt::format("`{}`", name(edge.to)))
            .help("break the circle: one of them must not read the next");
      }
    }
  }
}

namespace {

using model::RefKind;

void check_local_cycles(Context& context) {
  const model::ResolvedProgram& program = context.program;
  // Nodes: the top's locals, then each mission's.
  std::vector<std::size_t> first_of(program.missions.size());
  std::size_t count = program.program->locals.size();
  for (std::size_t i = 0; i < program.missions.size(); ++i) {
    first_of[i] = count;
    count += program.missions[i].decl->locals.size();
  }
  Graph graph(count);
  std::vector<std::string> names(count);
  for (std::size_t i = 0; i < program.program->locals.size(); ++i)
    names[i] = "local." + program.program->locals[i].name.text;
  for (std::size_t m = 0; m < program.missions.size(); ++m) {
    const auto& locals = program.missions[m].decl->locals;
    for (std::size_t i = 0; i < locals.size(); ++i)
      names[first_of[m] + i] = "local." + locals[i].name.text;
  }
  for (const model::Use& use : program.uses) {
    std::size_t from = 0;
    if (use.site.kind == model::SiteKind::TopLocalValue) {
      from = use.site.index;
    } else if (use.site.kind == model::SiteKind::MissionLocalValue) {
      from = first_of[use.site.mission.index()] + use.site.index;
    } else {
      continue;
    }
    for (std::uint32_t i = 0; i < use.reference_count; ++i) {
      const model::Reference& reference = program.references[use.first_reference + i];
      if (reference.kind == RefKind::TopLocal)
        graph[from].push_back({reference.index, reference.span});
      if (reference.kind == RefKind::MissionLocal)
        graph[from].push_back(
            {first_of[reference.mission.index()] + reference.index, reference.span});
    }
  }
  report_cycles(context, graph, [&](std::size_t node) { return names[node]; });
}

void check_foundation(Context& context, const model::Mission& reader,
                      const model::Reference& reference) {
  const model::Mission& producer = context.program[reference.mission];
  if (!reader.foundation || producer.foundation) return;
  context.sink.report(diagnostics::foundation_reads, reference.span, reader.name, producer.name)
      .related(producer.decl->header, fmt::format("`{}` is no foundation", producer.name))
      .help(fmt::format("make `{}` a foundation too, or `{}` none", producer.name, reader.name));
}

void check_missions(Context& context) {
  const model::ResolvedProgram& program = context.program;
  Graph graph(program.missions.size());
  for (const model::Use& use : program.uses) {
    if (use.site.kind == model::SiteKind::Static) continue;
    for (std::uint32_t i = 0; i < use.reference_count; ++i) {
      const model::Reference& reference = program.references[use.first_reference + i];
      if (!reads_export(reference)) continue;
      for (const Reader& reader : readers_of(context, use)) {
        graph[reader.mission.index()].push_back({reference.mission.index(), reference.span});
        check_foundation(context, program[reader.mission], reference);
      }
    }
  }
  for (std::size_t i = 0; i < program.missions.size(); ++i) {
    const model::Mission& mission = program.missions[i];
    for (const model::MissionId after : mission.after) {
      graph[i].push_back({after.index(), program.tree()[mission.decl->after].span});
      if (mission.foundation && !program[after].foundation) {
        context.sink.report(diagnostics::foundation_reads, program.tree()[mission.decl->after].span,
                            mission.name, program[after].name);
      }
    }
  }
  report_cycles(context, graph,
                [&](std::size_t node) { return "mission." + program.missions[node].name; });
}

}  // namespace

void check_cycles(Context& context) {
  check_local_cycles(context);
  check_missions(context);
  check_body_cycles(context);
}

}  // namespace space::check
