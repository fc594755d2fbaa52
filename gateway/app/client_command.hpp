// `sluice client [SESSION]`: a FIX client at the terminal or from a script. What is not given as an
// option is asked of the running gateway.
#pragma once

#include <string>

#include "gateway/app/gateway_calls.hpp"

namespace sluice::app {

struct ClientRequest {
    std::string session;  // empty: the gateway's only client session, or --sender
    std::string host;
    unsigned port = 0;
    std::string version;  // "4.4", "FIX.5.0SP2"
    std::string sender;   // SenderCompID(49), the client's
    std::string target;   // TargetCompID(56), the gateway's
    std::string username;
    std::string password_file;
    std::string account;
    std::string sequence_file;  // empty: client-<SESSION>.seq in the data directory
    bool reset = false;         // ResetSeqNumFlag(141)=Y
    bool tls = false;
    std::string ca;
    std::string certificate;
    std::string key;
    std::string server_name;
    bool insecure = false;  // any certificate of the gateway is taken
    bool raw = false;
    std::string script;  // "-": standard input
    unsigned heart_bt_int = 30;
};
int run_client(const GatewayCalls& gateway, ClientRequest request);

// "host:port", "[::1]:9876". Throws CliFailure.
std::pair<std::string, unsigned> parse_address(const std::string& address);

}  // namespace sluice::app
