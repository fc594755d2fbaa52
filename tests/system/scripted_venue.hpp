// A FIX venue that is not Sluice and not QuickFIX: a raw acceptor on a free port that answers
// orders by a script and remembers every order it was sent.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "sessions/client/raw_venue.hpp"

namespace sluice::system_test {

class ScriptedVenue {
public:
    // MsgType(35) and body ("150=0|39=0|...") of each answer to one order message.
    using Answers = std::vector<std::pair<std::string, std::string>>;
    using Script = std::function<Answers(const std::string& msg_type, const std::string& raw)>;
    ScriptedVenue(const std::string& begin_string, Script script);
    ~ScriptedVenue();

    std::uint16_t port() const { return venue_->port(); }
    // How often each ClOrdID(11) of a NewOrderSingle(D) was taken as new (in sequence, once per
    // MsgSeqNum(34)).
    std::map<std::string, int> orders() const;
    // Every order message and question that was taken, in order: MsgType(35), and the whole of it.
    std::vector<std::pair<std::string, std::string>> taken() const;
    // The first that was taken with all these fields ("35=D|38=5"); waits for it, at most 10 s.
    std::string wait_for(const std::string& fields) const;
    // Sends a message of its own accord; waits for the gateway's logon, at most 10 s.
    void say(const std::string& msg_type, const std::string& body);
    void drop_connection() { venue_->drop_connection(); }
    // While true new connections are closed at once.
    void refuse(bool refuse) { venue_->refuse(refuse); }
    void reset_at_next_logon() { venue_->reset_at_next_logon(); }

private:
    void answer(const std::string& msg_type, const std::string& raw);

    Script script_;
    mutable std::mutex mutex_;
    std::map<std::string, int> orders_;
    std::vector<std::pair<std::string, std::string>> taken_;
    std::unique_ptr<client::RawVenue> venue_;
};

// Whether a raw message holds all these fields ("35=D|38=5").
bool holds(const std::string& raw, std::string_view fields);

// The execution reports that most scripts need, in 4.4 words.
std::string acknowledgement(const std::string& raw, const std::string& exec_id);
std::string fill(const std::string& raw,
                 const std::string& exec_id,
                 const std::string& qty,
                 const std::string& px,
                 const std::string& cum,
                 const std::string& leaves);

}  // namespace sluice::system_test
