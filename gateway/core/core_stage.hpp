// The core as a stage: takes inputs from its channels, gives each a sequence number by appending it
// to the journal, applies it, journals the decision and the venue requests that follow, and hands
// the outputs on. Owner: the core thread.
//
// Order of taking: venue events before everything else, and again before each client request, so a
// fill is never judged after the order that it should have blocked.
//
// An input is taken only while every output channel has room for all that one input can make, so
// nothing is ever dropped; when a reader is slow, the inputs wait in their channels. A venue's
// request channel that holds kMaxOutputs more than twice the venue's max_in_flight never fills,
// because credits bound what is in it.
//
// The stage does not wait for durability. Each output names its cause; the connections' release
// gate holds the bytes back until the journal's released() has reached it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/channels/channel.hpp"
#include "gateway/channels/stage.hpp"
#include "gateway/core/core.hpp"
#include "gateway/journal/log.hpp"

namespace sluice {

// One reading of the clocks for a batch of inputs; written by the owner of the loop before poll().
struct BatchTime {
    UtcNanos utc;
    std::int64_t mono_ns = 0;
};

class CoreStage final : public Stage, private CoreSink {
public:
    struct VenuePort {
        VenueId id;
        Receiver<VenueEvent> events;
        Sender<VenueRequest> requests;
    };
    struct IoPort {
        Receiver<Command> commands;
        Receiver<SessionEvent> session_events;  // taken before the commands
        Sender<Report> reports;
    };
    struct Ports {
        std::vector<VenuePort> venues;
        std::vector<IoPort> io;
        Receiver<Event> admin;  // LimitChange, KillChange, RefPrice, DayRoll
        Sender<AdminReply> replies;
        // Which I/O thread serves a session, by session id; ids beyond it are served by the first.
        std::vector<std::uint32_t> io_of_session;
    };

    // GW_CHECK: every output channel holds at least kMaxOutputs.
    CoreStage(Core& core, journal::LogWriter& log, Ports ports, const BatchTime& now);

    std::size_t poll(std::size_t budget) override;

    // For the owner of the loop, between polls: a configuration document that was checked, and
    // inputs that have no channel (ProcessStart, a day roll by the clock). False: not taken,
    // because an output channel is full or the journal has failed.
    [[nodiscard]] bool configure(std::string_view document, const CoreConfig& config);
    [[nodiscard]] bool take(const Event& event);

    // The journal is behind for longer than allowed, or has caught up. Becomes an input: new orders
    // and replaces are refused with GatewayHalted, cancels pass.
    void set_journal_stalled(bool stalled) { stalled_ = stalled; }
    // After recovery: outputs of journaled inputs whose own records were lost with the process.
    // They are journaled now, before any input of this process, so that the log is whole again.
    void journal_again(const Decision& decision);
    void journal_again(const VenueRequest& request);
    // Recovery's end: times go on from here, never back.
    void continue_from(UtcNanos time) { last_time_ = time; }

    // The journal took no more: nothing is taken any more; the process must end and recover.
    bool failed() const { return failed_; }
    std::uint64_t inputs() const { return inputs_; }
    std::uint64_t alerts() const { return alerts_; }
    // Polls that met a full output channel and took nothing.
    std::uint64_t held_back() const { return held_back_; }

private:
    void on_decision(const Decision& decision) override;
    void on_request(const VenueRequest& request) override;
    void on_report(const Report& report) override;
    void on_reply(const AdminReply& reply) override;
    void on_alert(const InputMeta& cause, OrderId order, std::string_view text) override;
    void on_invariant_fail(const InputMeta& cause, std::string_view text) override;

    bool has_room();
    bool follow_stall();
    std::size_t poll_venues(std::size_t budget);
    std::size_t poll_io(IoPort& io, std::size_t budget);
    template <class T>
    std::size_t drain(Receiver<T>& from, std::size_t budget);
    UtcNanos next_time() const;
    journal::RecordMeta output_meta(journal::RecordType type, OrderId order) const;
    std::uint32_t io_of(SessionId session) const;

    Core& core_;
    journal::LogWriter& log_;
    Ports ports_;
    std::vector<std::uint32_t> port_of_venue_;
    const BatchTime& now_;
    UtcNanos last_time_;
    journal::RecordMeta cause_;  // of the input that is being applied
    std::uint64_t inputs_ = 0;
    std::uint64_t alerts_ = 0;
    std::uint64_t held_back_ = 0;
    std::uint64_t ticks_ = 0;
    bool stalled_ = false;
    bool failed_ = false;
};

}  // namespace sluice
