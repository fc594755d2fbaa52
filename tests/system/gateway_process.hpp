// A real `sluice run` in a directory of its own: started, spoken to, stopped or killed, started
// again on what it left.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <sys/types.h>

#include "sessions/client/fix_client.hpp"

namespace sluice::system_test {

// A directory below the system's temporary one, removed at the end.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    const std::string& path() const { return path_; }
    std::string file(const std::string& name,
                     const std::string& content) const;  // writes it; its path

private:
    std::string path_;
};

struct ConfigText {
    std::string durability = "written";
    std::string listeners = "  - {name: plain, address: 127.0.0.1, port: 0}\n";
    std::string sessions = {};  // rows; see session()
    std::string venues =        // a simulated venue without liquidity of its own
        "  - {id: SIM, type: sim}\n";
    std::string routes = {};          // rows, may be empty
    std::string more = {};            // further top-level blocks
    std::string account_limits = {};  // in place of the generous ones
    std::string text() const;
};
std::string session(const std::string& id, FixVersion version, const std::string& more = {});

class GatewayProcess {
public:
    GatewayProcess(const TempDir& dir, const std::string& config);
    ~GatewayProcess();
    GatewayProcess(const GatewayProcess&) = delete;
    GatewayProcess& operator=(const GatewayProcess&) = delete;

    // Waits until it is ready; REQUIREs that it gets so far.
    void start();
    void kill9();
    int stop();  // SIGTERM; its exit code
    std::uint16_t port(std::size_t listener = 0) const { return ports_.at(listener); }
    std::string socket() const { return dir_ + "/data/admin.sock"; }
    std::string data_dir() const { return dir_ + "/data"; }
    std::string journal() const { return data_dir() + "/journal"; }
    const std::string& output() const { return output_; }
    pid_t pid() const { return pid_; }

    client::FixClientConfig client_config(const std::string& id, FixVersion version) const;
    // GET or POST on the admin API; REQUIREs an answer.
    nlohmann::json call(const std::string& method,
                        const std::string& target,
                        const std::string& body = {}) const;

private:
    std::string dir_;
    std::string config_path_;
    std::string output_;
    std::vector<std::uint16_t> ports_;
    pid_t pid_ = -1;
    int out_ = -1;
};

// Runs `sluice` with these arguments to its end.
struct Ran {
    int exit_code = -1;
    std::string output;  // standard output and error
};
Ran run_sluice(const std::vector<std::string>& arguments);
Ran run_program(const std::vector<std::string>& command);

// Connects and logs on; REQUIREs success.
std::unique_ptr<client::FixClient> log_on(const client::FixClientConfig& config);
// The next message with all these fields ("35=8|39=2"); messages before it are skipped. REQUIREs
// that it comes within 10 s.
client::FixMessage expect(client::FixClient& client, const std::string& fields);
// A NewOrderSingle body: "11=..|55=XYZ|54=1|38=10|40=2|44=9.99|...", with HandlInst(21) in FIX 4.2.
std::string order(FixVersion version,
                  const std::string& id,
                  char side,
                  const std::string& qty,
                  const std::string& px);
std::string now_text();

}  // namespace sluice::system_test
