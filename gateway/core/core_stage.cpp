#include "gateway/core/core_stage.hpp"

#include "gateway/core/input_codec.hpp"
#include "gateway/orders/order_table.hpp"

namespace sluice {

using journal::RecordMeta;
using journal::RecordType;

CoreStage::CoreStage(Core& core, journal::LogWriter& log, Ports ports, const BatchTime& now)
    : core_(core), log_(log), ports_(std::move(ports)), now_(now) {
    for (std::uint32_t i = 0; i < ports_.venues.size(); ++i) {
        const auto id = ports_.venues[i].id.value;
        if (port_of_venue_.size() <= id) {
            port_of_venue_.resize(id + 1, kNoIndex);
        }
        port_of_venue_[id] = i;
    }
    GW_CHECK(!ports_.io.empty() && has_room());
}

bool CoreStage::has_room() {
    for (auto& venue : ports_.venues) {
        if (venue.requests.room() < kMaxOutputs) {
            return false;
        }
    }
    for (auto& io : ports_.io) {
        if (io.reports.room() < kMaxOutputs) {
            return false;
        }
    }
    return ports_.replies.room() > 0;
}

UtcNanos CoreStage::next_time() const {
    return std::max(last_time_, now_.utc);
}

bool CoreStage::take(const Event& event) {
    if (failed_ || !has_room()) {
        held_back_ += failed_ ? 0 : 1;
        return false;
    }
    const UtcNanos time = next_time();
    cause_ = record_meta(event, core_, time);
    cause_.t_mono_ns = now_.mono_ns;
    const auto appended = log_.append(cause_, payload_of(event));
    if (appended.seq == 0) {
        failed_ = true;
        return false;
    }
    last_time_ = time;
    ++inputs_;
    core_.apply({appended.seq, time}, event, *this);
    return !failed_;
}

bool CoreStage::configure(std::string_view document, const CoreConfig& config) {
    if (failed_) {
        return false;
    }
    const UtcNanos time = next_time();
    RecordMeta meta;
    meta.type = RecordType::ConfigDoc;
    meta.t_utc_ns = time.value;
    meta.t_mono_ns = now_.mono_ns;
    const auto appended =
        log_.append(meta, std::as_bytes(std::span(document.data(), document.size())));
    if (appended.seq == 0) {
        failed_ = true;
        return false;
    }
    last_time_ = time;
    core_.configure({appended.seq, time}, config);
    return true;
}

template <class T>
std::size_t CoreStage::drain(Receiver<T>& from, std::size_t budget) {
    std::size_t done = 0;
    for (const T* item = from.peek(); item != nullptr && done < budget; item = from.peek()) {
        bool taken = false;
        if constexpr (std::is_same_v<T, Event>) {
            taken = take(*item);
        } else {
            taken = take(Event(*item));
        }
        if (!taken) {
            return done;
        }
        from.pop();
        ++done;
    }
    return done;
}

// True when it made an input.
bool CoreStage::follow_stall() {
    if (stalled_ == core_.halted()) {
        return false;
    }
    KillChange change;
    change.action = stalled_ ? KillChange::Action::Kill : KillChange::Action::Resume;
    change.scope = ScopeKind::Firm;
    change.who = Name(kJournalWho);
    change.reason = Prose(stalled_ ? "the journal is behind" : "the journal has caught up");
    return take(change);
}

std::size_t CoreStage::poll_venues(std::size_t budget) {
    std::size_t done = 0;
    for (auto& venue : ports_.venues) {
        done += drain(venue.events, budget);
    }
    return done;
}

std::size_t CoreStage::poll_io(IoPort& io, std::size_t budget) {
    std::size_t done = drain(io.session_events, budget);
    for (std::size_t n = 0; n < budget; ++n) {
        done += poll_venues(budget);
        if (drain(io.commands, 1) == 0) {
            break;
        }
        ++done;
    }
    return done;
}

std::size_t CoreStage::poll(std::size_t budget) {
    if (failed_ || log_.failed()) {
        failed_ = true;
        return 0;
    }
    std::size_t done = follow_stall() ? 1 : 0;
    done += poll_venues(budget);
    done += drain(ports_.admin, budget);
    const bool due = core_.wants_tick() || core_.next_deadline() <= next_time();
    if (due && take(Tick{++ticks_})) {
        ++done;
    }
    for (auto& io : ports_.io) {
        done += poll_io(io, budget);
    }
    return done;
}

RecordMeta CoreStage::output_meta(RecordType type, OrderId order) const {
    RecordMeta meta = cause_;
    meta.type = type;
    meta.schema = 1;
    if (const Order* found = core_.orders().find(order); found != nullptr) {
        meta.order_id = order.value;
        meta.session = found->session.value;
        meta.account = found->account.value;
    }
    return meta;
}

void CoreStage::on_decision(const Decision& decision) {
    failed_ |=
        log_.append_value(output_meta(RecordType::Decision, decision.order), decision).seq == 0;
}

void CoreStage::on_request(const VenueRequest& request) {
    if (log_.append_value(output_meta(RecordType::Egress, request.order), request).seq == 0) {
        failed_ = true;  // what is not in the journal does not leave
        return;
    }
    const auto port = request.venue.value < port_of_venue_.size()
                          ? port_of_venue_[request.venue.value]
                          : kNoIndex;
    GW_CHECK(port != kNoIndex);
    GW_CHECK(ports_.venues[port].requests.try_send(request) != Sent::Full);
}

void CoreStage::on_report(const Report& report) {
    GW_CHECK(ports_.io[io_of(report.session)].reports.try_send(report) != Sent::Full);
}

void CoreStage::on_reply(const AdminReply& reply) {
    GW_CHECK(ports_.replies.try_send(reply) != Sent::Full);
}

void CoreStage::on_alert(const InputMeta& cause, OrderId order, std::string_view text) {
    ++alerts_;
    const AlertHead head{cause.seq};
    failed_ |= log_.append(output_meta(RecordType::Alert, order), bytes_of(head),
                           std::as_bytes(std::span(text.data(), text.size())))
                   .seq == 0;
}

void CoreStage::on_invariant_fail(const InputMeta& cause, std::string_view text) {
    ++alerts_;
    const AlertHead head{cause.seq};
    failed_ |= log_.append(output_meta(RecordType::InvariantFail, OrderId{}), bytes_of(head),
                           std::as_bytes(std::span(text.data(), text.size())))
                   .seq == 0;
}

void CoreStage::journal_again(const Decision& decision) {
    cause_ = RecordMeta{};
    cause_.t_utc_ns = next_time().value;
    on_decision(decision);
}

void CoreStage::journal_again(const VenueRequest& request) {
    cause_ = RecordMeta{};
    cause_.t_utc_ns = next_time().value;
    failed_ |= log_.append_value(output_meta(RecordType::Egress, request.order), request).seq == 0;
}

std::uint32_t CoreStage::io_of(SessionId session) const {
    return session.value < ports_.io_of_session.size() ? ports_.io_of_session[session.value] : 0;
}

}  // namespace sluice
