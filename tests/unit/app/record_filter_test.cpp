#include "gateway/app/record_filter.hpp"

#include <catch2/catch.hpp>

#include "gateway/app/cli_failure.hpp"

using namespace sluice::app;
using sluice::journal::RecordType;

namespace {

RecordRow row(std::uint64_t seq, RecordType type, const std::string& event) {
    RecordRow out;
    out.seq = seq;
    out.time_ns = static_cast<std::int64_t>(seq) * 1'000;
    out.type = type;
    out.event = event;
    out.session = "TRADER1";
    return out;
}

RecordRow command(std::uint64_t seq, const std::string& id, const std::string& orig = {}) {
    RecordRow out = row(seq, RecordType::Command, "received");
    out.cl_ord_id = id;
    out.orig_cl_ord_id = orig;
    return out;
}

RecordRow decision(std::uint64_t seq, const std::string& id, const std::string& order) {
    RecordRow out = row(seq, RecordType::Decision, "risk");
    out.cl_ord_id = id;
    out.order = order;
    return out;
}

RecordRow fill(std::uint64_t seq, const std::string& order) {
    RecordRow out = row(seq, RecordType::VenueEvent, "venue");
    out.order = order;
    return out;
}

void learn_all(OrderTrace& trace, const std::vector<RecordRow>& rows) {
    for (bool news = true; news;) {
        news = false;
        for (const RecordRow& each : rows) {
            news = trace.learn(each) || news;
        }
    }
}

}  // namespace

TEST_CASE("an empty filter takes everything but what only keeps sessions alive") {
    const RecordFilter filter;
    CHECK(filter.matches(command(1, "C1")));
    CHECK_FALSE(filter.matches(row(2, RecordType::SessionSeq, "numbers")));
    RecordRow heartbeat = row(3, RecordType::FixIn, "fix in");
    heartbeat.raw =
        "8=FIX.4.4\x01"
        "9=5\x01"
        "35=0\x01"
        "10=000\x01";
    CHECK_FALSE(filter.matches(heartbeat));
    RecordFilter with;
    with.heartbeats = true;
    CHECK(with.matches(heartbeat));
}

TEST_CASE("every condition that is set must hold") {
    RecordFilter filter;
    filter.cl_ord_id = "C1";
    CHECK(filter.matches(command(1, "C1")));
    CHECK(filter.matches(command(1, "C2", "C1")));
    CHECK_FALSE(filter.matches(command(1, "C2")));
    filter.session = "TRADER2";
    CHECK_FALSE(filter.matches(command(1, "C1")));
}

TEST_CASE("a reject code is found in any case") {
    RecordFilter filter;
    filter.reason = "max_order_qty";
    RecordRow rejected = decision(1, "C1", "");
    CHECK_FALSE(filter.matches(rejected));
    rejected.reason = "MAX_ORDER_QTY";
    CHECK(filter.matches(rejected));
}

TEST_CASE("a type is a record type or a word of the EVENT column") {
    RecordFilter filter;
    filter.types = {"decision"};
    CHECK(filter.matches(decision(1, "C1", "")));
    CHECK_FALSE(filter.matches(command(1, "C1")));
    filter.types = {"received", "DECISION"};
    CHECK(filter.matches(command(1, "C1")));
    CHECK_NOTHROW(check_types(filter.types));
    CHECK_THROWS_AS(check_types({"DECISON"}), CliFailure);
}

TEST_CASE("the end of a time range is not included, its beginning is") {
    RecordFilter filter;
    filter.from_ns = 2'000;
    filter.to_ns = 4'000;
    CHECK_FALSE(filter.matches(command(1, "C1")));
    CHECK(filter.matches(command(2, "C1")));
    CHECK(filter.matches(command(3, "C1")));
    CHECK_FALSE(filter.matches(command(4, "C1")));
}

TEST_CASE("a range of sequence numbers may be open at either end") {
    const std::uint64_t end = ~std::uint64_t{0};
    CHECK(parse_seq_range("12..30") == std::pair<std::uint64_t, std::uint64_t>(12, 30));
    CHECK(parse_seq_range("12..") == std::pair<std::uint64_t, std::uint64_t>(12, end));
    CHECK(parse_seq_range("..30") == std::pair<std::uint64_t, std::uint64_t>(0, 30));
    CHECK(parse_seq_range("7") == std::pair<std::uint64_t, std::uint64_t>(7, 7));
    CHECK_THROWS_AS(parse_seq_range("30..12"), CliFailure);
    CHECK_THROWS_AS(parse_seq_range("a..b"), CliFailure);
    CHECK_THROWS_AS(parse_seq_range(""), CliFailure);
}

TEST_CASE("a trace follows replaces both ways and takes the order's venue events") {
    const std::vector<RecordRow> rows{
        command(1, "C1"),       decision(2, "C1", "G1-1"), fill(3, "G1-1"),
        command(4, "X1"),       decision(5, "X1", "G1-2"), fill(6, "G1-2"),
        command(7, "C2", "C1"), decision(8, "C2", "G1-1"), command(9, "C3", "C2")};
    const std::string start = GENERATE("C1", "C2", "C3");
    RecordFilter filter;
    filter.cl_ord_id = start;
    OrderTrace trace(filter);
    learn_all(trace, rows);
    std::vector<std::uint64_t> found;
    for (const RecordRow& each : rows) {
        if (trace.contains(each)) {
            found.push_back(each.seq);
        }
    }
    CHECK(found == std::vector<std::uint64_t>{1, 2, 3, 7, 8, 9});
}

TEST_CASE("a trace does not mix the same ClOrdID of two sessions") {
    RecordRow other = command(2, "C1");
    other.session = "TRADER2";
    RecordFilter filter;
    filter.cl_ord_id = "C1";
    filter.session = "TRADER1";
    OrderTrace trace(filter);
    learn_all(trace, {command(1, "C1"), other});
    CHECK(trace.contains(command(1, "C1")));
    CHECK_FALSE(trace.contains(other));
}

TEST_CASE("a trace of a ClOrdID given as --order begins there") {
    RecordFilter filter;
    filter.order = "C1";
    OrderTrace trace(filter);
    learn_all(trace, {command(1, "C1"), decision(2, "C1", "G1-1"), fill(3, "G1-1")});
    CHECK(trace.contains(fill(3, "G1-1")));
}
