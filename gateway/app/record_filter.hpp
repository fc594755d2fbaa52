// Which journal records an audit verb shows. Every condition that is set must hold.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/app/record_view.hpp"

namespace sluice::app {

struct RecordFilter {
    std::string cl_ord_id;  // ClOrdID(11) or OrigClOrdID(41)
    std::string order;      // OrderID(37)
    std::string account;
    std::string session;
    std::string symbol;
    std::string venue;
    std::string reason;              // "MAX_ORDER_QTY", in any case
    std::vector<std::string> types;  // "DECISION", or the word of the EVENT column; any of them
    std::optional<std::int64_t> from_ns;
    std::optional<std::int64_t> to_ns;  // not included
    std::uint64_t seq_from = 0;
    std::uint64_t seq_to = ~std::uint64_t{0};
    bool heartbeats = false;  // Heartbeat(0) and TestRequest(1), and their sequence numbers

    bool matches(const RecordRow& row) const;
    bool in_range(const RecordRow& row) const;
    bool of_wanted_kind(const RecordRow& row) const;
};

// "12..30", "12..", "..30", "12". Throws CliFailure.
std::pair<std::uint64_t, std::uint64_t> parse_seq_range(const std::string& text);
// A time of record_view.hpp's parse_time. Throws CliFailure that names the option.
std::int64_t parse_time_option(const std::string& option,
                               const std::string& text,
                               std::int64_t now_ns);
// Fails for a type that is neither a record type nor a word of the EVENT column.
void check_types(const std::vector<std::string>& types);

// The records of one order through all its cancels and replaces: the chain of OrigClOrdID(41) both
// ways, and everything with an OrderID(37) of the chain. The links are learned by showing it the
// whole journal until it learns nothing more.
class OrderTrace {
public:
    // Starts from the ClOrdID(11) of the filter, or from its `order`, which here may be an
    // OrderID(37) or a ClOrdID(11); its other conditions narrow the start.
    explicit OrderTrace(RecordFilter start) : start_(std::move(start)) {}
    // True: something new was learned.
    bool learn(const RecordRow& row);
    bool contains(const RecordRow& row) const;

private:
    bool starts_here(const RecordRow& row) const;
    RecordFilter start_;
    std::set<std::pair<std::string, std::string>> ids_;  // session, ClOrdID(11)
    std::set<std::string> orders_;
};

}  // namespace sluice::app
