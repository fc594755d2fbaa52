#include <catch2/catch.hpp>
#include <openssl/ssl.h>

#include "tests/unit/transport/certificates.hpp"
#include "tests/unit/transport/frames.hpp"
#include "tests/unit/transport/loopback.hpp"

using namespace sluice::transport;
using namespace sluice::test;

namespace {

// A TLS listener, a connector, and the settings of both, which a test changes before run().
struct TlsHouse : Loopback {
    Certificates made;
    TlsServerConfig server_tls;
    TlsClientConfig client_tls;
    ConnectTarget target;
    std::shared_ptr<const TlsContext> server_context;
    Connector connector{reactor, resolver, client};

    explicit TlsHouse(KeyKind kind = KeyKind::Ec) {
        const auto pair = made.issue(kind, "server");
        server_tls.certificate_file = pair.certificate;
        server_tls.key_file = pair.key;
        client_tls.ca_file = made.ca_file();
        target.name = "venue";
        target.host = "localhost";
    }
    void start(std::chrono::milliseconds deadline = std::chrono::seconds{15}) {
        auto context = TlsContext::server(server_tls);
        if (!context.ok()) {
            FAIL(context.error());
        }
        ListenerConfig config;
        config.tls = std::move(context).value();
        config.limits.logon_deadline = deadline;
        listen(config);
        auto own = TlsContext::client(client_tls);
        if (!own.ok()) {
            FAIL(own.error());
        }
        target.tls = std::move(own).value();
        target.port = port();
    }
    void connect() {
        connector.start(target);
        await([&] {
            return (client.opened.size() == 1 && server.opened.size() == 1) ||
                   !client.closed.empty() || !server.closed.empty();
        });
    }
    Connection& client_side() {
        Connection* connection = reactor.find(client.opened.at(0));
        REQUIRE(connection != nullptr);
        return *connection;
    }
};

}  // namespace

TEST_CASE("TLS 1.2 and 1.3 carry messages both ways with RSA and EC keys") {
    const auto kind = GENERATE(KeyKind::Rsa, KeyKind::Ec);
    const auto version = GENERATE(TlsVersion::Tls12, TlsVersion::Tls13);
    TlsHouse house(kind);
    house.server_tls.version_min = version;
    house.start();
    house.connect();
    REQUIRE(house.client.opened.size() == 1);
    CHECK(house.client.tls_peers[0].protocol == "TLSv1.3");
    std::string sent;
    for (int i = 0; i < 200; ++i) {
        const std::string one =
            frame("35=D|11=" + std::to_string(i) + "|58=" + std::string(900, 'x') + "|");
        sent += one;
        REQUIRE(house.client_side().send(one, 1));
    }
    house.await([&] { return house.server.frames.size() == 200; });
    CHECK(house.server.frames[199].find("11=199") != std::string::npos);
    for (const auto& one : house.server.frames) {
        REQUIRE(house.server_side().send(one, 1));
    }
    house.await([&] { return house.client.frames.size() == 200; });
    CHECK(house.client.frames == house.server.frames);
}

TEST_CASE("a client that speaks TLS 1.2 at most is served") {
    TlsHouse house;
    house.start();
    SSL_CTX_set_max_proto_version(house.target.tls->get(), TLS1_2_VERSION);
    house.connect();
    REQUIRE(house.client.opened.size() == 1);
    CHECK(house.client.tls_peers[0].protocol == "TLSv1.2");
    house.client_side().send(frame("35=0|"), 0);
    house.await([&] { return house.server.frames.size() == 1; });
}

TEST_CASE("the client sees whom it reached: subject and fingerprint") {
    TlsHouse house;
    house.start();
    house.connect();
    REQUIRE(house.client.tls_peers.size() == 1);
    CHECK(house.client.tls_peers[0].common_name == "server");
    CHECK(house.client.tls_peers[0].fingerprint_sha256.size() == 64);
    CHECK_FALSE(house.server.tls_peers.at(0).has_certificate);
}

TEST_CASE("a client certificate is shown to the session layer") {
    const auto wanted = GENERATE(ClientCertificate::Optional, ClientCertificate::Required);
    TlsHouse house;
    const auto own = house.made.issue(KeyKind::Ec, "CLIENT1");
    house.server_tls.client_certificate = wanted;
    house.server_tls.ca_file = house.made.ca_file();
    house.client_tls.certificate_file = own.certificate;
    house.client_tls.key_file = own.key;
    house.start();
    house.connect();
    REQUIRE(house.server.tls_peers.size() == 1);
    CHECK(house.server.tls_peers[0].has_certificate);
    CHECK(house.server.tls_peers[0].common_name == "CLIENT1");
}

