#include "gateway/app/gateway_calls.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/admin/admin_client.hpp"
#include "gateway/app/cli_failure.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

CliFailure failure_of(const AdminCallFailure& error) {
    switch (error.kind) {
        case AdminCallError::Unreachable:
            return {kUnreachable,
                    fmt::format("no gateway at {}. Is it running? Start it with: sluice demo",
                                error.text),
                    {}};
        case AdminCallError::TimedOut:
            return {kTimedOut, error.text, "sluice status"};
        case AdminCallError::BadAnswer:
            break;
    }
    return {kFailed, error.text, {}};
}

}  // namespace

Json GatewayCalls::get(const std::string& path, const Query& query) const {
    return call("GET", with_query(path, query), "");
}

Json GatewayCalls::post(const std::string& path, const Json& body) const {
    return call("POST", path, body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json GatewayCalls::call(const std::string& method,
                        const std::string& target,
                        const std::string& body) const {
    const auto answer = admin_call(place_.socket, method, target, body);
    if (!answer.ok()) {
        throw failure_of(answer.error());
    }
    Json json = Json::parse(answer.value().body, nullptr, false);
    if (json.is_discarded()) {
        throw CliFailure{
            kFailed, fmt::format("{}: the answer to {} is not JSON", place_.socket, target), {}};
    }
    if (answer.value().status != 200) {
        const bool ours = json.is_object() && json.contains("error") && json.contains("code");
        throw CliFailure{
            ours && json["code"].is_number_integer() ? json["code"].get<int>() : int{kFailed},
            ours ? cell(json, "error") : fmt::format("HTTP status {}", answer.value().status),
            {}};
    }
    return json;
}

std::string with_query(const std::string& path, const Query& query) {
    std::string target = path;
    char separator = '?';
    for (const auto& [key, value] : query) {
        if (!value.empty()) {
            target += separator + key + "=" + percent_encoded(value);
            separator = '&';
        }
    }
    return target;
}

std::string cell(const Json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (found == object.end() || found->is_null()) {
        return {};
    }
    return found->is_string() ? found->get<std::string>() : found->dump();
}

}  // namespace sluice::app
