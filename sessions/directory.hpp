// SessionDirectory: which client sessions exist and what each may do. Built from configuration at
// start; looked up at Logon. Owner: the I/O thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/result.hpp"
#include "sessions/engine/dictionaries.hpp"
#include "sessions/transport/allow_list.hpp"

namespace sluice {

struct SessionProfile {
    SessionId id;
    std::string name;  // for people: lists, logs
    FixVersion version = FixVersion::Fix44;
    std::string our_comp_id;    // the client's TargetCompID(56)
    std::string their_comp_id;  // the client's SenderCompID(49)
    engine::DictionaryFiles dictionaries;
    bool enabled = true;

    // Who may log on. What is empty is not asked for.
    std::string username;       // Username(553)
    std::string password_hash;  // scrypt, as CredentialVerifier reads it
    transport::AllowList allowed;
    std::string certificate_name;         // common name of the client's certificate
    std::string certificate_fingerprint;  // its SHA-256, lower-case hex
    std::vector<std::string> listeners;   // names; empty: every listener

    int heart_bt_min_s = 1;  // HeartBtInt(108) accepted from the client
    int heart_bt_max_s = 300;
    bool allow_reset = true;  // ResetSeqNumFlag(141)=Y by the client
    bool reset_on_logon = false;
    bool reset_on_logout = false;
    bool reset_on_disconnect = false;
    // Field of the Logon(A) that says Y or N to cancel on disconnect; 0: there is none.
    std::uint32_t cancel_tag = 0;
    int max_latency_s = 120;  // of SendingTime(52); 0: not checked
    // What may wait for the client before it is disconnected as too slow; a resend stays far below.
    std::size_t output_bytes_max = std::size_t{4} << 20U;
    bool fast_path = true;          // engine::SessionHost::receive_fast()
    unsigned timestamp_digits = 3;  // of a second in the SendingTime(52) of our reports
};

// BeginString(8) of a version: FIX 5.0SP2 speaks FIXT.1.1.
std::string_view begin_string(FixVersion version);

class SessionDirectory {
public:
    // The error names the session that is wrong. Two sessions with the same BeginString(8) and
    // CompIDs, or the same id, cannot be told apart.
    static Result<SessionDirectory, std::string> make(std::vector<SessionProfile> profiles);

    // By the words of the client's Logon(A): its 49 is our counterparty, its 56 is us.
    SessionProfile* find(std::string_view begin_string,
                         std::string_view sender_comp_id,
                         std::string_view target_comp_id);
    const std::vector<SessionProfile>& profiles() const { return profiles_; }

private:
    std::vector<SessionProfile> profiles_;
    std::map<std::string, std::size_t, std::less<>> by_identity_;
};

}  // namespace sluice
