#include <catch2/catch.hpp>

#include "tests/unit/transport/frames.hpp"
#include "tests/unit/transport/loopback.hpp"

using namespace sluice::transport;
using namespace sluice::test;

namespace {
ConnectTarget target(const std::string& host, std::uint16_t port) {
    ConnectTarget out;
    out.name = "venue";
    out.host = host;
    out.port = port;
    return out;
}
}  // namespace

TEST_CASE("a connector reaches a numeric host and a name, and both sides talk") {
    const std::string host = GENERATE("127.0.0.1", "localhost");
    Loopback house;
    house.listen();
    Connector connector(house.reactor, house.resolver, house.client);
    connector.start(target(host, house.port()));
    CHECK(connector.is_connecting());
    house.await([&] { return house.client.opened.size() == 1 && house.server.opened.size() == 1; });
    CHECK_FALSE(connector.is_connecting());
    house.reactor.find(house.client.opened[0])->send(frame("35=A|"), 0);
    house.await([&] { return house.server.frames.size() == 1; });
    house.server_side().send(frame("35=0|"), 0);
    house.await([&] { return house.client.frames.size() == 1; });
    CHECK(house.reactor.find(house.client.opened[0])->name() == "venue");
}

TEST_CASE("a refused connection is told with target and reason") {
    Loopback house;
    house.listen();
    const std::uint16_t port = house.port();
    house.listener->close();
    Connector connector(house.reactor, house.resolver, house.client);
    connector.start(target("127.0.0.1", port));
    house.await([&] { return house.client.connect_failures.size() == 1; });
    CHECK(house.client.connect_failures[0].find("venue (127.0.0.1") == 0);
    CHECK(house.client.connect_failures[0].find("Connection refused") != std::string::npos);
}

TEST_CASE("a name that does not resolve is a failure, not a stall") {
    Loopback house;
    Connector connector(house.reactor, house.resolver, house.client);
    auto unknown = target("no-such-host.invalid", 1);
    unknown.connect_deadline = std::chrono::seconds{15};
    connector.start(unknown);
    house.await([&] { return house.client.connect_failures.size() == 1; });
    CHECK(house.client.connect_failures[0].find("no-such-host.invalid") != std::string::npos);
}

TEST_CASE("a cancelled attempt calls nobody") {
    Loopback house;
    house.listen();
    Connector connector(house.reactor, house.resolver, house.client);
    connector.start(target("localhost", house.port()));
    connector.cancel();
    Connector second(house.reactor, house.resolver, house.server);
    second.start(target("localhost", house.port()));
    house.await([&] { return house.server.opened.size() == 2; });
    CHECK(house.client.opened.empty());
    CHECK(house.client.connect_failures.empty());
}

TEST_CASE("an attempt that gets no answer ends at its deadline") {
    Loopback house;
    // A full accept queue: the kernel drops further SYNs and the connect hangs.
    const Fd deaf(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_storage storage{};
    const socklen_t length = SocketAddress::parse("127.0.0.1", 0)->fill(storage);
    REQUIRE(::bind(deaf.get(), reinterpret_cast<const sockaddr*>(&storage), length) == 0);
    REQUIRE(::listen(deaf.get(), 0) == 0);
    const auto address = SocketAddress::local_of(deaf.get());
    const RawClient fills(address);
    Connector connector(house.reactor, house.resolver, house.client);
    auto silent = target("127.0.0.1", address.port());
    silent.connect_deadline = std::chrono::milliseconds{50};
    connector.start(silent);
    house.await(
        [&] { return house.client.connect_failures.size() + house.client.opened.size() == 1; });
    REQUIRE(house.client.connect_failures.size() == 1);
    CHECK(house.client.connect_failures[0].find("no connection in time") != std::string::npos);
}
