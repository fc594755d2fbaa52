// A journal record in words, for `sluice audit` and `sluice order show`. Learns the names of
// sessions, accounts and venues from the CONFIG_DOC records it is shown, so records must be shown
// in order, from the first.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/decision.hpp"
#include "gateway/domain/input.hpp"
#include "gateway/domain/names.hpp"
#include "gateway/domain/result.hpp"
#include "gateway/domain/venue_request.hpp"
#include "gateway/journal/log.hpp"
#include "gateway/orders/name_table.hpp"

namespace sluice::app {

// What a record is about, for filters; empty where it is about no such thing.
struct RecordRow {
    std::uint64_t seq = 0;
    std::int64_t time_ns = 0;
    journal::RecordType type = journal::RecordType::None;
    std::string event;  // "received", "risk", "routed", "venue", "report", "limit", "kill", ...
    std::string detail;
    std::string session;
    std::string account;
    std::string symbol;
    std::string venue;
    std::string order;  // OrderID(37)
    std::string cl_ord_id;
    std::string orig_cl_ord_id;
    std::string reason;  // reject code
    std::string raw;     // the FIX message of FIX_IN and FIX_OUT, SOH between fields
};

class RecordView {
public:
    using ParseConfig = std::function<Result<CoreConfig, std::string>(std::string_view)>;
    // `describe` gives the short form of a FIX message.
    using Describe = std::function<std::string(std::string_view)>;
    RecordView(ParseConfig parse, Describe describe)
        : parse_(std::move(parse)), describe_(std::move(describe)) {}

    RecordRow row(const journal::Frame& frame);

    const NameTable& names() const { return names_; }
    const Instance& instance() const { return instance_; }
    std::string session_name(std::uint32_t index) const;

private:
    void fill_command(const Command& command, RecordRow& row) const;
    void fill_decision(const Decision& decision, RecordRow& row) const;
    void fill_request(const VenueRequest& request, RecordRow& row) const;
    void fill_venue_event(const VenueEvent& event, RecordRow& row) const;
    void fill_action(const OrderAction& action, RecordRow& row) const;
    void fill_session_event(const SessionEvent& event, RecordRow& row) const;
    static void fill_price(const RefPrice& price, RecordRow& row);
    void fill_config(const journal::Frame& frame, RecordRow& row);
    void fill_change(const LimitChange& change, RecordRow& row) const;
    void fill_change(const KillChange& change, RecordRow& row) const;
    std::string name(const Names& names, std::uint32_t id) const;

    ParseConfig parse_;
    Describe describe_;
    NameTable names_;
    Instance instance_{"G"};
};

// "2026-11-24T12:00:00.123456789Z", and the time of day with microseconds for tables.
std::string iso_time(std::int64_t utc_ns);
std::string clock_time(std::int64_t utc_ns);
// "2026-11-24", "2026-11-24T12:00[:00[.123]][Z]" or "12:00[:00]" of `today`; empty when it is none
// of these.
std::optional<std::int64_t> parse_time(std::string_view text, std::int64_t today_ns);

}  // namespace sluice::app
