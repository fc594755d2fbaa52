// The caller's side of the admin API, used by the command line: one request, one answer, with a
// time limit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/domain/result.hpp"

namespace sluice {

enum class AdminCallError : std::uint8_t { Unreachable, TimedOut, BadAnswer };

struct AdminCallFailure {
    AdminCallError kind;
    std::string text;  // names the socket and the reason
};

struct AdminAnswer {
    int status = 0;
    std::string body;  // JSON text
};

Result<AdminAnswer, AdminCallFailure> admin_call(const std::string& socket_path,
                                                 const std::string& method,
                                                 const std::string& target,
                                                 const std::string& body,
                                                 int timeout_seconds = 30);

// For building targets: everything but letters, digits and -._~ becomes %XX.
std::string percent_encoded(std::string_view text);

}  // namespace sluice
