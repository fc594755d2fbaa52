// CredentialVerifier: checks Password(554) against stored scrypt hashes on a thread of its own,
// because one check takes tens of milliseconds and must never run on the hot thread.
//
// The reactor's thread submits and polls; the worker wakes it through the Waker. The submitted
// password is wiped after use. Successes are cached (success_cache.hpp), so that a mass reconnect
// is quick.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "sessions/credentials/success_cache.hpp"
#include "sessions/transport/waker.hpp"

namespace sluice {

enum class CredentialVerdict : std::uint8_t { Match, Mismatch, BadStoredHash };

struct CredentialVerifierConfig {
    std::size_t queue_max = 256;   // checks waiting; beyond it submit() says Busy
    std::size_t cache_max = 4096;  // 0: no cache
};

class CredentialVerifier {
public:
    enum class Submitted : std::uint8_t { Accepted, Busy };

    // Starts the thread. `waker` must outlive this object.
    CredentialVerifier(transport::Waker& waker, CredentialVerifierConfig config = {});
    ~CredentialVerifier();  // ends the check under way, drops and wipes the rest
    CredentialVerifier(const CredentialVerifier&) = delete;
    CredentialVerifier& operator=(const CredentialVerifier&) = delete;

    // `ticket` comes back with the verdict; a ConnectionId is a good one, as it is never used
    // twice. Busy: nothing was taken; refuse the Logon(A) and let the client come again.
    [[nodiscard]] Submitted submit(std::uint64_t ticket,
                                   std::string_view stored_hash,
                                   std::string_view password);

    // Calls back for each verdict that is ready, answers how many. Without any: one atomic load.
    std::size_t poll(const std::function<void(std::uint64_t ticket, CredentialVerdict)>& verdict);
    bool has_verdicts() const { return ready_.load(std::memory_order_acquire) != 0; }

    std::uint64_t scrypt_runs() const { return scrypt_runs_.load(std::memory_order_relaxed); }

private:
    struct Job {
        std::uint64_t ticket;
        std::string stored_hash;
        std::string password;
        SuccessCache::Digest digest;
    };
    struct Verdict {
        std::uint64_t ticket;
        CredentialVerdict verdict;
    };
    void work();
    void answer(std::uint64_t ticket, CredentialVerdict verdict);  // mutex_ is held

    transport::Waker& waker_;
    CredentialVerifierConfig config_;
    std::mutex mutex_;
    std::condition_variable submitted_;
    std::deque<Job> jobs_;
    std::vector<Verdict> verdicts_;
    std::vector<Verdict> taken_;  // reactor's thread only
    SuccessCache cache_;
    std::atomic<std::size_t> ready_{0};
    std::atomic<std::uint64_t> scrypt_runs_{0};
    bool stopping_ = false;
    std::thread worker_;
};

}  // namespace sluice
