// The TLS options of `sluice client`, against a real gateway with real certificates.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/system/certificates.hpp"
#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

// A gateway with one TLS listener, and `sluice client` with some options more.
class TlsDesk {
public:
    explicit TlsDesk(const std::string& key = "ec", bool asks_certificate = false)
        : made(make_certificates(dir_.path(), key)),
          gateway_(dir_,
                   ConfigText{.listeners = fmt::format(
                                  "  - {{name: tls, address: 127.0.0.1, port: 0, tls: "
                                  "{{certificate: {}, key: {}{}}}}}\n",
                                  made.server_certificate,
                                  made.server_key,
                                  asks_certificate ? ", ca: " + made.ca_certificate +
                                                         ", client_certificate: required"
                                                   : ""),
                              .sessions = session("T1", FixVersion::Fix44)}
                       .text()),
          script_(dir_.file("script", "buy 5 XYZ @9.00\nexpect 35=8|150=0\n")) {
        gateway_.start();
    }

    Ran client(const std::vector<std::string>& options) const {
        std::vector<std::string> words{"client",          "T1",       "--socket",
                                       gateway_.socket(), "--script", script_};
        words.insert(words.end(), options.begin(), options.end());
        return run_sluice(words);
    }

private:
    TempDir dir_;

public:
    const Certificates made;

private:
    GatewayProcess gateway_;
    std::string script_;
};

void check_traded(const Ran& ran) {
    INFO(ran.output);
    CHECK(ran.exit_code == 0);
    CHECK(ran.output.find("logged on in") != std::string::npos);
    CHECK(ran.output.find("New New cum 0 leaves 5") != std::string::npos);
}

void check_refused(const Ran& ran, const std::string& why) {
    INFO(ran.output);
    CHECK(ran.exit_code != 0);
    CHECK(ran.output.find(why) != std::string::npos);
    CHECK(ran.output.find("logged on in") == std::string::npos);
}

}  // namespace

TEST_CASE("the client trades over TLS with the authority that it is told to trust") {
    const TlsDesk desk(GENERATE("rsa", "ec"));
    check_traded(desk.client({"--tls", "--ca", desk.made.ca_certificate}));
    check_traded(desk.client({"--ca", desk.made.ca_certificate}));  // which says TLS by itself
    check_traded(desk.client({"--ca", desk.made.ca_certificate, "--server-name", "localhost"}));
}

TEST_CASE("the client does not log on at a gateway whose certificate is not the right one") {
    const TlsDesk desk;
    check_refused(desk.client({"--tls", "--ca", desk.made.ca_certificate, "--server-name",
                               "fix.example.com"}),
                  "hostname mismatch");
    check_refused(desk.client({"--tls"}), "unable to get local issuer certificate");
    check_refused(desk.client({"--server-name", "localhost"}),
                  "unable to get local issuer certificate");
    check_refused(desk.client({"--ca", desk.made.client_certificate}), "TLS handshake");
    check_refused(desk.client({"--ca", desk.made.ca_certificate + ".gone"}), "TLS CA file");
    check_refused(desk.client({}), "the gateway closed the connection");  // plain text
}

TEST_CASE("--insecure logs on at a gateway whose certificate nobody vouches for") {
    const TlsDesk desk;
    check_traded(desk.client({"--insecure"}));
    check_traded(desk.client({"--insecure", "--server-name", "fix.example.com"}));
}

TEST_CASE("the client shows its own certificate where the gateway asks for one") {
    const TlsDesk desk("ec", true);
    const std::string ca = desk.made.ca_certificate;
    check_refused(desk.client({"--ca", ca}), "certificate required");
    check_traded(desk.client(
        {"--ca", ca, "--cert", desk.made.client_certificate, "--key", desk.made.client_key}));
    check_refused(desk.client({"--ca", ca, "--cert", desk.made.client_certificate, "--key",
                               desk.made.server_key}),
                  "server.key': key values mismatch");
    check_refused(desk.client({"--ca", ca, "--cert", desk.made.client_certificate}),
                  "TLS key file");  // the file holds no key
}

}  // namespace sluice::system_test
