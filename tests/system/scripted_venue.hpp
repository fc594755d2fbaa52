// A FIX venue that is not Sluice and not QuickFIX: a raw acceptor on a free port that answers
// orders by a script, remembers every order it was sent, and keeps its sequence numbers when the
// connection goes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace sluice::system_test {

class ScriptedVenue {
public:
    // MsgType(35) and body ("150=0|39=0|...") of each answer to one order message.
    using Answers = std::vector<std::pair<std::string, std::string>>;
    using Script = std::function<Answers(const std::string& msg_type, const std::string& raw)>;
    ScriptedVenue(std::string begin_string, Script script);
    ~ScriptedVenue();

    std::uint16_t port() const { return port_; }
    // How often each ClOrdID(11) of a NewOrderSingle(D) was taken as new (in sequence, once per
    // MsgSeqNum(34)).
    std::map<std::string, int> orders() const;
    void drop_connection() { drop_ = true; }
    // While true new connections are closed at once.
    void refuse(bool refuse) { refuse_ = refuse; }

private:
    void serve();
    void session(int fd);
    bool handle(int fd, const std::string& raw);
    void fill_gap(int fd, const std::string& resend_request);
    void send(int fd, const std::string& msg_type, const std::string& body);

    std::string begin_string_;
    Script script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stop_{false};
    std::atomic<bool> drop_{false};
    std::atomic<bool> refuse_{false};
    unsigned next_in_ = 1;
    unsigned next_out_ = 1;
    std::string our_id_;
    std::string their_id_;
    mutable std::mutex mutex_;
    std::map<std::string, int> orders_;
    std::thread thread_;
};

// The execution reports that most scripts need, in 4.4 words.
std::string acknowledgement(const std::string& raw, const std::string& exec_id);
std::string fill(const std::string& raw,
                 const std::string& exec_id,
                 const std::string& qty,
                 const std::string& px,
                 const std::string& cum,
                 const std::string& leaves);

}  // namespace sluice::system_test