TEST_CASE("a required client certificate that does not come ends the handshake") {
    TlsHouse house;
    house.server_tls.client_certificate = ClientCertificate::Required;
    house.server_tls.ca_file = house.made.ca_file();
    house.start();
    house.connect();
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::HandshakeFailed);
    CHECK(house.server.closed[0].text.find("peer did not return a certificate") !=
          std::string::npos);
    CHECK(house.server.opened.empty());
}

TEST_CASE("a client certificate of another CA ends the handshake") {
    TlsHouse house;
    Certificates strangers;
    const auto own = strangers.issue(KeyKind::Ec, "MALLORY");
    house.server_tls.client_certificate = ClientCertificate::Optional;
    house.server_tls.ca_file = house.made.ca_file();
    house.client_tls.certificate_file = own.certificate;
    house.client_tls.key_file = own.key;
    house.start();
    house.connect();
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::HandshakeFailed);
}

TEST_CASE("a server with another name than the one asked for is not trusted") {
    TlsHouse house;
    const auto pair = house.made.issue(KeyKind::Ec, "server", "other.example");
    house.server_tls.certificate_file = pair.certificate;
    house.server_tls.key_file = pair.key;
    house.start();
    house.connect();
    house.await([&] { return house.client.closed.size() == 1; });
    CHECK(house.client.closed[0].reason == CloseReason::HandshakeFailed);
    CHECK(house.client.closed[0].text.find("mismatch") != std::string::npos);
    CHECK(house.client.opened.empty());
}

TEST_CASE("a server of an unknown CA is not trusted, unless verification is off") {
    const bool verify = GENERATE(true, false);
    TlsHouse house;
    Certificates strangers;
    house.client_tls.ca_file = strangers.ca_file();
    house.client_tls.verify_peer = verify;
    house.start();
    house.connect();
    CHECK(house.client.opened.empty() == verify);
}

TEST_CASE("a peer that never finishes the handshake is closed at the deadline") {
    TlsHouse house;
    house.start(std::chrono::milliseconds{30});
    RawClient client(house.listener->address());
    client.send("\x16\x03\x01");
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::LogonDeadline);
    CHECK(house.server.closed[0].text == "the TLS handshake was not done in time");
}

TEST_CASE("plain FIX on a TLS port is refused with OpenSSL's reason") {
    TlsHouse house;
    house.start();
    RawClient client(house.listener->address());
    client.send(frame("35=A|"));
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::HandshakeFailed);
    CHECK(house.server.closed[0].text.find("TLS: ") == 0);
}

TEST_CASE("under TLS the Logout(5) goes out before the end of the stream") {
    TlsHouse house;
    house.start();
    house.connect();
    house.server_side().send(frame("35=5|"), 0);
    house.server_side().close_after_flush("logged out");
    house.await([&] { return house.client.closed.size() == 1; });
    CHECK(house.client.frames.size() == 1);
    CHECK(house.client.closed[0].reason == CloseReason::PeerClosed);
    CHECK(house.server.closed.at(0).reason == CloseReason::Flushed);
    house.await([&] { return house.reactor.connection_count() == 0; });
}

TEST_CASE("under TLS a paused reader holds a big sender back and loses nothing") {
    TlsHouse house;
    house.start();
    house.connect();
    house.server_side().pause_reading();
    for (int i = 0; i < 3'000; ++i) {
        REQUIRE(house.client_side().send(frame("35=D|58=" + std::string(1'000, 'x') + "|"), 1));
    }
    for (int turn = 0; turn < 400; ++turn) {
        house.reactor.flush_all(1);
        house.reactor.poll(false);
    }
    CHECK(house.server.frames.empty());
    house.server_side().resume_reading();
    house.await([&] { return house.server.frames.size() == 3'000; });
}

TEST_CASE("wrong TLS files are errors that name the file and the reason") {
    Certificates made;
    const auto good = made.issue(KeyKind::Ec, "server");
    const auto other = made.issue(KeyKind::Ec, "other");
    const std::string junk = made.write("junk.pem", "this is not PEM\n");
    const auto error_of = [](TlsServerConfig config) {
        const auto context = TlsContext::server(config);
        REQUIRE_FALSE(context.ok());
        return context.error();
    };
    CHECK(error_of({.certificate_file = "/nowhere.pem", .key_file = good.key})
              .find("'/nowhere.pem': No such file") != std::string::npos);
    CHECK(error_of({.certificate_file = junk, .key_file = good.key}).find(junk) !=
          std::string::npos);
    CHECK(error_of({.certificate_file = good.certificate, .key_file = other.key}).find(other.key) !=
          std::string::npos);
    CHECK(error_of({.certificate_file = good.certificate,
                    .key_file = good.key,
                    .ca_file = junk,
                    .client_certificate = ClientCertificate::Required})
              .find(junk) != std::string::npos);
}
