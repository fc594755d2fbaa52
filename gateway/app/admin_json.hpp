// Small helpers between JSON bodies and the admin API's calls. Bad input throws BadRequest, which
// AdminApi::handle answers.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "gateway/admin/admin_server.hpp"
#include "gateway/app/exit_code.hpp"
#include "gateway/domain/text.hpp"

namespace sluice::app {

using Json = nlohmann::ordered_json;

struct BadRequest {
    int exit_code;
    std::string text;
};

inline int http_status(int exit_code) {
    switch (exit_code) {
        case kOk:
            return 200;
        case kUsage:
            return 400;
        case kNotPermitted:
            return 403;
        case kNotFound:
            return 404;
        case kTimedOut:
            return 408;
        case kConflict:
            return 409;
        case kRefusedByState:
            return 423;
        default:
            return 500;
    }
}

inline AdminResponse json_answer(const Json& body) {
    return {200, body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}
inline AdminResponse json_error(int exit_code, const std::string& text) {
    Json body;
    body["error"] = text;
    body["code"] = exit_code;
    return {http_status(exit_code), body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

inline Json parse_body(const AdminRequest& request) {
    Json body = Json::parse(request.body.empty() ? "{}" : request.body, nullptr, false);
    if (!body.is_object()) {
        throw BadRequest{kUsage, "the body is not a JSON object"};
    }
    return body;
}

inline std::string text_member(const Json& body,
                               const char* key,
                               const std::string& otherwise = {}) {
    const auto found = body.find(key);
    if (found == body.end() || found->is_null()) {
        return otherwise;
    }
    if (found->is_string()) {
        return found->get<std::string>();
    }
    if (found->is_number_integer()) {
        return found->dump();
    }
    throw BadRequest{kUsage, std::string("'") + key + "' must be a string"};
}

inline bool flag_member(const Json& body, const char* key) {
    const auto found = body.find(key);
    if (found == body.end()) {
        return false;
    }
    if (!found->is_boolean()) {
        throw BadRequest{kUsage, std::string("'") + key + "' must be true or false"};
    }
    return found->get<bool>();
}

template <std::size_t N>
Text<N> bounded_member(const Json& body, const char* key) {
    Text<N> out;
    if (!out.assign(text_member(body, key))) {
        throw BadRequest{kUsage, std::string("'") + key + "' is longer than " + std::to_string(N) +
                                     " characters"};
    }
    return out;
}

inline Prose required_reason(const Json& body) {
    const auto reason = bounded_member<Prose::kMax>(body, "reason");
    if (reason.empty()) {
        throw BadRequest{kUsage, "a change needs a 'reason' (--reason)"};
    }
    return reason;
}

}  // namespace sluice::app
