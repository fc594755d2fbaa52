#include <memory>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include "tests/unit/transport/frames.hpp"
#include "tests/unit/transport/loopback.hpp"

using namespace sluice::transport;
using namespace sluice::test;

TEST_CASE("a listener on port 0 tells the port it got, and names itself to its connections") {
    Loopback house;
    ListenerConfig config;
    config.name = "clients";
    house.listen(config);
    CHECK(house.port() != 0);
    RawClient client(house.listener->address());
    CHECK(house.server_side().name() == "clients");
    CHECK(house.server_side().peer().host() == "127.0.0.1");
}

TEST_CASE("IPv6 and IPv4 may share a port number") {
    Loopback house;
    ListenerConfig config;
    config.address = "::1";
    house.listen(config);
    RawClient client(house.listener->address());
    CHECK(house.server_side().peer().host() == "::1");
    ListenerConfig v4;
    v4.port = house.port();
    CHECK(Listener::open(house.reactor, house.admission, house.server, v4).ok());
}

TEST_CASE("a port that is taken or an address that is none is an error with its name") {
    Loopback house;
    house.listen();
    ListenerConfig config;
    config.port = house.port();
    const auto taken = Listener::open(house.reactor, house.admission, house.server, config);
    REQUIRE_FALSE(taken.ok());
    CHECK(taken.error().find("Address already in use") != std::string::npos);
    config.address = "localhost";
    const auto named = Listener::open(house.reactor, house.admission, house.server, config);
    REQUIRE_FALSE(named.ok());
    CHECK(named.error().find("localhost") != std::string::npos);
}

TEST_CASE("an address outside the allow list is closed at once") {
    Loopback house;
    ListenerConfig config;
    config.allowed = AllowList::parse({"10.0.0.0/8"}).value();
    house.listen(config);
    RawClient client(house.listener->address());
    house.await([&] { return house.listener->stats().refused_address == 1; });
    CHECK(client.receive_to_end().empty());
    CHECK(house.server.opened.empty());
}

TEST_CASE("a closed listener takes nobody, and its connections go on") {
    Loopback house;
    house.listen();
    RawClient client(house.listener->address());
    house.server_side();
    house.listener->close();
    client.send(frame("35=0|"));
    house.await([&] { return house.server.frames.size() == 1; });
}

TEST_CASE("out of descriptors a connection is shed, and accepting goes on afterwards") {
    Loopback house;
    house.listen();
    RawClient first(house.listener->address());
    house.server_side();
    RawClient second(house.listener->address());
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit tight = before;
    tight.rlim_cur = static_cast<rlim_t>(second.fd()) + 1;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
    std::vector<Fd> hogs;  // what is free below the limit
    while (true) {
        Fd hog(::dup(second.fd()));
        if (!hog.is_open()) {
            break;
        }
        hogs.push_back(std::move(hog));
    }
    house.await([&] { return house.listener->stats().out_of_descriptors == 1; });
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    hogs.clear();
    CHECK(second.receive_to_end().empty());
    RawClient third(house.listener->address());
    house.await([&] { return house.server.opened.size() == 2; });
}

TEST_CASE("hundreds of connections live on one reactor") {
    Loopback house;
    house.listen();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 300; ++i) {
        clients.push_back(std::make_unique<RawClient>(house.listener->address()));
        house.reactor.poll(false);
    }
    for (auto& client : clients) {
        client->send(frame("35=0|"));
    }
    house.await([&] { return house.server.frames.size() == 300; });
    CHECK(house.reactor.connection_count() == 300);
}
