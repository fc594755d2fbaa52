// VenueHouse: a FixVenue on real sockets over a journal in memory; the test is the venue and the
// core.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "sessions/fix_venue.hpp"
#include "tests/unit/engine/memory_log.hpp"
#include "tests/unit/sessions/socket_peer.hpp"
#include "tests/unit/sessions/test_words.hpp"
#include "tests/unit/source_dir.hpp"

namespace sluice::test {

using journal::RecordType;

class VenueHouse {
public:
    explicit VenueHouse(std::size_t event_room = 256, std::size_t lines = 1, Pacing pacing = {})
        : lines_(lines), event_room_(event_room), pacing_(pacing) {
        for (std::size_t i = 0; i < lines; ++i) {
            peer(i).our_comp_id = i == 0 ? "VENUE" : "BACKUP";
            peer(i).their_comp_id = "SLUICE";
        }
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
        settings.pacing = pacing_;
        std::vector<engine::StoreIndex> indexes;
        for (std::uint32_t i = 0; i < lines_; ++i) {
            settings.lines.push_back(line(i));
            indexes.emplace_back(venue_session_index({0}, i));
            log.each([&](const journal::Frame& frame) { indexes[i].learn(frame); });
        }
        adapter = std::make_unique<FixVenue>(
            *reactor_, *resolver_, settings, dictionaries_, log, clock_, indexes, words_,
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
        for (std::size_t i = 0; i < lines_; ++i) {
            peer(i).drop();
            peer(i).received().clear();
        }
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
        for (std::size_t i = 0; i < lines_; ++i) {
            if (!peer(i).is_connected() && open[i]) {
                (void)doors[i].accept_into(peer(i));
            }
            peer(i).pump();
        }
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
    std::string next(std::size_t line = 0) {
        SocketPeer& from = peer(line);
        if (!until([&] { return !from.received().empty(); })) {
            return "nothing";
        }
        std::string message = with_bars(from.received().front());
        from.received().pop_front();
        return message;
    }
    void log_on(int seq = 1, std::size_t line = 0) {
        const std::size_t before = taken.size();
        log_on_quietly(seq, line);
        REQUIRE(until([&] { return taken.size() > before; }));
        REQUIRE(taken.back().kind == VenueEventKind::SessionUp);
    }
    // A line that need not be the one that carries the requests.
    void log_on_quietly(int seq, std::size_t line) {
        REQUIRE(next(line).find("|35=A|") != std::string::npos);
        peer(line).send("35=A|34=" + std::to_string(seq) + "|98=0|108=30|");
        REQUIRE(until([&] { return adapter->host(line).is_logged_on(); }));
    }
    VenueRequest request(std::uint64_t cause, std::uint64_t order) const {
        VenueRequest made;
        made.cause = cause;
        made.order = {(std::uint64_t{1} << kEpochShift) | order};
        made.kind = VenueRequestKind::New;
        return made;
    }
    void ask(const VenueRequest& made) { GW_CHECK(requests_->try_send(made) == Sent::Ok); }

    MemoryLog log;
    std::array<SocketDoor, 2> doors;
    std::array<bool, 2> open{true, true};  // whether a line's connection is accepted
    SocketPeer venue;                      // the first line
    SocketPeer backup;                     // the second
    SocketPeer& peer(std::size_t line) { return line == 0 ? venue : backup; }
    std::vector<VenueEvent> taken;
    bool core_runs = true;
    std::unique_ptr<FixVenue> adapter;

private:
    InitiatorSettings line(std::size_t number) const {
        InitiatorSettings line;
        engine::HostSettings& session = line.session;
        session.dictionaries = {"FIX.4.4", source_dir() + "/fix_specs/FIX44.xml", "", "6"};
        session.our_comp_id = "SLUICE";
        session.their_comp_id = number == 0 ? "VENUE" : "BACKUP";
        session.heart_bt_int = 30;
        session.username = "gate";
        session.password = "secret";
        line.target.name = "X";
        line.target.host = "127.0.0.1";
        line.target.port = doors[number].port();
        line.reconnect_first = std::chrono::milliseconds(5);
        return line;
    }
    void tear_down() {
        adapter.reset();
        resolver_.reset();
        reactor_.reset();
    }
    std::size_t lines_;
    std::size_t event_room_;
    Pacing pacing_;
    engine::SystemClock clock_;
    engine::Dictionaries dictionaries_;
    TestVenueWords words_;
    std::unique_ptr<Channel<VenueRequest>> requests_;
    std::unique_ptr<Channel<VenueEvent>> events_;
    std::unique_ptr<transport::Reactor> reactor_;
    std::unique_ptr<transport::Resolver> resolver_;
};

}  // namespace sluice::test
