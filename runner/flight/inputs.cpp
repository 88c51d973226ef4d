#include "runner/flight/inputs.h"

#include <algorithm>

#include "core/runplan/json_writer.h"
#include "core/values/render.h"

namespace space::flight {

namespace {

const runplan::Secret* find_secret(const runplan::Flight& flight, const std::string& name) {
  const auto found =
      std::find_if(flight.secrets.begin(), flight.secrets.end(),
                   [&](const runplan::Secret& secret) { return secret.name == name; });
  return found == flight.secrets.end() ? nullptr : &*found;
}

// What is handed over: the value, or the path of a file that holds it.
base::Result<std::string> handed(const std::string& name, const std::string& value,
                                 const InputSources& sources) {
  const runplan::Secret* secret = find_secret(sources.flight, name);
  if (secret == nullptr || !secret->as_file) return value;
  return sources.write_secret_file(name, value);
}

// The kernel would cut the one at its NUL and start nothing with the other.
base::Status check_for_environment(const std::string& what, const std::string& value) {
  constexpr std::size_t k_longest = 128 * 1024 - 256;  // with the variable's name
  if (value.find('\0') != std::string::npos)
    return base::Error{what + " holds a NUL character, and is handed over in the environment",
                       "encode it, in base64 say"};
  if (value.size() > k_longest)
    return base::Error{what + " is handed over in the environment, and " +
                           std::to_string(value.size()) + " bytes are too many for it",
                       "hand over the path of a file, or a shorter value"};
  return base::Done{};
}

class Gatherer {
 public:
  Gatherer(const runplan::Root& root, const InputSources& sources)
      : root_(root), sources_(sources) {}

  base::Result<Inputs> run(Extent extent) {
    json_.begin_object();
    for (const runplan::Variable& variable : root_.variables) {
      if (extent == Extent::AccessAlone && !encrypts(variable)) continue;
      SPACE_TRY_STATUS(add(variable));
    }
    json_.end_object();
    for (const auto& [variable, name] : root_.state.environment) {
      SPACE_TRY(const std::string value, sources_.secrets.get(sources_.flight, name));
      SPACE_TRY(std::string text, handed(name, value, sources_));
      SPACE_TRY_STATUS(check_for_environment("secret `" + name + "`", text));
      inputs_.at_every_command[variable] = std::move(text);
      print("credential `" + variable + "`", value, Secrecy::Secret);
    }
    inputs_.variables_json = json_.take() + "\n";
    return std::move(inputs_);
  }

 private:
  enum class Secrecy { Open, Secret };

  bool encrypts(const runplan::Variable& variable) const {
    const auto& names = root_.state.encryption_variables;
    return std::find(names.begin(), names.end(), variable.name) != names.end();
  }

  void print(const std::string& name, const std::string& value, Secrecy secrecy) {
    const std::string shown = secrecy == Secrecy::Open
                                  ? value
                                  : "hmac " + secrets::hmac_sha256_hex(sources_.hmac_key, value);
    inputs_.parts[name] = part_digest(shown);
  }

  // "" where it may be taken in. An older apply may have left what is declared otherwise by now.
  std::string why_not(const runplan::FromOutput& read, const tofu::Outputs* outputs,
                      const tofu::OutputValue* value) const {
    const runplan::Output* declared = sources_.declared(read.root, read.output);
    const bool may_lack = declared != nullptr && declared->optional;
    if (outputs == nullptr || (value == nullptr && !may_lack)) return "is not there";
    if (declared == nullptr) return "";
    const auto problem = tofu::check_output(*declared, value);
    return problem ? problem->what : "";
  }

  base::Status add(const runplan::Variable& variable) {
    std::string json;
    std::string printed;
    Secrecy secrecy = variable.sensitive || variable.ephemeral ? Secrecy::Secret : Secrecy::Open;
    if (const auto* given = std::get_if<runplan::FromValues>(&variable.source)) {
      json = values::to_json(given->value);
    } else if (const auto* read = std::get_if<runplan::FromOutput>(&variable.source)) {
      const tofu::Outputs* outputs = sources_.outputs(read->root);
      const tofu::OutputValue* value = nullptr;
      if (outputs != nullptr) {
        const auto found = outputs->find(read->output);
        if (found != outputs->end()) value = &found->second;
      }
      if (std::string what = why_not(*read, outputs, value); !what.empty()) {
        inputs_.missing.push_back({read->root, read->output, std::move(what)});
        return base::Done{};
      }
      json = value == nullptr ? "null" : value->json;
      if (value != nullptr && value->sensitive) secrecy = Secrecy::Secret;
    } else if (const auto* fetched = std::get_if<runplan::FromSecret>(&variable.source)) {
      SPACE_TRY(const std::string value, sources_.secrets.get(sources_.flight, fetched->secret));
      SPACE_TRY(const std::string text, handed(fetched->secret, value, sources_));
      runplan::append_json_string(json, text);
      printed = value;  // the file's path is another one in each run
      secrecy = Secrecy::Secret;
    }
    json_.key(variable.name);
    json_.raw(json);
    print("input `" + variable.name + "`", printed.empty() ? json : printed, secrecy);
    if (!encrypts(variable) && !variable.ephemeral) return base::Done{};
    const auto written = variable.type.kind() == values::TypeKind::String ? tofu::Written::AsText
                                                                          : tofu::Written::AsHcl;
    const std::string text = tofu::variable_for_environment(json, written);
    SPACE_TRY_STATUS(check_for_environment("input `" + variable.name + "`", text));
    (encrypts(variable) ? inputs_.at_every_command : inputs_.at_apply)["TF_VAR_" + variable.name] =
        text;
    return base::Done{};
  }

  const runplan::Root& root_;
  const InputSources& sources_;
  Inputs inputs_;
  runplan::JsonWriter json_;
};

}  // namespace

base::Result<Inputs> gather_inputs(const runplan::Root& root, const InputSources& sources,
                                   Extent extent) {
  return Gatherer(root, sources).run(extent);
}

}  // namespace space::flight
