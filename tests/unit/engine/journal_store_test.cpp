#include "sessions/engine/journal_store.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/engine/host_bench.hpp"
#include "tests/unit/source_dir.hpp"

using namespace sluice;
using engine::JournalStore;
using engine::StoreIndex;
using test::MemoryLog;

namespace {

struct NothingInFlight final : engine::InFlight {
    bool records_in_flight() const override { return false; }
};

StoreIndex recovered(const MemoryLog& log, std::uint32_t session) {
    StoreIndex index(session);
    log.each([&](const journal::Frame& frame) { index.learn(frame); });
    return index;
}

}  // namespace

TEST_CASE("whatever was stored, the store and its recovery answer every range alike") {
    std::mt19937 random(20261124);
    for (int round = 0; round < 30; ++round) {
        MemoryLog log;
        engine::SystemClock clock;
        const NothingInFlight calm;
        JournalStore store(log, clock, StoreIndex(7), calm);
        JournalStore neighbour(log, clock, StoreIndex(8), calm);
        std::map<int, std::string> model;
        int next = 1;
        int target = 1;
        store.allow_reset(true);
        for (int step = 0; step < 200; ++step) {
            const auto dice = random() % 100;
            if (dice < 70) {
                const std::string message =
                    test::sohs("8=FIX.4.4|35=8|n=" + std::to_string(random()));
                store.set(next, message);
                store.incrNextSenderMsgSeqNum();
                model[next++] = message;
            } else if (dice < 80) {
                next += static_cast<int>(random() % 4);  // an operator leaves a hole
                store.setNextSenderMsgSeqNum(next);
            } else if (dice < 95) {
                store.incrNextTargetMsgSeqNum();
                ++target;
            } else if (dice < 97) {
                neighbour.set(1, "of another session");
            } else if (dice == 99) {
                store.reset();
                model.clear();
                next = target = 1;
            }
        }
        const JournalStore again(log, clock, recovered(log, 7), calm);
        CHECK(again.getNextSenderMsgSeqNum() == next);
        CHECK(again.getNextTargetMsgSeqNum() == target);
        for (int ask = 0; ask < 40; ++ask) {
            const int begin = static_cast<int>(random() % 60);
            const int end = begin + static_cast<int>(random() % 150);
            std::vector<std::string> expected;
            for (auto it = model.lower_bound(begin); it != model.end() && it->first <= end; ++it) {
                expected.push_back(it->second);
            }
            std::vector<std::string> live;
            std::vector<std::string> after;
            store.get(begin, end, live);
            again.get(begin, end, after);
            CHECK(live == expected);
            CHECK(after == expected);
        }
    }
}

TEST_CASE("a store on a failed journal throws QuickFIX's own exception and stays failed") {
    MemoryLog log;
    engine::SystemClock clock;
    const NothingInFlight calm;
    JournalStore store(log, clock, StoreIndex(7), calm);
    store.set(1, "a");
    log.fail();
    CHECK_THROWS_AS(store.set(2, "b"), FIX::IOException);
    CHECK_THROWS_AS(store.incrNextTargetMsgSeqNum(), FIX::IOException);
    CHECK(store.failed());
    CHECK(store.getNextSenderMsgSeqNum() == 2);
}

TEST_CASE("a reset that nobody asked for is ignored") {
    MemoryLog log;
    engine::SystemClock clock;
    const NothingInFlight calm;
    JournalStore store(log, clock, StoreIndex(7), calm);
    store.set(1, "a");
    store.reset();
    CHECK(store.getNextSenderMsgSeqNum() == 2);
    store.allow_reset(true);
    store.reset();
    CHECK(store.getNextSenderMsgSeqNum() == 1);
}

TEST_CASE("secrets of a Logon are masked and its CheckSum is right again") {
    const std::string logon = engine::framed("FIX.4.4", test::sohs("35=A|553=joe|554=abc|98=0|"));
    const std::string masked = engine::without_secrets(logon);
    CHECK(test::bars(masked).find("|554=***|") != std::string::npos);
    CHECK(masked == engine::framed("FIX.4.4", test::sohs("35=A|553=joe|554=***|98=0|")));
    const std::string order = engine::framed("FIX.4.4", test::sohs("35=D|554=abc|"));
    CHECK(engine::without_secrets(order) == order);
}

TEST_CASE("a dictionary file is read once for all sessions") {
    engine::Dictionaries dictionaries;
    const engine::DictionaryFiles files{"FIX.4.4", source_dir() + "/fix_specs/FIX44.xml", "", "6"};
    CHECK(&dictionaries.provider(files) == &dictionaries.provider(files));
    CHECK(dictionaries.files_read() == 1);
    CHECK_THROWS_AS(dictionaries.provider({"FIX.4.4", "/nowhere.xml", "", "6"}),
                    std::runtime_error);
}
