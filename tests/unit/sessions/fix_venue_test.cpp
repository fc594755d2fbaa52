#include "sessions/fix_venue.hpp"

#include <chrono>
#include <functional>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/unit/engine/memory_log.hpp"
#include "tests/unit/sessions/socket_peer.hpp"
#include "tests/unit/sessions/test_words.hpp"
#include "tests/unit/source_dir.hpp"

using namespace sluice;
using journal::RecordType;

namespace {

// A FixVenue on a real socket; the test is the venue and the core.
class VenueHouse {
public:
    explicit VenueHouse(std::size_t event_room = 256) : event_room_(event_room) {
        venue.our_comp_id = "VENUE";
        venue.their_comp_id = "SLUICE";
        build();
    }
    ~VenueHouse() { tear_down(); }

    void build(const std::vector<VenueRequest>& recalled = {}) {
        requests_ = std::make_unique<Channel<VenueRequest>>(256);
        events_ = std::make_unique<Channel<VenueEvent>>(event_room_);
        reactor_ = std::make_unique<transport::Reactor>();
        resolver_ = std::make_unique<transport::Resolver>(*reactor_);
        FixVenueSettings settings;
        settings.name = "X";
        settings.instance = Instance("G");
        settings.lines.resize(1);
        InitiatorSettings& line = settings.lines[0];
        engine::HostSettings& session = line.session;
        session.dictionaries = {"FIX.4.4", source_dir() + "/fix_specs/FIX44.xml", "", "6"};
        session.our_comp_id = "SLUICE";
        session.their_comp_id = "VENUE";
        session.heart_bt_int = 30;
        session.username = "gate";
        session.password = "secret";
        line.target.name = "X";
        line.target.host = "127.0.0.1";
        line.target.port = door.port();
        line.reconnect_first = std::chrono::milliseconds(5);
        engine::StoreIndex index(venue_session_index({0}));
        log.each([&](const journal::Frame& frame) { index.learn(frame); });
        adapter = std::make_unique<FixVenue>(
            *reactor_, *resolver_, settings, dictionaries_, log, clock_, std::vector{index}, words_,
            Receiver<VenueRequest>(*requests_), Sender<VenueEvent>(*events_));
        for (const VenueRequest& request : recalled) {
            if (!was_sent(request)) {
                adapter->recall_request(request);
            }
        }
        for (const VenueEvent& event : taken) {
            adapter->recall_event(event);
        }
        adapter->recovered(clock_.utc());
    }
    // There is a FIX_OUT record of it.
    bool was_sent(const VenueRequest& request) const {
        bool found = false;
        log.each([&](const journal::Frame& frame) {
            const auto head = frame.meta.type == RecordType::FixOut ? frame.head<FixOutHead>()
                                                                    : std::optional<FixOutHead>();
            found = found || (head && head->kind == FixOutKind::VenueRequest &&
                              head->cause == request.cause && head->ordinal == request.ordinal);
        });
        return found;
    }
    void restart(const std::vector<VenueRequest>& recalled = {}) {
        tear_down();
        venue.drop();
        venue.received().clear();
        build(recalled);
    }
    void turn() {
        (void)reactor_->poll(false);
        (void)adapter->poll(clock_.utc(), 64);
        Receiver<VenueEvent> events(*events_);
        while (const VenueEvent* event = core_runs ? events.peek() : nullptr) {
            journal::RecordMeta meta;
            meta.type = RecordType::VenueEvent;
            (void)log.append_value(meta, *event);
            taken.push_back(*event);
            events.pop();
        }
        (void)adapter->poll(clock_.utc(), 64);
        (void)reactor_->flush_all(log.released());
        if (!venue.is_connected()) {
            (void)door.accept_into(venue);
        }
        venue.pump();
    }
    bool until(const std::function<bool()>& is_so) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(15);
        while (!is_so()) {
            if (std::chrono::steady_clock::now() > deadline) {
                return false;
            }
            turn();
            std::this_thread::yield();
        }
        return true;
    }
    std::string next() {
        if (!until([&] { return !venue.received().empty(); })) {
            return "nothing";
        }
        std::string message = test::with_bars(venue.received().front());
        venue.received().pop_front();
        return message;
    }
    void log_on(int seq = 1) {
        REQUIRE(next().find("|35=A|") != std::string::npos);
        const std::size_t before = taken.size();
        venue.send("35=A|34=" + std::to_string(seq) + "|98=0|108=30|");
        REQUIRE(until([&] { return taken.size() > before; }));
        REQUIRE(taken.back().kind == VenueEventKind::SessionUp);
    }
    VenueRequest request(std::uint64_t cause, std::uint64_t order) const {
        VenueRequest made;
        made.cause = cause;
        made.order = {(std::uint64_t{1} << kEpochShift) | order};
        made.kind = VenueRequestKind::New;
        return made;
    }
    void ask(const VenueRequest& made) { GW_CHECK(requests_->try_send(made) == Sent::Ok); }

