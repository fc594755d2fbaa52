// Debian's QuickFIX as the client: its own initiator, its own sockets, plain and under TLS.
#include <condition_variable>
#include <mutex>
#include <sstream>
#include <vector>

#include <catch2/catch.hpp>

#include "sessions/client/fix_text.hpp"
#include "tests/system/certificates.hpp"
#include "tests/system/gateway_process.hpp"
#include "tests/system/quickfix_initiator.hpp"

namespace sluice::system_test {
namespace {

void trade(GatewayProcess& gateway, FixVersion version, const Certificates* certificates) {
    QuickfixClient quickfix(version, "T1", gateway.port(),
                            certificates == nullptr ? "" : certificates->ca_certificate);
    quickfix.start();
    REQUIRE(quickfix.wait_logged_on());
    quickfix.send("D", order(version, "A1", '1', "100", "10.00"));
    REQUIRE(quickfix.wait_for("35=8|11=A1|39=0"));
    quickfix.stop_hard();  // the process forgets the connection, not the session's store

    auto other = gateway.client_config("T2", FixVersion::Fix44);
    other.tls = certificates != nullptr;
    other.tls_config.ca_file = certificates == nullptr ? "" : certificates->ca_certificate;
    other.server_name = "localhost";
    auto counterparty = log_on(other);
    counterparty->send("D", order(FixVersion::Fix44, "B1", '2', "100", "10.00"));
    expect(*counterparty, "35=8|11=B1|39=2");

    quickfix.start();
    REQUIRE(quickfix.wait_logged_on());
    REQUIRE(quickfix.wait_for("35=8|11=A1|39=2|14=100"));
    quickfix.stop();
    counterparty->logout();
}

}  // namespace

TEST_CASE(
    "a QuickFIX initiator trades in each version, loses the connection, comes back and gets what "
    "it missed") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const TempDir dir;
    GatewayProcess gateway(
        dir,
        ConfigText{.sessions = session("T1", version) + session("T2", FixVersion::Fix44)}.text());
    gateway.start();
    trade(gateway, version, nullptr);
}

TEST_CASE("a QuickFIX initiator does the same over TLS") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const TempDir dir;
    const Certificates made = make_certificates(dir.path(), "rsa");
    ConfigText config{.sessions = session("T1", version) + session("T2", FixVersion::Fix44)};
    config.listeners = "  - {name: tls, address: 127.0.0.1, port: 0, tls: {certificate: " +
                       made.server_certificate + ", key: " + made.server_key + "}}\n";
    GatewayProcess gateway(dir, config.text());
    gateway.start();
    trade(gateway, version, &made);
}

}  // namespace sluice::system_test
