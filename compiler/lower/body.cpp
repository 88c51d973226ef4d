// A procedure's code: the call of its module, or its blocks in place with their comments; imports
// by themselves.
#include <algorithm>

#include "compiler/lower/root_builder.h"
#include "core/base/filesystem.h"
#include "core/values/render.h"

namespace space::lower {

namespace {

// `providers = { hcloud.x = provider.hcloud.label }` in tofu's words: { hcloud.x = hcloud.label }.
Assignment providers_argument(const RootBuilder& builder, model::ExprId expr) {
  const eval::ExprTree& tree = builder.env.program().tree();
  const source::Span span = tree[expr].span;
  std::string text = "{\n";
  const auto children = tree.children(expr);
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    const eval::Expr& key = tree[children[i]];
    const std::string name = key.kind == eval::ExprKind::Literal
                                 ? key.literal.as_string()
                                 : std::string(builder.env.sources.text(key.span));
    std::string value(builder.env.sources.text(tree[children[i + 1]].span));
    if (value.starts_with("provider.")) value.erase(0, 9);
    text += "  " + name + " = " + value + "\n";
  }
  return {"providers", {{text + "}", span, runplan::MappingKind::Derived}}, span};
}

// An interface's defaults are its own: its modules need have none.
void lower_defaults(RootBuilder& builder, const View& view, const model::Procedure& procedure,
                    LoweredBlock& call) {
  const model::ResolvedProgram& program = builder.env.program();
  for (const model::InterfaceInputDecl& input : program[procedure.interface].decl->inputs) {
    const bool given =
        std::any_of(call.assignments.begin(), call.assignments.end(),
                    [&](const Assignment& argument) { return argument.name == input.name.text; });
    if (given || !input.default_value.valid()) continue;
    call.assignments.push_back({input.name.text,
                                rewrite_expression(builder, view, input.default_value),
                                program.tree()[input.default_value].span});
  }
}

void lower_call(RootBuilder& builder, const View& view, const model::Procedure& procedure) {
  const model::ResolvedProgram& program = builder.env.program();
  const model::ProcedureDecl& decl = *procedure.decl;
  const source::Span source_span = program.tree()[decl.source].span;
  LoweredBlock call;
  call.type = "module";
  call.labels = {"this"};
  call.from = decl.header;
  const std::string module = model::module_source(program, procedure, view.flight->space);
  const bool remote = procedure.body == model::Procedure::BodyKind::Remote;
  const std::string source = remote ? procedure.source : call_source(builder, module);
  call.assignments.push_back(
      {"source",
       {{values::quote_hcl(source), source_span, runplan::MappingKind::Derived}},
       source_span});
  if (remote) {
    if (!procedure.version.empty()) {
      const source::Span span = program.tree()[decl.version].span;
      call.assignments.push_back(
          {"version",
           {{values::quote_hcl(procedure.version), span, runplan::MappingKind::Derived}},
           span});
    }
  }
  if (decl.providers.valid())
    call.assignments.push_back(providers_argument(builder, decl.providers));
  if (decl.inputs.valid()) {
    const auto children = program.tree().children(decl.inputs);
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      const eval::Expr& key = program.tree()[children[i]];
      const source::Span value = program.tree()[children[i + 1]].span;
      call.assignments.push_back(
          {key.literal.as_string(), rewrite(builder, view, value), source::join(key.span, value)});
    }
  }
  if (procedure.interface.valid()) lower_defaults(builder, view, procedure, call);
  builder.root.calls.push_back(std::move(call));
}

void lower_import(RootBuilder& builder, const View& view, const model::Block& block) {
  LoweredBlock out;
  out.type = "import";
  out.from = block.header;
  for (const model::Attribute& attribute : block.body.attributes) {
    out.assignments.push_back(
        {attribute.name.text, rewrite_expression(builder, view, attribute.value), attribute.span});
  }
  builder.root.imports.push_back(std::move(out));
}

void append(Text& text, Text more) {
  for (Piece& piece : more) text.push_back(std::move(piece));
}

// From the end of the item before (its line's rest skipped) to the block: the comments that belong
// to it.
std::uint32_t leading_from(std::string_view text, std::uint32_t item_end, std::uint32_t begin) {
  std::uint32_t at = item_end;
  while (at < begin && text[at] != '\n') ++at;
  while (at < begin &&
         (text[at] == '\n' || text[at] == '\r' || text[at] == ' ' || text[at] == '\t'))
    ++at;
  return at;
}

