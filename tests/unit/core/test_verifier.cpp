#include <cstring>

#include <catch2/catch.hpp>

#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

void short_day(TestHouse& house) {
    house.client("35=D|11=A|38=100|44=10");
    house.client("35=D|11=B|38=900|44=10");
    house.venue("35=8|150=0|11=A");
    house.venue("35=8|150=F|11=A|32=100");
}

std::size_t index_of(const MemoryLog& log, journal::RecordType type) {
    std::size_t i = 0;
    while (log.records.at(i).meta.type != type) {
        ++i;
    }
    return i;
}

std::vector<Mismatch> verify(TestHouse& house, const MemoryLog& log, bool torn = false) {
    Core core;
    Verifier verifier(core, house.parser());
    for (std::size_t i = 0; i < log.records.size() && verifier.feed(log.frame(i)); ++i) {
    }
    verifier.finish(torn);
    return verifier.mismatches();
}

TEST_CASE("a replay compares every decision and every request, and counts them") {
    TestHouse house;
    short_day(house);
    Core core;
    Verifier verifier(core, house.parser());
    for (std::size_t i = 0; i < house.log().records.size(); ++i) {
        REQUIRE(verifier.feed(house.log().frame(i)));
    }
    verifier.finish();
    CHECK(verifier.ok());
    CHECK(verifier.counts().decisions == 2);
    CHECK(verifier.counts().requests == 2);
    CHECK(verifier.counts().unsent == 2);  // New and the fill: no session wrote them here
    CHECK(core.digest() == house.core().digest());
}

TEST_CASE("a decision that was changed by one byte is named, with the field") {
    TestHouse house;
    short_day(house);
    MemoryLog log = house.log();
    const auto at = index_of(log, journal::RecordType::Decision);
    log.records[at].payload[offsetof(Decision, accepted)] ^= std::byte{1};
    const auto mismatches = verify(house, log);
    REQUIRE(mismatches.size() == 1);
    CHECK(mismatches[0].kind == Mismatch::Kind::Differs);
    CHECK(mismatches[0].seq == log.records[at].seq);
    CHECK(mismatches[0].words.find("accepted is false, re-run says true") != std::string::npos);
}

TEST_CASE("a venue request that was changed is named, with the field") {
    TestHouse house;
    short_day(house);
    MemoryLog log = house.log();
    const auto at = index_of(log, journal::RecordType::Egress);
    log.records[at].payload[offsetof(VenueRequest, order_qty)] ^= std::byte{1};
    const auto mismatches = verify(house, log);
    REQUIRE(mismatches.size() == 1);
    CHECK(mismatches[0].words.find("OrderQty(38)") != std::string::npos);
}

TEST_CASE("an output that the journal lacks is missing, and one too many is extra") {
    TestHouse house;
    short_day(house);
    MemoryLog log = house.log();
    const auto at = static_cast<std::ptrdiff_t>(index_of(log, journal::RecordType::Egress));
    SECTION("missing") {
        log.records.erase(log.records.begin() + at);
        const auto mismatches = verify(house, log);
        REQUIRE(mismatches.size() == 1);
        CHECK(mismatches[0].kind == Mismatch::Kind::Missing);
    }
    SECTION("extra") {
        log.records.insert(log.records.begin() + at, log.records[static_cast<std::size_t>(at)]);
        const auto mismatches = verify(house, log);
        REQUIRE(mismatches.size() == 1);
        CHECK(mismatches[0].kind == Mismatch::Kind::Extra);
    }
}

TEST_CASE("only a torn log may lack the outputs of its last input") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10");
    MemoryLog log = house.log();
    log.records.pop_back();  // EGRESS
    CHECK(verify(house, log).size() == 1);
    CHECK(verify(house, log, true).empty());
}

TEST_CASE("a record of another size or schema stops the run with words") {
    TestHouse house;
    short_day(house);
    MemoryLog log = house.log();
    const auto at = index_of(log, journal::RecordType::Command);
    SECTION("size") {
        log.records[at].payload.pop_back();
    }
    SECTION("schema") {
        log.records[at].meta.schema = 9;
    }
    const auto mismatches = verify(house, log);
    REQUIRE(mismatches.size() == 1);
    CHECK(mismatches[0].kind == Mismatch::Kind::Unreadable);
    CHECK(mismatches[0].words.find("COMMAND") != std::string::npos);
}

TEST_CASE("a report's message is compared through the hook and must exist once") {
    TestHouse house;
    short_day(house);
    MemoryLog log = house.log();
    FixOutHead head;
    head.kind = FixOutKind::Report;
    for (std::size_t i = 0; i < log.records.size(); ++i) {
        if (log.records[i].meta.type == journal::RecordType::VenueEvent) {
            head.cause = log.records[i].seq;  // the last one: the fill
        }
    }
    journal::RecordMeta meta;
    meta.type = journal::RecordType::FixOut;
    (void)log.append_value(meta, head);
    std::size_t asked = 0;
    Core core;
    Verifier verifier(core, house.parser(),
                      [&](const FixOutHead&, std::span<const std::byte>, const Report& report) {
                          ++asked;
                          return report.exec_type == ExecType::Trade
                                     ? std::optional<std::string>("other bytes")
                                     : std::nullopt;
                      });
    for (std::size_t i = 0; i < log.records.size(); ++i) {
        REQUIRE(verifier.feed(log.frame(i)));
    }
    CHECK(asked == 1);
    REQUIRE(verifier.mismatches().size() == 1);
    CHECK(verifier.mismatches()[0].words.find("other bytes") != std::string::npos);
    CHECK(verifier.feed(log.frame(log.records.size() - 1)));  // the same message again
    CHECK(verifier.mismatches().back().kind == Mismatch::Kind::Extra);
}

TEST_CASE("what-if lists the orders that another limit would have stopped, and only those") {
    TestHouse house;
    short_day(house);
    house.client("35=D|11=C|38=50|44=10");
    Core core;
    WhatIf what_if(core, house.parser());
    LimitOverride limit;
    limit.scope = ScopeKind::Account;
    limit.scope_name = Name("ACC1");
    limit.key = LimitKey::MaxOrderQty;
    limit.value = LimitValue::number(Decimal::from_int(500));
    what_if.replayer().set_overrides({limit});
    for (std::size_t i = 0; i < house.log().records.size(); ++i) {
        REQUIRE_FALSE(what_if.feed(house.log().frame(i)).has_value());
    }
    CHECK(what_if.decisions() == 3);
    REQUIRE(what_if.flips().size() == 1);
    CHECK(what_if.flips()[0].command.cl_ord_id == "B");
    CHECK(what_if.flips()[0].recorded.accepted);
    CHECK(what_if.flips()[0].rerun.reason == RejectReason::MaxOrderQty);
}

}  // namespace
}  // namespace sluice::test
