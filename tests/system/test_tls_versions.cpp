// Each TLS version by itself, spoken by the openssl command: what is negotiated is then no choice
// of our own library calls.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "sessions/client/fix_text.hpp"
#include "tests/system/certificates.hpp"
#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

std::string tls_listener(const Certificates& made, const std::string& more) {
    return fmt::format(
        "  - {{name: tls, address: 127.0.0.1, port: 0, tls: {{certificate: {}, key: {}{}}}}}\n",
        made.server_certificate, made.server_key, more);
}

// Says Logon(A) and Logout(5) over one version of TLS; everything that came back.
Ran speak(const TempDir& dir,
          const GatewayProcess& gateway,
          const std::string& ca,
          const std::string& protocol) {
    const std::string time = now_text();
    const std::string words = dir.file(
        "words",
        client::wire_message({"FIX.4.4", "T1", "SLUICE", 1, time, false}, "A", "98=0|108=30") +
            client::wire_message({"FIX.4.4", "T1", "SLUICE", 2, time, false}, "5", ""));
    return run_program(
        {"sh", "-c",
         fmt::format("timeout 10 openssl s_client -connect 127.0.0.1:{} -{} -CAfile {} "
                     "-verify_return_error -ign_eof < {}",
                     gateway.port(), protocol, ca, words)});
}

}  // namespace

TEST_CASE("a client of TLS 1.2 and one of TLS 1.3 log on, with RSA and with EC keys") {
    const auto [protocol, name, key] = GENERATE(
        table<const char*, const char*, const char*>({{"tls1_2", "New, TLSv1.2, Cipher", "rsa"},
                                                      {"tls1_2", "New, TLSv1.2, Cipher", "ec"},
                                                      {"tls1_3", "New, TLSv1.3, Cipher", "rsa"},
                                                      {"tls1_3", "New, TLSv1.3, Cipher", "ec"}}));
    const TempDir dir;
    const Certificates made = make_certificates(dir.path(), key);
    GatewayProcess gateway(dir, ConfigText{.listeners = tls_listener(made, ""),
                                           .sessions = session("T1", FixVersion::Fix44)}
                                    .text());
    gateway.start();
    const Ran ran = speak(dir, gateway, made.ca_certificate, protocol);
    INFO(ran.output);
    CHECK(ran.output.find(name) != std::string::npos);
    CHECK(ran.output.find("\x01"
                          "35=A\x01") != std::string::npos);
    CHECK(ran.output.find("\x01"
                          "35=5\x01") != std::string::npos);
}

TEST_CASE("a listener for TLS 1.3 alone does not speak TLS 1.2, nor plain text") {
    const TempDir dir;
    const Certificates made = make_certificates(dir.path(), "ec");
    GatewayProcess gateway(dir,
                           ConfigText{.listeners = tls_listener(made, ", min_version: \"1.3\""),
                                      .sessions = session("T1", FixVersion::Fix44)}
                               .text());
    gateway.start();
    const Ran old = speak(dir, gateway, made.ca_certificate, "tls1_2");
    INFO(old.output);
    CHECK(old.exit_code != 0);
    CHECK(old.output.find("\x01"
                          "35=A\x01") == std::string::npos);
    auto plain = client::FixClient::connect(gateway.client_config("T1", FixVersion::Fix44));
    REQUIRE(plain.ok());
    CHECK_FALSE(plain.value()->logon().ok());
    const Ran present = speak(dir, gateway, made.ca_certificate, "tls1_3");
    CHECK(present.output.find("\x01"
                              "35=A\x01") != std::string::npos);
}

}  // namespace sluice::system_test