void lower_blocks(RootBuilder& builder, const View& view, const model::ProcedureDecl& decl) {
  const model::ResolvedProgram& program = builder.env.program();
  if (decl.body.empty()) return;
  const std::string_view file = builder.env.sources.file(decl.span.file).text();
  std::vector<std::uint32_t> ends = {decl.body_span.begin};
  for (const model::Block& block : decl.body) ends.push_back(block.span.end);
  for (const model::OutputDecl& output : decl.outputs) ends.push_back(output.span.end);
  for (const model::ExprId expr :
       {decl.source, decl.version, decl.inputs, decl.providers, decl.for_each}) {
    if (expr.valid()) ends.push_back(program.tree()[expr].span.end);
  }
  std::sort(ends.begin(), ends.end());
  for (const model::Block& block : decl.body) {
    if (block.type.text == "import") {
      lower_import(builder, view, block);
      continue;
    }
    const std::uint32_t before =
        *std::prev(std::upper_bound(ends.begin(), ends.end(), block.span.begin));
    if (!builder.root.body.empty())
      builder.root.body.push_back({"\n\n", {}, runplan::MappingKind::Synthetic});
    const std::uint32_t lead = leading_from(file, before, block.span.begin);
    append(builder.root.body, rewrite(builder, view, {block.span.file, lead, block.span.end}));
  }
}

void lower_outputs(RootBuilder& builder, const View& view, const model::Procedure& procedure) {
  const model::ResolvedProgram& program = builder.env.program();
  const std::size_t id = static_cast<std::size_t>(&procedure - program.procedures.data());
  const auto& decls = model::outputs_of(program, procedure);
  for (std::size_t i = 0; i < decls.size(); ++i) {
    const model::OutputType& type = builder.env.checked.types().outputs[id][i];
    LoweredOutput output;
    output.name = decls[i].name.text;
    output.type = type.type;
    output.sensitive = type.sensitive;
    output.optional = type.optional;
    output.description =
        model::text_setting(program, decls[i].description).value_or(decls[i].documentation);
    output.from = decls[i].header;
    if (procedure.body == model::Procedure::BodyKind::InPlace) {
      output.value = rewrite_expression(builder, view, decls[i].value);
    } else {
      output.value = {
          {"module.this." + output.name, decls[i].name.span, runplan::MappingKind::Derived}};
    }
    builder.root.outputs.push_back(std::move(output));
  }
}

// A variable that only configures providers or encryption need not be stored in a plan.
void settle_variables(RootBuilder& builder) {
  for (auto& [name, variable] : builder.variables) {
    const auto& zones = builder.zones[name];
    if (zones.contains(Zone::Encryption)) builder.root.state.encryption_variables.push_back(name);
    if (std::holds_alternative<runplan::FromSecret>(variable.source)) {
      variable.ephemeral = !zones.contains(Zone::Code) && !zones.contains(Zone::Encryption);
    }
    builder.root.variables.push_back(std::move(variable));
  }
}

}  // namespace

std::string call_source(RootBuilder& builder, const std::string& module) {
  const auto found = builder.env.checked.modules().find(module);
  SPACE_CHECK(found != builder.env.checked.modules().end(),
              "module `" + module + "` was checked and not read");
  const model::ModuleInterface& interface = found->second;
  const std::string folder = copy_folder(module, interface.digest);
  builder.modules.insert(folder);
  for (const std::string& reason : interface.floating) builder.never_skip.insert(reason);
  std::string source = std::string(k_to_out) + "modules/" + folder;
  if (interface.entry != "." && !interface.entry.empty()) source += "/" + interface.entry;
  return source;
}

void lower_body(RootBuilder& builder, const View& view, const model::Procedure& procedure) {
  if (procedure.body != model::Procedure::BodyKind::InPlace) lower_call(builder, view, procedure);
  lower_blocks(builder, view, *procedure.decl);
  if (!model::remote_modules(builder.env.program(), procedure).empty())
    builder.never_skip.insert("its module comes from elsewhere");
  lower_outputs(builder, view, procedure);
}

LoweredRoot lower_root(const Environment& env, const model::Flight& flight,
                       const model::Procedure& procedure, const std::string& key,
                       std::set<std::uint32_t>& secrets) {
  const model::ResolvedProgram& program = env.program();
  RootBuilder builder{env, {}, {}, {}, {}, {}, {}, {}, {}, Zone::Code};
  LoweredRoot& root = builder.root;
  root.id = root_id(program, flight, procedure, key);
  root.stage = program.stage_of(procedure).name.text;
  root.procedure = model::rooted_name(procedure, key);
  root.origin = base::relative_path(env.layout.project_folder,
                                    env.sources.file(procedure.decl->span.file).path());
  root.from = procedure.decl->header;
  const View view{&flight, "", &procedure, key};
  const model::ProgramState* state =
      model::find_state(env.checked.states(), model::state_name(program, flight, procedure, key));
  SPACE_CHECK(state != nullptr, "a root that the state book does not have: " + root.id);
  lower_backend(builder, view, state->address);
  lower_providers(builder, view, procedure);
  lower_body(builder, view, procedure);
  return finish_root(builder, secrets);
}

LoweredRoot finish_root(RootBuilder& builder, std::set<std::uint32_t>& secrets) {
  LoweredRoot& root = builder.root;
  settle_variables(builder);
  for (auto& [name, local] : builder.locals) root.locals.push_back(std::move(local));
  root.reads.assign(builder.reads.begin(), builder.reads.end());
  root.modules.assign(builder.modules.begin(), builder.modules.end());
  root.never_skip.assign(builder.never_skip.begin(), builder.never_skip.end());
  secrets.insert(builder.secrets.begin(), builder.secrets.end());
  return std::move(builder.root);
}

}  // namespace space::lower
