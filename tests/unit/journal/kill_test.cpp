// kill -9 for real: a child appends and tells through a pipe what was released to it; whatever it
// told must be in the journal afterwards.
#include <csignal>

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/journal/test_journal.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;

namespace {

[[noreturn]] void child(const std::string& dir, Durability durability, int pipe) {
    auto recovered = recover(recovery_options(dir));
    if (!recovered) {
        ::_exit(1);
    }
    auto opened = Journal::open(journal_options(durability), std::move(recovered).value());
    if (!opened) {
        ::_exit(2);
    }
    Journal& journal = *opened.value();
    std::uint64_t told = journal.written();
    for (std::uint64_t i = 0;; ++i) {
        put(journal, std::to_string(i) + '.' + std::string(i % 300, 'x'));
        journal.end_of_batch();
        const std::uint64_t released = journal.released();
        if (released > told) {
            if (::write(pipe, &released, sizeof released) != sizeof released) {
                ::_exit(3);
            }
            told = released;
        }
    }
}

std::uint64_t run_and_kill(const std::string& dir, Durability durability, int messages) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t pid = ::fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
        ::close(ends[0]);
        child(dir, durability, ends[1]);
    }
    ::close(ends[1]);
    std::uint64_t released = 0;
    std::uint64_t told = 0;
    for (int i = 0; i < messages && ::read(ends[0], &told, sizeof told) == sizeof told; ++i) {
        released = told;
    }
    ::kill(pid, SIGKILL);
    while (::read(ends[0], &told, sizeof told) == sizeof told) {
        released = told;
    }
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    REQUIRE(WIFSIGNALED(status));
    return released;
}

}  // namespace

TEST_CASE("what was released before kill -9 is in the journal after it") {
    const auto [durability, messages] =
        GENERATE(table<Durability, int>({{Durability::Written, 2'000}, {Durability::Synced, 12}}));
    TempDir dir;
    for (int life = 0; life < 4; ++life) {
        const std::uint64_t released = run_and_kill(dir.path(), durability, messages);
        REQUIRE(released > 0);
        const auto recovered = recover(recovery_options(dir.path()));
        if (!recovered) {
            FAIL(recovered.error().message);
        }
        CHECK(recovered.value().last_seq >= released);
        JournalReader reader({.dir = dir.path(), .instance = "t1", .with_fill = true});
        std::uint64_t seq = 0;
        std::uint64_t next = 0;
        while (const auto frame = reader.next()) {
            REQUIRE(frame->seq == ++seq);
            if (frame->meta.type == RecordType::FixIn) {
                const std::string payload = text(*frame);
                const std::string number = payload.substr(0, payload.find('.'));
                REQUIRE((number == "0" || number == std::to_string(next)));
                next = std::stoull(number) + 1;
            }
        }
        CHECK(seq >= released);
    }
}
