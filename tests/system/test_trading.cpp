// A client that is not QuickFIX trades in three versions, plain and under TLS, loses its connection
// and gets what it missed.
#include <catch2/catch.hpp>

#include "tests/system/certificates.hpp"
#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

void trade_and_come_back(GatewayProcess& gateway,
                         client::FixClientConfig config,
                         client::FixClientConfig other) {
    const FixVersion version = config.version;
    const std::string fill = version == FixVersion::Fix42 ? "35=8|150=2|39=2" : "35=8|150=F|39=2";
    auto trader = log_on(config);
    auto counterparty = log_on(other);
    trader->send("D", order(version, "A1", '1', "100", "10.00"));
    expect(*trader, "35=8|11=A1|39=0|151=100");

    // The wire is cut while the order rests; it fills meanwhile.
    trader->cut();
    counterparty->send("D", order(other.version, "B1", '2', "100", "10.00"));
    expect(*counterparty, "35=8|11=B1|39=2|14=100");

    trader = log_on(config);
    const auto missed = expect(*trader, fill + "|11=A1|14=100|31=10");
    CHECK(missed.poss_dup);
    trader->send("D", order(version, "A2", '1', "1", "9.50"));
    expect(*trader, "35=8|11=A2|39=0");
    trader->send("F", "11=A3|41=A2|55=XYZ|54=1|38=1|60=" + now_text());
    expect(*trader, "35=8|11=A3|41=A2|39=4|151=0");
    trader->logout();
    counterparty->logout();
    CHECK(gateway.pid() > 0);
}

}  // namespace

TEST_CASE(
    "a raw client trades in each version, loses the connection and gets by resend what it missed") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const TempDir dir;
    GatewayProcess gateway(
        dir,
        ConfigText{.sessions = session("T1", version) + session("T2", FixVersion::Fix44)}.text());
    gateway.start();
    trade_and_come_back(gateway, gateway.client_config("T1", version),
                        gateway.client_config("T2", FixVersion::Fix44));
    CHECK(gateway.stop() == 0);
}

TEST_CASE("the same over TLS, with RSA and EC keys and the certificate checked") {
    const auto [version, key] = GENERATE(table<FixVersion, const char*>(
        {{FixVersion::Fix42, "rsa"}, {FixVersion::Fix44, "ec"}, {FixVersion::Fix50Sp2, "ec"}}));
    const TempDir dir;
    const Certificates made = make_certificates(dir.path(), key);
    ConfigText config{.sessions = session("T1", version) + session("T2", FixVersion::Fix44)};
    config.listeners = "  - {name: tls, address: 127.0.0.1, port: 0, tls: {certificate: " +
                       made.server_certificate + ", key: " + made.server_key + "}}\n";
    GatewayProcess gateway(dir, config.text());
    gateway.start();
    auto trader = gateway.client_config("T1", version);
    auto other = gateway.client_config("T2", FixVersion::Fix44);
    for (auto* client : {&trader, &other}) {
        client->tls = true;
        client->tls_config.ca_file = made.ca_certificate;
        client->server_name = "localhost";
    }
    trade_and_come_back(gateway, trader, other);
    CHECK(gateway.stop() == 0);
}

TEST_CASE("a session whose certificate is asked for admits only that certificate") {
    const TempDir dir;
    const Certificates made = make_certificates(dir.path(), "ec");
    ConfigText config{.sessions =
                          session("T1", FixVersion::Fix44, "    certificate: CN=client-one\n")};
    config.listeners = "  - {name: tls, address: 127.0.0.1, port: 0, tls: {certificate: " +
                       made.server_certificate + ", key: " + made.server_key +
                       ", ca: " + made.ca_certificate + ", client_certificate: required}}\n";
    GatewayProcess gateway(dir, config.text());
    gateway.start();
    auto right = gateway.client_config("T1", FixVersion::Fix44);
    right.tls = true;
    right.tls_config.ca_file = made.ca_certificate;
    right.server_name = "localhost";
    auto wrong = right;
    right.tls_config.certificate_file = made.client_certificate;
    right.tls_config.key_file = made.client_key;
    wrong.tls_config.certificate_file = made.server_certificate;
    wrong.tls_config.key_file = made.server_key;
    wrong.sequence_file.clear();
    auto refused = client::FixClient::connect(wrong);
    if (refused.ok()) {
        CHECK_FALSE(refused.value()->logon().ok());
    }
    auto admitted = log_on(right);
    admitted->logout();
}

}  // namespace sluice::system_test
