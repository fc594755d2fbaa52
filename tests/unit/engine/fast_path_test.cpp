// The fast path and QuickFIX must be the same session to whoever looks on: the peer, the journal
// and the core.
#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/engine/host_bench.hpp"

using namespace sluice;
using journal::RecordType;
using test::HostBench;

namespace {

engine::HostSettings settings(bool fast, FixVersion version, bool initiator) {
    const std::string specs = source_dir() + "/fix_specs/";
    engine::HostSettings made;
    made.fast_path = fast;
    made.heart_bt_int = initiator ? 30 : 0;
    switch (version) {
        case FixVersion::Fix42:
            made.dictionaries = {"FIX.4.2", specs + "FIX42.xml", "", "4"};
            break;
        case FixVersion::Fix44:
            made.dictionaries = {"FIX.4.4", specs + "FIX44.xml", "", "6"};
            break;
        case FixVersion::Fix50Sp2:
            made.dictionaries = {"FIXT.1.1", specs + "FIXT11.xml", specs + "FIX50SP2.xml", "9"};
            break;
    }
    return made;
}

// Everything but SendingTime(52), OrigSendingTime(122) and CheckSum(10).
std::string timeless(std::string_view message) {
    std::string text = test::bars(message);
    for (const char* tag : {"|52=", "|122=", "|10="}) {
        const auto at = text.find(tag);
        if (at != std::string::npos) {
            text.erase(at, text.find('|', at + 1) - at);
        }
    }
    return text;
}

std::string timeless(const std::vector<std::string>& messages) {
    std::string all;
    for (const std::string& message : messages) {
        all += timeless(message) + "\n";
    }
    return all;
}

// What the journal holds, times left out.
std::string records(const test::MemoryLog& log) {
    std::string all;
    log.each([&](const journal::Frame& frame) {
        all += std::to_string(static_cast<int>(frame.meta.type)) + " " +
               std::to_string(frame.meta.session) + " ";
        if (frame.meta.type == RecordType::FixIn) {
            all += timeless(engine::raw_of(frame, sizeof(FixInHead)));
        } else if (frame.meta.type == RecordType::FixOut) {
            all += timeless(engine::raw_of(frame, sizeof(FixOutHead)));
        } else {
            all.append(reinterpret_cast<const char*>(frame.payload.data()), frame.payload.size());
        }
        all += "\n";
    });
    return all;
}

// Two hosts that hear the same words, one of them with the fast path.
class Twins {
public:
    Twins(FixVersion version, bool initiator)
        : fast(settings(true, version, initiator)), slow(settings(false, version, initiator)) {}

    template <class Call>
    void both(Call&& call) {
        call(fast);
        call(slow);
    }
    // The same bytes to both, so that times are the same.
    void say(std::uint32_t seq, const std::string& body, std::time_t shift_s = 0) {
        say_raw(fast.message(seq, body, shift_s));
    }
    void say_raw(const std::string& message) {
        for (HostBench* bench : {&fast, &slow}) {
            if (!bench->host->is_attached() || !bench->wire->hung_up.empty()) {
                continue;
            }
            if (!bench->host->receive_fast(message)) {
                bench->host->receive(message);
            }
        }
    }
    void compare() {
        CHECK(timeless(fast.wire->sent) == timeless(slow.wire->sent));
        CHECK(fast.wire->hung_up == slow.wire->hung_up);
        CHECK(fast.logouts == slow.logouts);
        CHECK(records(fast.log) == records(slow.log));
        CHECK(fast.host->next_target() == slow.host->next_target());
        CHECK(fast.host->next_sender() == slow.host->next_sender());
        CHECK(fast.taken.size() == slow.taken.size());
    }

