// A QuickFIX initiator with one session, behind an interface without QuickFIX's headers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/domain/fix_enums.hpp"

namespace sluice::system_test {

class QuickfixClient {
public:
    // ca_file: not empty means TLS.
    QuickfixClient(FixVersion version,
                   const std::string& id,
                   std::uint16_t port,
                   const std::string& ca_file);
    ~QuickfixClient();

    void start();
    void stop();       // with Logout(5)
    void stop_hard();  // without
    bool wait_logged_on();
    void send(const std::string& msg_type, const std::string& body);
    // An application message with these fields came, now or within 10 s.
    bool wait_for(const std::string& fields);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sluice::system_test
