#include "sessions/credentials/credential_verifier.hpp"

#include <map>

#include <catch2/catch.hpp>

#include "gateway/crypto/scrypt.hpp"
#include "sessions/transport/reactor.hpp"

using namespace sluice;
using Submitted = CredentialVerifier::Submitted;

namespace {

std::string hash_of(std::string_view password, unsigned log2_n = 4) {
    return crypto::hash_password(password, {log2_n, 8, 1}, crypto::random_salt()).value();
}

// Sleeps in the reactor until so many verdicts came; the worker's wake ends each sleep.
struct Desk {
    transport::Reactor reactor;
    CredentialVerifier verifier;
    std::map<std::uint64_t, CredentialVerdict> verdicts;

    explicit Desk(CredentialVerifierConfig config = {}) : verifier(reactor.waker(), config) {}
    void await(std::size_t count) {
        while (verdicts.size() < count) {
            verifier.poll([&](std::uint64_t ticket, CredentialVerdict verdict) {
                verdicts[ticket] = verdict;
            });
            if (verdicts.size() < count) {
                reactor.park([&] { return !verifier.has_verdicts(); });
            }
        }
    }
};

}  // namespace

TEST_CASE("each submitted password gets its verdict under its ticket") {
    Desk desk;
    const std::string hash = hash_of("right");
    REQUIRE(desk.verifier.submit(1, hash, "right") == Submitted::Accepted);
    REQUIRE(desk.verifier.submit(2, hash, "wrong") == Submitted::Accepted);
    REQUIRE(desk.verifier.submit(3, "not a hash", "right") == Submitted::Accepted);
    desk.await(3);
    CHECK(desk.verdicts[1] == CredentialVerdict::Match);
    CHECK(desk.verdicts[2] == CredentialVerdict::Mismatch);
    CHECK(desk.verdicts[3] == CredentialVerdict::BadStoredHash);
}

TEST_CASE("a reconnect with the same password does not run scrypt again") {
    Desk desk;
    const std::string hash = hash_of("right");
    REQUIRE(desk.verifier.submit(1, hash, "right") == Submitted::Accepted);
    desk.await(1);
    REQUIRE(desk.verifier.submit(2, hash, "right") == Submitted::Accepted);
    desk.await(2);
    CHECK(desk.verdicts[2] == CredentialVerdict::Match);
    CHECK(desk.verifier.scrypt_runs() == 1);
}

TEST_CASE("a failure is never cached, and neither is a success for another password or hash") {
    Desk desk;
    const std::string hash = hash_of("right");
    const std::string changed = hash_of("new");
    REQUIRE(desk.verifier.submit(1, hash, "right") == Submitted::Accepted);
    REQUIRE(desk.verifier.submit(2, hash, "wrong") == Submitted::Accepted);
    REQUIRE(desk.verifier.submit(3, hash, "wrong") == Submitted::Accepted);
    REQUIRE(desk.verifier.submit(4, changed, "right") == Submitted::Accepted);
    desk.await(4);
    CHECK(desk.verdicts[3] == CredentialVerdict::Mismatch);
    CHECK(desk.verdicts[4] == CredentialVerdict::Mismatch);
    CHECK(desk.verifier.scrypt_runs() == 4);
}

TEST_CASE("a full queue answers busy instead of growing") {
    Desk desk({.queue_max = 2, .cache_max = 0});
    const std::string slow = hash_of("right", 15);
    std::size_t accepted = 0;
    bool busy = false;
    for (std::uint64_t ticket = 1; ticket <= 64 && !busy; ++ticket) {
        busy = desk.verifier.submit(ticket, slow, "right") == Submitted::Busy;
        accepted += busy ? 0 : 1;
    }
    CHECK(busy);
    desk.await(accepted);
    CHECK(desk.verifier.submit(99, slow, "right") == Submitted::Accepted);
}

TEST_CASE("the cache of successes is bounded, the oldest gives way") {
    SuccessCache cache(2);
    const auto a = cache.digest("h", "a");
    const auto b = cache.digest("h", "b");
    const auto c = cache.digest("h", "c");
    for (const auto& digest : {a, b, b, c}) {
        cache.remember(digest);
    }
    CHECK(cache.size() == 2);
    CHECK_FALSE(cache.contains(a));
    CHECK(cache.contains(b));
    CHECK(cache.contains(c));
}

TEST_CASE("hash and password do not run into each other in the cache's key") {
    const SuccessCache cache(2);
    CHECK(cache.digest("ab", "c") != cache.digest("a", "bc"));
}

TEST_CASE("a verifier may go while checks are waiting") {
    Desk desk;
    for (std::uint64_t ticket = 0; ticket < 50; ++ticket) {
        CHECK(desk.verifier.submit(ticket, hash_of("x"), "y") == Submitted::Accepted);
    }
}
