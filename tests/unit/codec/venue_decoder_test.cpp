#include "sessions/codec/venue_decoder.hpp"

#include <catch2/catch.hpp>

#include "sessions/codec/report_encoder.hpp"
#include "tests/unit/codec/reports.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

using codec::VenueWord;
using Kind = VenueEventKind;

constexpr OrderId kOrder{(std::uint64_t{3} << kEpochShift) | 17};

struct Heard {
    VenueWord word = VenueWord::Unusable;
    VenueEvent event;
};

Heard hear(std::string_view fields, FixVersion version = FixVersion::Fix44) {
    Heard heard;
    heard.word = codec::decode_venue(wire(fields), version, VenueId{2}, kInstance, heard.event);
    return heard;
}

}  // namespace

TEST_CASE("a fill keeps quantity, price and every name that the venue gave") {
    const auto [word, event] = hear(
        "35=8|34=41|37=V-77|11=G3-17.1|17=E-5|150=F|39=1|55=ACME|54=2|38=100|32=40|31=101.20|"
        "151=60|14=40|6=101.2|44=101.25|60=20260102-03:04:05.678901234|58=hello");
    CHECK(word == VenueWord::Event);
    CHECK(event.kind == Kind::Fill);
    CHECK(event.venue == VenueId{2});
    CHECK(event.venue_seq == 41);
    CHECK(event.order == kOrder);
    CHECK(event.version == 1);
    CHECK(event.venue_order_id.view() == "V-77");
    CHECK(event.venue_exec_id.view() == "E-5");
    CHECK(event.symbol.view() == "ACME");
    CHECK(event.side == '2');
    CHECK(event.last_qty == Quantity::from_int(40));
    CHECK(event.last_px == Price::from_units(10'120'000'000));
    CHECK(event.order_qty == Quantity::from_int(100));
    CHECK(event.cum_qty == Quantity::from_int(40));
    CHECK(event.leaves_qty == Quantity::from_int(60));
    CHECK(event.price == Price::from_units(10'125'000'000));
    CHECK(event.transact_time == UtcNanos{1'767'323'045'678'901'234});
    CHECK(event.text.view() == "hello");
    using namespace venue_event_flag;
    CHECK(event.flags == (kHasOrderQty | kHasCumQty | kHasLeavesQty | kHasPrice));
}

TEST_CASE("each ExecType(150) is an event of its own, whatever the version calls it") {
    struct Row {
        FixVersion version;
        std::string coding;
        Kind kind;
    };
    const auto row = GENERATE(values<Row>({
        {FixVersion::Fix44, "150=0", Kind::New},
        {FixVersion::Fix44, "150=A", Kind::PendingNew},
        {FixVersion::Fix44, "150=3", Kind::DoneForDay},
        {FixVersion::Fix44, "150=4", Kind::Canceled},
        {FixVersion::Fix44, "150=5", Kind::Replaced},
        {FixVersion::Fix44, "150=6", Kind::PendingCancel},
        {FixVersion::Fix44, "150=7", Kind::Stopped},
        {FixVersion::Fix44, "150=8", Kind::Rejected},
        {FixVersion::Fix44, "150=9", Kind::Suspended},
        {FixVersion::Fix44, "150=C", Kind::Expired},
        {FixVersion::Fix44, "150=D", Kind::Restated},
        {FixVersion::Fix44, "150=E", Kind::PendingReplace},
        {FixVersion::Fix44, "150=F", Kind::Fill},
        {FixVersion::Fix44, "150=1", Kind::Fill},
        {FixVersion::Fix50Sp2, "150=G", Kind::TradeCorrect},
        {FixVersion::Fix50Sp2, "150=H", Kind::TradeCancel},
        {FixVersion::Fix50Sp2, "150=I", Kind::OrderStatus},
        {FixVersion::Fix42, "20=0|150=0", Kind::New},
        {FixVersion::Fix42, "20=0|150=1", Kind::Fill},
        {FixVersion::Fix42, "20=0|150=2", Kind::Fill},
        {FixVersion::Fix42, "20=1|150=1", Kind::TradeCancel},
        {FixVersion::Fix42, "20=2|150=2", Kind::TradeCorrect},
        {FixVersion::Fix42, "20=3|150=1", Kind::OrderStatus},
        {FixVersion::Fix42, "20=3|150=0", Kind::OrderStatus},
    }));
    const auto [word, event] =
        hear("35=8|11=G3-17.0|17=E|37=V|32=1|31=2|" + row.coding, row.version);
    INFO(to_text(row.version) << " " << row.coding);
    CHECK(word == VenueWord::Event);
    CHECK(event.kind == row.kind);
}

TEST_CASE("an answer to a request carries the version of the request") {
    const auto replaced = hear("35=8|11=G3-17.4|41=G3-17.3|37=V|17=E|150=5|39=0|38=120");
    CHECK(replaced.event.version == 4);
    const auto only_orig = hear("35=8|41=G3-17.3|37=V|17=E|150=4|39=4");
    CHECK(only_orig.event.order == kOrder);
    CHECK(only_orig.event.version == 3);
}

TEST_CASE("an execution of an order that is not ours is an event all the same") {
    const auto cl_ord_id = GENERATE(
        values<std::string>({"11=OTHER|", "11=X3-17.0|", "11=G3-17|", "11=G03-17.0|", ""}));
    const auto [word, event] =
        hear("35=8|" + cl_ord_id + "37=V|17=E|150=F|39=2|55=ACME|54=1|32=5|31=6");
    CHECK(word == VenueWord::Event);
    CHECK(event.has(venue_event_flag::kUnknownOrder));
    CHECK(event.order == OrderId{});
    CHECK(event.last_qty == Quantity::from_int(5));
    CHECK(event.symbol.view() == "ACME");
    CHECK(event.side == '1');
}

TEST_CASE("a fill finer than eight decimals is rounded to the nearest and says so") {
    const auto [text, units] = GENERATE(table<std::string, std::int64_t>({
        {"1.123456784", 112'345'678},
        {"1.123456785", 112'345'679},
        {"-1.123456785", -112'345'679},
        {"0.999999999", 100'000'000},
        {"-0.000000009", -1},
    }));
    const auto [word, event] = hear("35=8|11=G3-17.0|37=V|17=E|150=F|32=1|31=" + text);
    CHECK(word == VenueWord::Event);
    CHECK(event.last_px.units() == units);
    CHECK(event.text.view() == "LastPx(31)='" + text + "' was rounded to 8 decimals");
}

TEST_CASE("what is about an order and cannot be read is not lost silently") {
    const auto [fields, words] = GENERATE(table<std::string, std::string>({
        {"35=8|11=G3-17.0|150=F|32=1", "LastPx(31)='' cannot be read as a decimal"},
        {"35=8|11=G3-17.0|150=F|32=x|31=1", "LastQty(32)='x' cannot be read as a decimal"},
        {"35=8|11=G3-17.0|150=F|32=1|31=99999999999999",
         "LastPx(31)='99999999999999' cannot be read as a decimal"},
        {"35=8|11=G3-17.0|150=Z", "ExecType(150)='Z' is not an ExecType(150) that we know"},
        {"35=8|11=G3-17.0", "ExecType(150)='' is not an ExecType(150) that we know"},
        {"35=9|11=G3-17.0|39=0", "CxlRejResponseTo(434)='' is neither 1 nor 2"},
    }));
    const auto [word, event] = hear(fields);
    CHECK(word == VenueWord::Unusable);
    CHECK(event.text.view() == words);
}

TEST_CASE("a refused cancel and a refused replace are told apart, and too late is known") {
    const auto cancel = hear("35=9|37=V|11=G3-17.2|41=G3-17.1|39=2|434=1|102=0|58=filled");
    CHECK(cancel.word == VenueWord::Event);
    CHECK(cancel.event.kind == Kind::CancelRejected);
    CHECK(cancel.event.version == 2);
    CHECK(cancel.event.has(venue_event_flag::kTooLate));
    CHECK(cancel.event.text.view() == "filled");
    const auto replace = hear("35=9|37=V|11=G3-17.2|41=G3-17.1|39=0|434=2|102=2");
    CHECK(replace.event.kind == Kind::ReplaceRejected);
    CHECK_FALSE(replace.event.has(venue_event_flag::kTooLate));
}

TEST_CASE("a BusinessMessageReject(j) refuses the request that it names") {
    const auto [type, kind] = GENERATE(table<std::string, Kind>(
        {{"D", Kind::Rejected}, {"F", Kind::CancelRejected}, {"G", Kind::ReplaceRejected}}));
    const auto [word, event] = hear("35=j|34=8|45=5|372=" + type + "|379=G3-17.2|380=4|58=closed");
    CHECK(word == VenueWord::Event);
    CHECK(event.kind == kind);
    CHECK(event.order == kOrder);
    CHECK(event.version == 2);
    CHECK(event.text.view() == "closed");
}

TEST_CASE("a BusinessMessageReject(j) that names no request of ours is for the caller to resolve") {
    const auto heard = hear("35=j|34=8|45=5|372=D|380=4|58=closed");
    CHECK(heard.word == VenueWord::NeedsRequest);
    CHECK(heard.event.venue_seq == 8);
    CHECK(heard.event.text.view() == "closed");
    CHECK(hear("35=j|45=5|372=H|379=G3-17.2|380=4").word == VenueWord::NotAboutOrder);
}

TEST_CASE("other messages say nothing about orders") {
    CHECK(hear("35=B|148=News").word == VenueWord::NotAboutOrder);
    CHECK(hear("11=G3-17.0").word == VenueWord::NotAboutOrder);
}

TEST_CASE("long ExecID(17)s stay different") {
    const std::string long_id(60, 'E');
    const auto one = hear("35=8|11=G3-17.0|150=0|17=" + long_id + "1");
    const auto other = hear("35=8|11=G3-17.0|150=0|17=" + long_id + "2");
    const auto again = hear("35=8|11=G3-17.0|150=0|17=" + long_id + "1");
    CHECK(one.event.venue_exec_id != other.event.venue_exec_id);
    CHECK(one.event.venue_exec_id == again.event.venue_exec_id);
    CHECK(one.event.venue_exec_id.size() == ForeignId::kMax);
}

TEST_CASE("a venue that speaks as we do is understood in every version") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    codec::ReportEncoder encoder(version, kInstance);
    Report report = fill();
    report.cl_ord_id = ClOrdId("G3-17.0");
    report.exec_type = ExecType::TradeCorrect;
    report.ref_exec = report.exec;
    VenueEvent event;
    CHECK(codec::decode_venue(encoder.encode(report, header()), version, VenueId{1}, kInstance,
                              event) == VenueWord::Event);
    CHECK(event.kind == Kind::TradeCorrect);
    CHECK(event.order == kOrder);
    CHECK(event.last_qty == report.last_qty);
    CHECK(event.last_px == report.last_px);
    CHECK(event.cum_qty == report.cum_qty);
    CHECK(event.ref_exec_id.view() == "G3-E43");
    CHECK(event.transact_time == report.time);
}

}  // namespace sluice::test
