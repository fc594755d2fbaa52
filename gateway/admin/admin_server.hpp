// The admin API's front door: HTTP/1.1 with JSON bodies over a UNIX socket. Who asks is taken from
// the socket (peer credentials), not from what the caller says. Owner: a thread of its own; the
// handler runs on that thread.
//
// A slow or silent caller is closed after a time limit and delays no order: nothing here touches
// the order path.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "gateway/domain/result.hpp"

namespace sluice {

struct AdminRequest {
    std::string method;                        // "GET", "POST"
    std::string path;                          // "/sessions/TRADER1/logout", percent-decoded
    std::map<std::string, std::string> query;  // percent-decoded
    std::string body;                          // JSON text, empty when there is none
    std::uint32_t uid = 0;
    std::int64_t pid = 0;
    std::string user;  // login name of uid, or "uid 1000" when it has none
};

struct AdminResponse {
    int status = 200;
    std::string body;  // JSON text
};

class AdminServer {
public:
    using Handler = std::function<AdminResponse(const AdminRequest&)>;

    // Binds and starts the thread. The socket file gets `mode`; one that a dead process left behind
    // is replaced, one that a living process serves is an error. The error says which path and why.
    static Result<std::unique_ptr<AdminServer>, std::string> start(const std::string& socket_path,
                                                                   unsigned mode,
                                                                   Handler handler);
    // Stops taking requests, ends the thread and removes the socket file.
    ~AdminServer();
    AdminServer(const AdminServer&) = delete;
    AdminServer& operator=(const AdminServer&) = delete;

private:
    struct State;
    explicit AdminServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace sluice
