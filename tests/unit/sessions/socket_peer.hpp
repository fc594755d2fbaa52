// SocketPeer: a FIX peer in a test, over a real socket of the loopback interface. Never blocks; the
// test pumps both sides.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "sessions/transport/fd.hpp"

namespace sluice::test {

class SocketPeer {
public:
    SocketPeer() = default;
    void connect_to(std::uint16_t port);
    void adopt(transport::Fd socket) { socket_ = std::move(socket), closed_ = false; }
    void send_raw(std::string_view bytes);
    // "35=A|34=1|...": 8, 9, 49, 52, 56 and 10 are added; "52=+300|" shifts SendingTime by seconds.
    void send(std::string_view body);
    void pump();  // reads what is there
    void drop() { socket_.reset(); }
    bool is_closed() const { return closed_; }
    bool is_connected() const { return socket_.is_open() && !closed_; }
    std::deque<std::string>& received() { return received_; }

    std::string begin_string = "FIX.4.4";
    std::string our_comp_id = "CLIENT";
    std::string their_comp_id = "GATE";

private:
    transport::Fd socket_;
    std::string buffer_;
    std::deque<std::string> received_;
    bool closed_ = false;
};

// A listening socket of a test that plays a venue.
class SocketDoor {
public:
    SocketDoor();
    std::uint16_t port() const { return port_; }
    bool accept_into(SocketPeer& peer);

private:
    transport::Fd socket_;
    std::uint16_t port_ = 0;
};

std::string with_bars(std::string_view message);
std::string with_sohs(std::string_view text);

}  // namespace sluice::test
