#include "sessions/credentials/credential_verifier.hpp"

#include <utility>

#include "gateway/crypto/scrypt.hpp"

namespace sluice {

namespace {
CredentialVerdict from(crypto::PasswordCheck check) {
    switch (check) {
        case crypto::PasswordCheck::Match:
            return CredentialVerdict::Match;
        case crypto::PasswordCheck::Mismatch:
            return CredentialVerdict::Mismatch;
        case crypto::PasswordCheck::BadHash:
            break;
    }
    return CredentialVerdict::BadStoredHash;
}
}  // namespace

CredentialVerifier::CredentialVerifier(transport::Waker& waker, CredentialVerifierConfig config)
    : waker_(waker), config_(config), cache_(config.cache_max), worker_([this] { work(); }) {}

CredentialVerifier::~CredentialVerifier() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        submitted_.notify_one();
    }
    worker_.join();
    for (Job& job : jobs_) {
        crypto::wipe(job.password);
    }
}

CredentialVerifier::Submitted CredentialVerifier::submit(std::uint64_t ticket,
                                                         std::string_view stored_hash,
                                                         std::string_view password) {
    const auto digest = cache_.digest(stored_hash, password);
    const std::lock_guard lock(mutex_);
    if (cache_.contains(digest)) {
        answer(ticket, CredentialVerdict::Match);
        return Submitted::Accepted;
    }
    if (jobs_.size() >= config_.queue_max) {
        return Submitted::Busy;
    }
    jobs_.push_back({ticket, std::string(stored_hash), std::string(password), digest});
    submitted_.notify_one();
    return Submitted::Accepted;
}

std::size_t CredentialVerifier::poll(
    const std::function<void(std::uint64_t ticket, CredentialVerdict)>& verdict) {
    if (!has_verdicts()) {
        return 0;
    }
    {
        const std::lock_guard lock(mutex_);
        taken_.swap(verdicts_);
        ready_.store(0, std::memory_order_release);
    }
    for (const Verdict& item : taken_) {
        verdict(item.ticket, item.verdict);
    }
    const std::size_t count = taken_.size();
    taken_.clear();
    return count;
}

void CredentialVerifier::answer(std::uint64_t ticket, CredentialVerdict verdict) {
    verdicts_.push_back({ticket, verdict});
    ready_.store(verdicts_.size(), std::memory_order_release);
}

// A second check of the same pair that waited behind the first finds it in the cache.
void CredentialVerifier::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        submitted_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
        if (stopping_) {
            return;
        }
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        CredentialVerdict verdict = CredentialVerdict::Match;
        if (!cache_.contains(job.digest)) {
            lock.unlock();
            verdict = from(crypto::verify_password(job.password, job.stored_hash));
            scrypt_runs_.fetch_add(1, std::memory_order_relaxed);
            lock.lock();
        }
        crypto::wipe(job.password);
        if (verdict == CredentialVerdict::Match) {
            cache_.remember(job.digest);
        }
        answer(job.ticket, verdict);
        waker_.wake();
    }
}

}  // namespace sluice