    HostBench fast;
    HostBench slow;
};

std::string order(const std::string& id) {
    return "35=D|11=" + id + "|21=1|55=ACME|54=1|60=" + test::utc_text() + "|38=100|40=2|44=10|";
}

void log_on(Twins& twins, FixVersion version, bool initiator) {
    twins.both([](HostBench& bench) { bench.connect(); });
    if (initiator) {
        twins.both([](HostBench& bench) { bench.host->tick(); });
    }
    twins.say(1, std::string("35=A|98=0|108=30|141=Y|") +
                     (version == FixVersion::Fix50Sp2 ? "1137=9|" : ""));
    REQUIRE(twins.fast.host->is_logged_on());
}

// One step of a conversation: mostly an order in sequence, now and then something else.
void step(Twins& twins, std::mt19937& random, std::vector<std::string>& said) {
    const auto one_in = [&](unsigned n) { return random() % n == 0; };
    const std::uint32_t next = twins.slow.host->next_target();
    const std::string id = "A" + std::to_string(random() % 1000);
    const std::string time = test::utc_text();
    const auto tell = [&](std::uint32_t seq, const std::string& body, std::time_t shift = 0) {
        said.push_back(twins.fast.message(seq, body, shift));
        twins.say_raw(said.back());
    };
    switch (random() % 40) {
        case 0:
            return tell(next + 1 + random() % 4, order(id));  // a gap
        case 1:
            return tell(next, "35=0|");
        case 2:
            return tell(next, "35=1|112=PING|");
        case 3:
            return tell(next, "35=D|43=Y|122=" + time + "|" + order(id).substr(5));
        case 4:
            return tell(next, order(id) + "97=Y|");
        case 5:
            return tell(next, "35=D|97=Y|" + order(id).substr(5));
        case 6:
            return tell(next, order(id) + "54=1|");  // twice
        case 7:
            return tell(next, order(id) + "9999=X|");
        case 8:
            return tell(next, "35=D|11=" + id + "|55=ACME|");  // required fields are missing
        case 9:
            return tell(next, order(id) + "59=Q|");
        case 10:
            return tell(next, order(id) + "432=20260101|");
        case 11:
            return tell(next, "35=2|7=1|16=0|");
        case 12:
            return tell(next, "35=4|123=Y|36=" + std::to_string(next + 1 + random() % 3) + "|");
        case 13:
            return tell(next, "35=3|45=1|58=no|");
        case 14:
            return twins.both([](HostBench& bench) { bench.host->poll(); });
        case 15:
            return twins.both([](HostBench& bench) { bench.host->tick(); });
        case 16:
            return twins.both([&](HostBench& bench) {
                FixOutHead head;
                head.cause = bench.log.size();
                head.kind = FixOutKind::Report;
                (void)bench.host->give(
                    head, bench.message(bench.host->next_sender(),
                                        "35=8|37=G1|11=A|17=E|150=0|39=0|55=ACME|54=1|151=1|"));
            });
        case 17:
            return tell(next, "35=D|50=DESK|" + order(id).substr(5));
        case 18:
            return tell(next, "35=E|66=L1|394=1|68=1|");  // not served
        case 19:
            if (said.size() > 3 && one_in(2)) {  // something said before, once more
                twins.say_raw(said[random() % said.size()]);
            }
            return;
        case 20:
            if (one_in(8)) {
                tell(next, order(id), -500);  // stale: ends the session
            }
            return;
        case 21:
            if (one_in(8)) {
                tell(next, "35=5|");
            }
            return;
        case 22:
            if (one_in(8)) {
                tell(next == 1 ? 1 : next - 1, order(id));  // too low: ends the session
            }
            return;
        case 23:
            return tell(next, "35=F|11=" + id + "|41=A1|55=ACME|54=1|60=" + time + "|38=100|");
        case 24:
            return tell(next, "35=G|11=" + id + "|41=A1|21=1|55=ACME|54=1|60=" + time +
                                  "|38=100|40=2|44=9.5|");
        case 25:
            return tell(next, "35=H|11=" + id + "|55=ACME|54=1|");
        case 26:
            return tell(next,
                        "35=8|37=V1|11=G1-1.0|17=E1|20=0|150=0|39=0|55=ACME|54=1|151=100|14="
                        "0|6=0|");
        case 27:
            return tell(next, "35=9|37=V1|11=G1-1.1|41=G1-1.0|39=0|434=1|102=0|");
        case 28:
            if (one_in(4)) {
                tell(next, "35=A|98=0|108=30|141=Y|1137=9|");
            }
            return;
        case 29:
            if (one_in(8)) {  // the wrong peer
                std::string wrong = twins.fast.message(next, order(id));
                const auto at = wrong.find("49=CLIENT");
                wrong.replace(at, 9, "49=CLAENT");
                twins.say_raw(wrong);
            }
            return;
        default:
            return tell(next, order(id));
    }
}

void converse(FixVersion version, bool initiator, unsigned seed) {
    std::mt19937 random(seed);
    Twins twins(version, initiator);
    log_on(twins, version, initiator);
    std::vector<std::string> said;
    for (int i = 0; i < 150; ++i) {
        step(twins, random, said);
        if (random() % 3 == 0) {
            twins.both([](HostBench& bench) { bench.core_takes(); });
        }
        if (!twins.slow.wire->hung_up.empty() || !twins.slow.host->is_logged_on()) {
            twins.compare();
            twins.both([](HostBench& bench) {
                bench.core_takes();
                bench.host->detach();
            });
            log_on(twins, version, initiator);
            said.clear();
        }
    }
    twins.both([](HostBench& bench) { bench.core_takes(); });
    INFO(to_text(version) << (initiator ? " venue" : " client") << ", seed " << seed);
    twins.compare();
}

}  // namespace

