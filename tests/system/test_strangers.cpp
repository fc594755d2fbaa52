// Who may not log on, and who never tries to: neither moves a number nor delays anybody.
#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

class RawSocket {
public:
    explicit RawSocket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        REQUIRE(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    ~RawSocket() { ::close(fd_); }
    void say(const std::string& bytes) {
        (void)!::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    // The other side closed it within the time that one may wait.
    bool is_closed() {
        for (;;) {
            pollfd wait{fd_, POLLIN, 0};
            if (::poll(&wait, 1, 10'000) != 1) {
                return false;
            }
            char bytes[512];
            if (::recv(fd_, bytes, sizeof bytes, 0) <= 0) {
                return true;
            }
        }
    }

private:
    int fd_;
};

}  // namespace

TEST_CASE(
    "strangers who are silent, slow, endless or talk garbage are closed while another session "
    "trades") {
    const TempDir dir;
    ConfigText config{.sessions = session("T1", FixVersion::Fix44)};
    config.more = "logon: {timeout: 500ms}\n";
    GatewayProcess gateway(dir, config.text());
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    RawSocket silent(gateway.port());
    RawSocket slow(gateway.port());
    RawSocket endless(gateway.port());
    RawSocket garbage(gateway.port());
    slow.say("8=FIX.4.4\x01");
    endless.say(
        "8=FIX.4.4\x01"
        "9=999999\x01"
        "35=A\x01");
    garbage.say("GET / HTTP/1.1\r\n\r\n");
    for (int i = 0; i < 50; ++i) {
        const std::string id = "A" + std::to_string(i);
        trader->send("D", order(FixVersion::Fix44, id, '1', "1", "9.00"));
        expect(*trader, "35=8|39=0|11=" + id);
        slow.say("9");
    }
    CHECK(garbage.is_closed());
    CHECK(endless.is_closed());
    CHECK(silent.is_closed());
    CHECK(slow.is_closed());
    trader->send("D", order(FixVersion::Fix44, "LAST", '1', "1", "9.00"));
    expect(*trader, "35=8|39=0|11=LAST");
}

TEST_CASE("a wrong password moves no sequence number, and the right one logs on afterwards") {
    const TempDir dir;
    const std::string hash_file = dir.file("password", "open sesame\n");
    const Ran hashed = run_program(
        {"/bin/sh", "-c", std::string(SLUICE_BINARY) + " hash-password < " + hash_file});
    INFO(hashed.output);
    REQUIRE(hashed.exit_code == 0);
    const std::string hash = hashed.output.substr(hashed.output.find("$scrypt"),
                                                  hashed.output.find_last_not_of("\n") + 1);
    GatewayProcess gateway(
        dir, ConfigText{.sessions = session("T1", FixVersion::Fix44,
                                            "    username: ana\n    password: \"" +
                                                hash.substr(0, hash.find('\n')) + "\"\n")}
                 .text());
    gateway.start();
    auto config = gateway.client_config("T1", FixVersion::Fix44);
    config.sequence_file.clear();
    config.username = "ana";
    config.password = "open barley";
    for (int i = 0; i < 3; ++i) {
        auto client = client::FixClient::connect(config);
        REQUIRE(client.ok());
        CHECK_FALSE(client.value()->logon().ok());
    }
    const auto session_row = gateway.call("GET", "/sessions/T1");
    CHECK(session_row["next_in"] == "1");
    CHECK(session_row["next_out"] == "1");
    config.password = "open sesame";
    auto client = log_on(config);
    client->logout();
    // The password stands nowhere in the journal.
    const Ran found = run_program({"grep", "-rl", "open sesame", gateway.journal()});
    CHECK(found.exit_code == 1);
}

TEST_CASE(
    "unknown CompIDs, an address that is not allowed and a second connection of a live session are "
    "refused") {
    const TempDir dir;
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44) +
                                                       session("FAR", FixVersion::Fix44,
                                                               "    addresses: [10.0.0.0/8]\n")}
                                    .text());
    gateway.start();
    auto first = log_on(gateway.client_config("T1", FixVersion::Fix44));
    for (const char* id : {"NOBODY", "FAR", "T1"}) {
        auto config = gateway.client_config(id, FixVersion::Fix44);
        config.sequence_file.clear();
        auto client = client::FixClient::connect(config);
        REQUIRE(client.ok());
        INFO(id);
        CHECK_FALSE(client.value()->logon().ok());
    }
    first->send("D", order(FixVersion::Fix44, "A1", '1', "1", "9.00"));
    expect(*first, "35=8|11=A1|39=0");
}

}  // namespace sluice::system_test
