// The raw FIX client against a peer that the test plays by hand over a loopback socket.
#include <array>
#include <string>

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include "sessions/client/fix_client.hpp"
#include "sessions/client/fix_text.hpp"
#include "sessions/transport/fd.hpp"
#include "sessions/transport/framer.hpp"

namespace sluice::client {
namespace {

// All these fields are in the message: "35=D|34=2|43=Y".
bool holds(const std::string& message, std::string fields) {
    fields += '|';
    for (std::size_t at = 0; at < fields.size();) {
        const auto end = fields.find('|', at);
        if (message.find('|' + fields.substr(at, end - at + 1)) == std::string::npos) {
            FAIL_CHECK(message << " lacks " << fields.substr(at, end - at));
            return false;
        }
        at = end + 1;
    }
    return true;
}

// An acceptor that says only what the test tells it to.
class HandPlayedPeer {
public:
    HandPlayedPeer() : door_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(door_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(door_.get(), 1) == 0);
        REQUIRE(::getsockname(door_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
        config.port = ntohs(address.sin_port);
        config.sender_comp_id = "T1";
    }

    std::unique_ptr<FixClient> connected() {
        auto made = FixClient::connect(config);
        REQUIRE(made.ok());
        line_ = transport::Fd(::accept4(door_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        REQUIRE(line_.is_open());
        return std::move(made).value();
    }

    // A client whose Logon(A) went out and was answered under this number.
    std::unique_ptr<FixClient> logged_on(unsigned msg_seq_num) {
        auto client = connected();
        say(msg_seq_num, "A", "98=0|108=30");
        REQUIRE(client->logon().ok());
        CHECK(holds(next_heard(), "35=A|34=1"));
        return client;
    }

    void say(unsigned msg_seq_num,
             const std::string& type,
             const std::string& body,
             bool poss_dup = false) {
        const std::string bytes = wire_message(
            {"FIX.4.4", "SLUICE", "T1", msg_seq_num, utc_timestamp(0), poss_dup}, type, body);
        REQUIRE(::send(line_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
                static_cast<ssize_t>(bytes.size()));
    }

    // The next message of the client, with bars; fails when none comes.
    std::string next_heard() {
        for (;;) {
            const auto step = transport::find_frame(heard_);
            if (step.outcome == transport::FrameStep::Outcome::Frame) {
                const std::string frame = heard_.substr(0, step.bytes);
                heard_.erase(0, step.bytes);
                return readable(frame);
            }
            pollfd wait{line_.get(), POLLIN, 0};
            REQUIRE(::poll(&wait, 1, 5'000) == 1);
            std::array<char, 4096> bytes{};
            const ssize_t n = ::recv(line_.get(), bytes.data(), bytes.size(), 0);
            REQUIRE(n > 0);
            heard_.append(bytes.data(), static_cast<std::size_t>(n));
        }
    }

    FixClientConfig config;

private:
    transport::Fd door_;
    transport::Fd line_;
    std::string heard_;
};

}  // namespace

TEST_CASE("a refused Logon(A) moves no number, and the error says what the gateway said") {
    HandPlayedPeer peer;
    peer.config.reset_on_logon = GENERATE(false, true);
    auto client = peer.connected();
    client->set_next_out(7);
    client->set_next_in(9);
    peer.say(9, "5", "58=invalid credentials");
    const auto refused = client->logon();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error() == "invalid credentials");
    CHECK(client->next_out() == 7);
    CHECK(client->next_in() == 9);
}

TEST_CASE("a Logon(A) answered under a number that is too low is said to be that") {
    HandPlayedPeer peer;
    auto client = peer.connected();
    client->set_next_in(9);
    peer.say(3, "A", "98=0|108=30");
    const auto refused = client->logon();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error() ==
          "MsgSeqNum(34)=3 is lower than the expected 9 without PossDupFlag(43)=Y");
}

TEST_CASE("a resend request is answered with this connection's messages and gap fills") {
    HandPlayedPeer peer;
    auto client = peer.logged_on(1);
    client->send("D", "11=A1|55=XYZ");
    CHECK(holds(peer.next_heard(), "35=D|34=2"));
    peer.say(2, "2", "7=1|16=0");
    CHECK_FALSE(client->receive(1'000));
    CHECK(holds(peer.next_heard(), "35=4|34=1|43=Y"));
    const std::string again = peer.next_heard();
    CHECK(holds(again, "35=D|34=2|43=Y"));
    CHECK(holds(again, "11=A1"));
}

TEST_CASE("a resend request is answered also when it lies behind a gap of our own") {
    HandPlayedPeer peer;
    auto client = peer.logged_on(5);  // 1 to 4 were lost on the way to us
    CHECK(holds(peer.next_heard(), "35=2|34=2"));
    peer.say(6, "2", "7=1|16=0");  // and the peer missed something of ours
    peer.say(1, "4", "123=Y|36=7", true);
    CHECK_FALSE(client->receive(200));
    CHECK(holds(peer.next_heard(), "35=2"));
    const std::string filled = peer.next_heard();
    CHECK(holds(filled, "35=4|34=1|43=Y"));
    CHECK(holds(filled, fmt::format("36={}", client->next_out())));
    CHECK(client->next_in() == 7);
}

TEST_CASE(
    "a number that is too low without PossDupFlag(43) ends the connection, with the numbers") {
    HandPlayedPeer peer;
    auto client = peer.logged_on(1);
    peer.say(1, "8", "37=X");
    CHECK_FALSE(client->receive(1'000));
    CHECK(client->closed());
    CHECK(client->close_text().find("MsgSeqNum(34)=1 is lower than the expected 2") == 0);
}

}  // namespace sluice::client