TEST_CASE("a random conversation is the same with the fast path and without") {
    for (const FixVersion version : {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2}) {
        for (unsigned seed = 1; seed <= 40; ++seed) {
            converse(version, false, seed);
            converse(version, true, seed);
        }
    }
}

TEST_CASE("orders in sequence pass beside QuickFIX once it has taken one") {
    Twins twins(FixVersion::Fix44, false);
    log_on(twins, FixVersion::Fix44, false);
    for (std::uint32_t seq = 2; seq <= 11; ++seq) {
        twins.say(seq, order("A" + std::to_string(seq)));
    }
    CHECK(twins.fast.host->status().received_fast == 9);
    CHECK(twins.slow.host->status().received_fast == 0);
    twins.both([](HostBench& bench) { bench.core_takes(); });
    twins.compare();
}

TEST_CASE("nothing passes beside QuickFIX until a gap and all that came beyond it are through") {
    Twins twins(FixVersion::Fix44, false);
    log_on(twins, FixVersion::Fix44, false);
    twins.say(2, order("A2"));
    twins.say(3, order("A3"));
    const auto fast = [&] { return twins.fast.host->status().received_fast; };
    CHECK(fast() == 1);
    twins.say(6, order("A6"));  // 4 and 5 are missing
    for (const std::uint32_t seq : {4U, 5U}) {
        twins.say(seq, "35=D|43=Y|122=" + test::utc_text() + "|" + order("R").substr(5));
    }
    CHECK(fast() == 1);
    CHECK(twins.fast.host->next_target() == 7);
    twins.say(7, order("A7"));
    CHECK(fast() == 2);
    twins.both([](HostBench& bench) { bench.core_takes(); });
    twins.compare();
}

TEST_CASE("an order lost on its way to the core is taken once, on the fast path as well") {
    HostBench bench(settings(true, FixVersion::Fix44, false));
    bench.logon();
    bench.order(2, "A2");
    REQUIRE(bench.host->receive_fast(bench.message(3, order("A3"))));
    CHECK(bench.host->next_target() == 4);
    bench.start();  // killed before the core took them
    CHECK(bench.host->next_target() == 2);
}

namespace {
class SteppedClock final : public engine::Clock {
public:
    UtcNanos utc() override { return real_.utc(); }
    std::int64_t mono_ns() override { return now_ns; }
    std::int64_t now_ns = kNanosPerSecond;

private:
    engine::SystemClock real_;
};
}  // namespace

TEST_CASE("one message of a session goes to QuickFIX within a second, or a quarter of HeartBtInt") {
    const auto [heart_bt_int, apart_ms] =
        GENERATE(table<int, std::int64_t>({{30, 1'000}, {4, 1'000}, {2, 500}, {1, 250}}));
    HostBench bench(settings(true, FixVersion::Fix44, false));
    SteppedClock clock;
    engine::SessionHost host(bench.settings, bench.dictionaries, bench.log, clock,
                             engine::StoreIndex(3), bench);
    test::TestWire wire;
    host.attach(wire);
    host.receive(bench.message(1, "35=A|98=0|108=" + std::to_string(heart_bt_int) + "|"));
    REQUIRE(host.is_logged_on());
    std::int64_t slow_at_ns = -1;
    std::uint32_t seq = 2;
    for (int i = 0; i < 400; ++i, clock.now_ns += 10 * kNanosPerMilli) {
        const std::string message = bench.message(seq++, order("A"));
        if (!host.receive_fast(message)) {
            host.receive(message);
            if (slow_at_ns >= 0) {
                CHECK(clock.now_ns - slow_at_ns == apart_ms * kNanosPerMilli);
            }
            slow_at_ns = clock.now_ns;
        }
    }
    CHECK(host.next_target() == seq);
    CHECK(host.status().received_fast > 350);
}