    test::MemoryLog log;
    test::SocketDoor door;
    test::SocketPeer venue;
    std::vector<VenueEvent> taken;
    bool core_runs = true;
    std::unique_ptr<FixVenue> adapter;

private:
    void tear_down() {
        adapter.reset();
        resolver_.reset();
        reactor_.reset();
    }
    std::size_t event_room_;
    engine::SystemClock clock_;
    engine::Dictionaries dictionaries_;
    test::TestVenueWords words_;
    std::unique_ptr<Channel<VenueRequest>> requests_;
    std::unique_ptr<Channel<VenueEvent>> events_;
    std::unique_ptr<transport::Reactor> reactor_;
    std::unique_ptr<transport::Resolver> resolver_;
};

bool has(const std::string& message, std::string_view field) {
    return message.find("|" + std::string(field) + "|") != std::string::npos;
}

std::string accepted(int seq, std::string_view id) {
    return "35=8|34=" + std::to_string(seq) + "|37=V1|11=" + std::string(id) + "|17=E" +
           std::to_string(seq) + "|150=0|39=0|55=ACME|54=1|38=100|44=10|151=100|14=0|6=0|60=<now>|";
}

}  // namespace

TEST_CASE("a venue session logs on with its credentials, which the journal does not keep") {
    VenueHouse house;
    const std::string logon = house.next();
    CHECK(has(logon, "553=gate"));
    CHECK(has(logon, "554=secret"));
    house.venue.send("35=A|34=1|98=0|108=30|");
    REQUIRE(house.until([&] { return !house.taken.empty(); }));
    CHECK(house.taken[0].kind == VenueEventKind::SessionUp);
    CHECK(house.adapter->status().up);
    house.log.each([](const journal::Frame& frame) {
        const std::string_view payload(reinterpret_cast<const char*>(frame.payload.data()),
                                       frame.payload.size());
        CHECK(payload.find("secret") == std::string_view::npos);
    });
}

TEST_CASE("a request is a send-intent record and then a message, its answer an event") {
    VenueHouse house;
    house.log_on();
    house.ask(house.request(77, 5));
    const std::string order = house.next();
    CHECK(has(order, "35=D"));
    CHECK(has(order, "11=G1-5.0"));
    CHECK(house.was_sent(house.request(77, 5)));
    house.venue.send(accepted(2, "G1-5.0"));
    REQUIRE(house.until([&] { return house.taken.size() == 2; }));
    CHECK(house.taken[1].kind == VenueEventKind::New);
    CHECK(house.taken[1].venue_seq == 2);
    CHECK(house.taken[1].order == house.request(77, 5).order);
}

TEST_CASE("a request without a session is rejected as not sent, never queued") {
    VenueHouse house;
    house.ask(house.request(77, 5));
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    CHECK(house.taken[0].kind == VenueEventKind::Rejected);
    CHECK(house.taken[0].has(venue_event_flag::kNotSent));
    house.log_on();
    house.ask(house.request(78, 6));
    CHECK(has(house.next(), "11=G1-6.0"));
}

