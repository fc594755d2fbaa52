#include "gateway/core/verifier.hpp"

#include <cstring>

namespace sluice {

namespace {

std::string words_of(bool value) {
    return value ? "true" : "false";
}
template <class T>
requires std::is_arithmetic_v<T> std::string words_of(T value) {
    return std::to_string(value);
}
std::string words_of(Decimal value) {
    return value.to_string();
}
template <class Tag>
std::string words_of(Amount<Tag> value) {
    return value.to_string();
}
template <class Tag, class Int>
std::string words_of(Id<Tag, Int> id) {
    return std::to_string(id.value);
}
std::string words_of(UtcNanos time) {
    return std::to_string(time.value);
}
template <std::size_t N>
std::string words_of(const Text<N>& text) {
    return "'" + std::string(text.view()) + "'";
}
std::string words_of(RejectReason reason) {
    return std::string(code(reason));
}
std::string words_of(ScopeKind scope) {
    return std::string(to_text(scope));
}
std::string words_of(LimitKey key) {
    return std::string(to_text(key));
}
template <class T>
requires std::is_enum_v<T> std::string words_of(T value) {
    return std::to_string(static_cast<int>(value));
}

template <class T>
class Differences {
public:
    Differences(const T& recorded, const T& rerun) : recorded_(recorded), rerun_(rerun) {}
    template <class Field>
    Differences& field(const char* name, Field T::*member) {
        if (words_.empty() && !(recorded_.*member == rerun_.*member)) {
            words_ = std::string(name) + " is " + words_of(recorded_.*member) + ", re-run says " +
                     words_of(rerun_.*member);
        }
        return *this;
    }
    std::string words() const {
        if (words_.empty() && std::memcmp(&recorded_, &rerun_, sizeof(T)) != 0) {
            return "reserved bytes differ";
        }
        return words_;
    }

private:
    const T& recorded_;
    const T& rerun_;
    std::string words_;
};

std::uint64_t cause_of(const Decision& decision) {
    return decision.input_seq;
}
std::uint64_t cause_of(const VenueRequest& request) {
    return request.cause;
}

}  // namespace

std::string first_difference(const Decision& recorded, const Decision& rerun) {
    return Differences<Decision>(recorded, rerun)
        .field("input_seq", &Decision::input_seq)
        .field("command", &Decision::command)
        .field("accepted", &Decision::accepted)
        .field("reason", &Decision::reason)
        .field("failed_check", &Decision::failed_check)
        .field("scope", &Decision::scope)
        .field("scope_name", &Decision::scope_name)
        .field("limit_key", &Decision::limit_key)
        .field("limit", &Decision::limit)
        .field("observed", &Decision::observed)
        .field("order", &Decision::order)
        .field("venue", &Decision::venue)
        .field("route_rule", &Decision::route_rule)
        .field("route_reason", &Decision::route_reason)
        .field("ref_px", &Decision::ref_px)
        .field("ref_time", &Decision::ref_time)
        .field("ref_source", &Decision::ref_source)
        .field("risk_px", &Decision::risk_px)
        .field("reserved_before", &Decision::reserved_before)
        .field("reserved_after", &Decision::reserved_after)
        .field("open_before", &Decision::open_before)
        .field("open_after", &Decision::open_after)
        .field("throttle_level", &Decision::throttle_level)
        .field("config_version", &Decision::config_version)
        .field("checks_run", &Decision::checks_run)
        .words();
}

std::string first_difference(const VenueRequest& recorded, const VenueRequest& rerun) {
    return Differences<VenueRequest>(recorded, rerun)
        .field("cause", &VenueRequest::cause)
        .field("ordinal", &VenueRequest::ordinal)
        .field("kind", &VenueRequest::kind)
        .field("order", &VenueRequest::order)
        .field("version", &VenueRequest::version)
        .field("orig_version", &VenueRequest::orig_version)
        .field("venue", &VenueRequest::venue)
        .field("OrderQty(38)", &VenueRequest::order_qty)
        .field("Price(44)", &VenueRequest::price)
        .field("StopPx(99)", &VenueRequest::stop_px)
        .field("Symbol(55)", &VenueRequest::symbol)
        .field("Account(1)", &VenueRequest::account)
        .field("Side(54)", &VenueRequest::side)
        .field("OrdType(40)", &VenueRequest::ord_type)
        .field("TimeInForce(59)", &VenueRequest::time_in_force)
        .field("ExDestination(100)", &VenueRequest::ex_destination)
        .field("venue's OrderID(37)", &VenueRequest::venue_order_id)
        .field("time", &VenueRequest::time)
        .field("flags", &VenueRequest::flags)
        .words();
}

Verifier::Verifier(Core& core, ConfigParser parse, CompareFixOut compare)
    : replayer_(core, std::move(parse)), compare_(std::move(compare)) {}

void Verifier::note(Mismatch mismatch) {
    ++counts_.mismatches;
    if (mismatches_.size() < kMismatchesKept) {
        mismatches_.push_back(std::move(mismatch));
    }
}

bool Verifier::feed(const journal::Frame& frame) {
    ++counts_.records;
    switch (frame.meta.type) {
        case journal::RecordType::Decision:
            compare(frame, decisions_, counts_.decisions, "DECISION");
            return true;
        case journal::RecordType::Egress:
            compare(frame, requests_, counts_.requests, "EGRESS");
            return true;
        case journal::RecordType::FixOut:
            compare_fix_out(frame);
            return true;
        default:
            break;
    }
    outputs_.clear();
    const auto step = replayer_.feed(frame, outputs_);
    counts_.inputs = replayer_.inputs();
    if (!step.ok()) {
        note({Mismatch::Kind::Unreadable, frame.seq, frame.seq, step.error()});
        return false;
    }
    decisions_.insert(decisions_.end(), outputs_.decisions.begin(), outputs_.decisions.end());
    requests_.insert(requests_.end(), outputs_.requests.begin(), outputs_.requests.end());
    for (const auto& report : outputs_.reports) {
        reports_.emplace(std::pair{report.cause, report.ordinal}, report);
    }
    return true;
}

// Both sequences are in the order of their causes, so what the log passes over is missing.
template <class T>
void Verifier::compare(const journal::Frame& frame,
                       std::deque<T>& expected,
                       std::uint64_t& counter,
                       const char* what) {
    const auto where = std::string(what) + " " + std::to_string(frame.seq);
    const auto read = frame.head<T>();
    if (!read || frame.payload.size() != journaled_bytes(*read)) {
        return note({Mismatch::Kind::Differs, frame.seq, 0,
                     where + ": payload of " + std::to_string(frame.payload.size()) +
                         " bytes, expected " +
                         std::to_string(read ? journaled_bytes(*read) : fixed_bytes<T>())});
    }
    const T& recorded = *read;
    const auto cause = cause_of(recorded);
    while (!expected.empty() && cause_of(expected.front()) < cause) {
        miss(expected, what);
        expected.pop_front();
    }
    const auto of = where + " (of input " + std::to_string(cause) + "): ";
    if (expected.empty() || cause_of(expected.front()) != cause) {
        return note({Mismatch::Kind::Extra, frame.seq, cause, of + "the re-run made none"});
    }
    ++counter;
    if (std::memcmp(&recorded, &expected.front(), sizeof(T)) != 0) {
        note({Mismatch::Kind::Differs, frame.seq, cause,
              of + first_difference(recorded, expected.front())});
    }
    expected.pop_front();
}

template <class T>
void Verifier::miss(const std::deque<T>& expected, const char* what) {
    const auto cause = cause_of(expected.front());
    note({Mismatch::Kind::Missing, cause, cause,
          std::string(what) + " of input " + std::to_string(cause) +
              ": the re-run made one, the journal has none"});
}

void Verifier::compare_fix_out(const journal::Frame& frame) {
    const auto head = frame.head<FixOutHead>();
    if (!head) {
        return note({Mismatch::Kind::Differs, frame.seq, 0,
                     "FIX_OUT " + std::to_string(frame.seq) + ": too short for its head"});
    }
    if (head->kind != FixOutKind::Report) {
        return;
    }
    ++counts_.reports;
    const auto found = reports_.find({head->cause, head->ordinal});
    const auto of = "FIX_OUT " + std::to_string(frame.seq) + " (of input " +
                    std::to_string(head->cause) + ", output " + std::to_string(head->ordinal) +
                    "): ";
    if (found == reports_.end()) {
        return note({Mismatch::Kind::Extra, frame.seq, head->cause,
                     of + "the re-run made no such report, or it was sent before"});
    }
    if (compare_) {
        if (const auto wrong =
                compare_(*head, frame.payload.subspan(sizeof(FixOutHead)), found->second)) {
            note({Mismatch::Kind::Differs, frame.seq, head->cause, of + *wrong});
        }
    }
    reports_.erase(found);
}

void Verifier::finish(bool torn) {
    counts_.unsent = reports_.size();
    const auto last = std::max(decisions_.empty() ? 0 : decisions_.back().input_seq,
                               requests_.empty() ? 0 : requests_.back().cause);
    const auto excused = [&](std::uint64_t cause) { return torn && cause == last; };
    for (; !decisions_.empty(); decisions_.pop_front()) {
        if (!excused(decisions_.front().input_seq)) {
            miss(decisions_, "DECISION");
        }
    }
    for (; !requests_.empty(); requests_.pop_front()) {
        if (!excused(requests_.front().cause)) {
            miss(requests_, "EGRESS");
        }
    }
}

std::optional<std::string> WhatIf::feed(const journal::Frame& frame) {
    if (frame.meta.type == journal::RecordType::Decision) {
        const auto recorded = frame.head<Decision>();
        if (recorded && asked_ && asked_->input_seq == recorded->input_seq) {
            ++decisions_;
            asked_->recorded = *recorded;
            if (asked_->rerun.accepted != recorded->accepted) {
                flips_.push_back(*asked_);
            }
            asked_.reset();
        }
        return std::nullopt;
    }
    outputs_.clear();
    const auto step = replayer_.feed(frame, outputs_);
    if (!step.ok()) {
        return step.error();
    }
    if (const auto* command = std::get_if<Command>(&step.value().event);
        command != nullptr && step.value().is_input && !outputs_.decisions.empty()) {
        asked_ = Flip{frame.seq, step.value().meta.time, *command, {}, outputs_.decisions.front()};
    }
    return std::nullopt;
}

}  // namespace sluice
