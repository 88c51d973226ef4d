#include "runner/secrets/secret_store.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <vector>

#include "core/base/check.h"
#include "core/base/escapes.h"

namespace space::secrets {

namespace {

constexpr std::int64_t k_patience_milliseconds = 60'000;

std::string without_line_end(std::string text) {
  if (!text.empty() && text.back() == '\n') text.pop_back();
  if (!text.empty() && text.back() == '\r') text.pop_back();
  return text;
}

}  // namespace

base::Result<std::string> SecretStore::get(const runplan::Flight& flight, std::string_view name) {
  const std::string key = flight.id + "\n" + std::string(name);
  const auto known = values_.find(key);
  if (known != values_.end()) return known->second;
  const auto secret = std::find_if(flight.secrets.begin(), flight.secrets.end(),
                                   [&](const runplan::Secret& s) { return s.name == name; });
  if (secret == flight.secrets.end()) {
    return base::Error{"secret `" + std::string(name) + "` is not in the run plan",
                       "write it again with `spacec build`"};
  }
  auto value = fetch(*secret);
  if (!value) {
    return base::Error{"secret `" + secret->name + "` cannot be fetched: " + value.error().message,
                       value.error().help};
  }
  scrubber_.add(*value);
  values_.emplace(key, *value);
  return value;
}

base::Result<std::string> SecretStore::fetch(const runplan::Secret& secret) const {
  if (secret.arguments.empty()) return base::Error{"the run plan does not say from where", ""};
  switch (secret.method) {
    case runplan::Secret::Method::Env: {
      const auto found = sources_.environment.find(secret.arguments[0]);
      if (found == sources_.environment.end()) {
        return base::Error{"environment variable `" + secret.arguments[0] + "` is not set",
                           "set it for `space`"};
      }
      return found->second;
    }
    case runplan::Secret::Method::File: {
      const std::string path = base::join_path(sources_.project_folder, secret.arguments[0]);
      auto text = sources_.files->read(path);
      if (!text)
        return base::Error{"`" + secret.arguments[0] + "`: " + text.error().message,
                           text.error().help};
      return without_line_end(std::move(*text));
    }
    case runplan::Secret::Method::Command: {
      base::Command command;
      command.argv = secret.arguments;
      command.environment = sources_.environment;  // the user's own program, for the user
      command.folder = sources_.project_folder;
      command.timeout_milliseconds = k_patience_milliseconds;
      auto result = sources_.run(command);
      if (!result) return result.error();
      if (result->exit_code != 0) {
        return base::Error{"`" + secret.arguments[0] + "` ended with exit code " +
                               std::to_string(result->exit_code),
                           ""};
      }
      return without_line_end(std::move(result->standard_output));
    }
  }
  return base::Error{"the run plan does not say how", ""};
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  const auto* made =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest, &length);
  SPACE_CHECK(made != nullptr, "no HMAC");
  return base::to_hex({reinterpret_cast<const char*>(digest), length});
}

std::string random_hex(std::size_t count) {
  std::vector<unsigned char> bytes(count);
  SPACE_CHECK(RAND_bytes(bytes.data(), static_cast<int>(count)) == 1, "no random numbers");
  return base::to_hex({reinterpret_cast<const char*>(bytes.data()), count});
}

}  // namespace space::secrets