TEST_CASE("a session Reject for a request of ours rejects the order, also after a restart") {
    VenueHouse house;
    house.log_on();
    house.ask(house.request(77, 5));
    CHECK(has(house.next(), "34=2"));
    int seq = 2;
    if (GENERATE(false, true)) {
        house.restart({house.request(77, 5)});
        house.log_on(2);
        seq = 3;
    }
    const std::size_t before = house.taken.size();
    house.venue.send("35=3|34=" + std::to_string(seq) + "|45=2|58=no such tag|");
    REQUIRE(house.until([&] { return house.taken.size() == before + 1; }));
    CHECK(house.taken.back().kind == VenueEventKind::Rejected);
    CHECK(house.taken.back().order == house.request(77, 5).order);
    CHECK(house.taken.back().text == "session reject: no such tag");
    CHECK(house.adapter->host().next_target() == static_cast<std::uint32_t>(seq) + 1);
}

TEST_CASE("after a restart a sent request is not sent again, and an unsent one is sent once") {
    VenueHouse house;
    house.log_on();
    house.ask(house.request(77, 5));
    CHECK(has(house.next(), "11=G1-5.0"));
    house.restart({house.request(77, 5), house.request(80, 6)});
    house.log_on(2);
    const std::string order = house.next();
    CHECK(has(order, "11=G1-6.0"));
    CHECK(has(order, "34=4"));
    house.venue.send("35=1|34=3|112=PING|");
    CHECK(has(house.next(), "112=PING"));
    // The venue that missed the first gets it by resend, marked as a possible duplicate.
    house.venue.send("35=2|34=4|7=2|16=2|");
    const std::string again = house.next();
    CHECK(has(again, "11=G1-5.0"));
    CHECK(has(again, "43=Y"));
}

TEST_CASE("a request that was reported as not sent is not sent after a restart") {
    VenueHouse house;
    house.ask(house.request(77, 5));
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    house.restart({house.request(77, 5)});
    house.log_on();
    house.venue.send("35=1|34=2|112=PING|");
    CHECK(has(house.next(), "112=PING"));
}

TEST_CASE("an answer that the core had not journaled is asked for again after a kill") {
    VenueHouse house;
    house.log_on();
    house.ask(house.request(77, 5));
    CHECK(has(house.next(), "34=2"));
    house.core_runs = false;
    house.venue.send(accepted(2, "G1-5.0"));
    REQUIRE(house.until([&] { return house.adapter->host().next_target() == 3; }));
    house.core_runs = true;
    house.restart({house.request(77, 5)});
    CHECK(house.adapter->host().next_target() == 2);
    CHECK(has(house.next(), "35=A"));
    house.venue.send("35=A|34=3|98=0|108=30|");
    const std::string resend = house.next();
    CHECK(has(resend, "35=2"));
    CHECK(has(resend, "7=2"));
}

TEST_CASE("a venue is not read while the core has no room for its events") {
    VenueHouse house(4);
    house.log_on();
    house.core_runs = false;
    for (int n = 2; n < 40; ++n) {
        house.venue.send(accepted(n, "G1-5.0"));
    }
    for (int i = 0; i < 50; ++i) {
        house.turn();
    }
    CHECK(house.adapter->host().next_target() < 8);
    house.core_runs = true;
    REQUIRE(house.until([&] { return house.taken.size() == 39; }));
    CHECK(house.taken.back().venue_seq == 39);
}

TEST_CASE("the loss of a venue is told, and it is called again") {
    VenueHouse house;
    house.log_on();
    house.venue.drop();
    REQUIRE(house.until([&] { return house.taken.size() == 2; }));
    CHECK(house.taken[1].kind == VenueEventKind::SessionDown);
    house.log_on(2);
    CHECK(house.taken.back().kind == VenueEventKind::SessionUp);
}
