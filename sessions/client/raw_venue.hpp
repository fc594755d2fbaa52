// A FIX acceptor that is not the gateway's own engine: one session on one port, for tests and
// certification. It does a session's duties on a thread of its own, keeps its sequence numbers when
// the connection goes, resends nothing (what was lost on the way stays lost), and hands every other
// message to its owner.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gateway/domain/result.hpp"
#include "sessions/transport/fd.hpp"

namespace sluice::client {

class RawVenue {
public:
    // Called on the venue's thread for each application message in sequence. Without it: take().
    using OnMessage = std::function<void(const std::string& msg_type, const std::string& raw)>;
    using Made = Result<std::unique_ptr<RawVenue>, std::string>;
    // Port 0: any free one. Only this machine can connect, unless `any_address`.
    static Made listen(const std::string& begin_string,
                       std::uint16_t port,
                       OnMessage on_message = {},
                       bool any_address = false);
    ~RawVenue();
    RawVenue(const RawVenue&) = delete;
    RawVenue& operator=(const RawVenue&) = delete;

    std::uint16_t port() const { return port_; }
    // Any thread. False: nobody is logged on.
    bool say(const std::string& msg_type, const std::string& body);
    // The oldest application message not taken; nothing when none came in time.
    std::optional<std::string> take(int timeout_ms);
    std::size_t waiting() const;
    bool wait_logged_on(bool on, int timeout_ms);
    // A TestRequest(1) was answered: the other side has read what was said before it.
    bool fence(int timeout_ms);
    void drop_connection() { drop_ = true; }
    // While true new connections are closed at once.
    void refuse(bool refuse) { refuse_ = refuse; }
    // Answers the next Logon(A) with ResetSeqNumFlag(141)=Y; the numbers of both sides begin anew.
    void reset_at_next_logon() { reset_ = true; }

private:
    explicit RawVenue(std::string begin_string, OnMessage on_message);
    Result<Done, std::string> open(std::uint16_t port, bool any_address);
    void serve();
    void session(int fd);
    bool handle(const std::string& raw);
    void log_on(const std::string& logon);
    bool in_sequence(const std::string& type, const std::string& raw);
    void fill_gap(const std::string& resend_request);
    void send(const std::string& msg_type, const std::string& body);
    void set_logged_on(bool on);

    std::string begin_string_;
    OnMessage on_message_;
    transport::Fd listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stop_{false};
    std::atomic<bool> drop_{false};
    std::atomic<bool> refuse_{false};
    std::atomic<bool> reset_{false};
    mutable std::mutex mutex_;  // all below
    std::condition_variable changed_;
    int connection_ = -1;
    bool logged_on_ = false;
    bool resets_ = false;  // the other side's answer to our reset is still to come
    unsigned next_in_ = 1;
    unsigned next_out_ = 1;
    unsigned fences_asked_ = 0;
    unsigned fences_answered_ = 0;
    std::string our_id_;
    std::string their_id_;
    std::deque<std::string> inbox_;
    std::thread thread_;
};

}  // namespace sluice::client
