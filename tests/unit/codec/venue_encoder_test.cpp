#include "sessions/codec/venue_encoder.hpp"

#include <catch2/catch.hpp>

#include "gateway/domain/command.hpp"
#include "sessions/codec/command_decoder.hpp"
#include "tests/unit/codec/quickfix_view.hpp"
#include "tests/unit/codec/reports.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

VenueRequest request(VenueRequestKind kind) {
    VenueRequest request;
    request.kind = kind;
    request.order = OrderId{(std::uint64_t{3} << kEpochShift) | 17};
    request.time = UtcNanos{1'767'323'045'678'901'234};
    request.order_qty = Quantity::from_int(100);
    request.price = Price::from_units(10'125'000'000);
    request.account = AccountName("ACC");
    request.symbol = SymbolName("ACME");
    request.ex_destination = DestinationName("XNYS");
    request.side = Side::Sell;
    request.ord_type = OrdType::Limit;
    request.flags = command_flag::kHasPrice;
    if (kind != VenueRequestKind::New) {
        request.version = 2;
        request.orig_version = 1;
        request.venue_order_id = ForeignId("V-77");
    }
    return request;
}

std::string body(VenueRequestKind kind, FixVersion version) {
    codec::VenueEncoder encoder(version, kInstance);
    return readable(codec::body_of(encoder.encode(request(kind), header())));
}

}  // namespace

TEST_CASE("a new order goes to a FIX 4.2 venue under the name of order and version") {
    CHECK(body(VenueRequestKind::New, FixVersion::Fix42) ==
          "11=G3-17.0|1=ACC|21=1|100=XNYS|55=ACME|54=2|60=20260102-03:04:05.678|38=100|40=2|"
          "44=101.25|59=0|");
}

TEST_CASE("a replace names the request that it replaces and the venue's own order id") {
    CHECK(body(VenueRequestKind::Replace, FixVersion::Fix44) ==
          "11=G3-17.2|41=G3-17.1|37=V-77|1=ACC|100=XNYS|55=ACME|54=2|60=20260102-03:04:05.678|"
          "38=100|40=2|44=101.25|59=0|");
}

TEST_CASE("a cancel and a status request say what they need") {
    CHECK(body(VenueRequestKind::Cancel, FixVersion::Fix44) ==
          "11=G3-17.2|41=G3-17.1|37=V-77|1=ACC|55=ACME|54=2|60=20260102-03:04:05.678|38=100|");
    CHECK(body(VenueRequestKind::Status, FixVersion::Fix44) ==
          "11=G3-17.1|37=V-77|1=ACC|55=ACME|54=2|");
}

TEST_CASE("every request validates with the venue's dictionary") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const auto kind =
        GENERATE(VenueRequestKind::New, VenueRequestKind::Cancel, VenueRequestKind::Replace,
                 VenueRequestKind::Status, VenueRequestKind::MassStatus);
    if (kind == VenueRequestKind::MassStatus && version == FixVersion::Fix42) {
        return;  // it has no such message
    }
    codec::VenueEncoder encoder(version, kInstance);
    auto asked = request(kind);
    asked.cause = 4'711;
    asked.max_floor = Quantity::from_int(10);
    asked.time_in_force = TimeInForce::GoodTillDate;
    asked.expire = UtcNanos{1'767'398'399'999'999'999};
    asked.flags |= command_flag::kHasMaxFloor | command_flag::kHasExpire;
    asked.flags |= GENERATE(std::uint16_t{0}, command_flag::kExpireIsDate);
    asked.flags |= GENERATE(std::uint16_t{0}, command_flag::kPossResend);
    const std::string message(encoder.encode(asked, header()));
    INFO(to_text(version) << " " << readable(message));
    CHECK(dictionaries(version).reject_reason(message) == std::nullopt);
}

TEST_CASE("the same request has the same words every time") {
    codec::VenueEncoder encoder(FixVersion::Fix44, kInstance);
    const auto asked = request(VenueRequestKind::New);
    const std::string first(encoder.encode(asked, header(1)));
    CHECK(codec::body_of(first) == codec::body_of(encoder.encode(asked, header(9))));
}

TEST_CASE("another gateway would read our request as the order that it is") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    auto asked = request(VenueRequestKind::Replace);
    asked.ord_type = OrdType::StopLimit;
    asked.stop_px = Price::from_units(1);
    asked.flags |= command_flag::kHasStopPx;
    asked.time_in_force = TimeInForce::GoodTillCancel;
    codec::VenueEncoder encoder(version, kInstance);
    Command command;
    codec::decode_command(encoder.encode(asked, header()), version, SessionId{}, 0, command);
    CHECK(command.defect.empty());
    CHECK(command.kind == CommandKind::Replace);
    CHECK(command.cl_ord_id.view() == "G3-17.2");
    CHECK(command.orig_cl_ord_id.view() == "G3-17.1");
    CHECK(command.order_qty == asked.order_qty);
    CHECK(command.price == asked.price);
    CHECK(command.stop_px == asked.stop_px);
    CHECK(command.side == asked.side);
    CHECK(command.time_in_force == asked.time_in_force);
}

TEST_CASE("the displayed quantity has the name of the venue's version") {
    auto asked = request(VenueRequestKind::New);
    asked.max_floor = Quantity::from_int(10);
    asked.flags |= command_flag::kHasMaxFloor;
    const auto [version, field] =
        GENERATE(table<FixVersion, std::string>({{FixVersion::Fix42, "|111=10|"},
                                                 {FixVersion::Fix44, "|111=10|"},
                                                 {FixVersion::Fix50Sp2, "|1138=10|"}}));
    codec::VenueEncoder encoder(version, kInstance);
    CHECK(readable(encoder.encode(asked, header())).find(field) != std::string::npos);
}

TEST_CASE("an expiry goes on as the client said it, a time or a date") {
    auto asked = request(VenueRequestKind::New);
    asked.time_in_force = TimeInForce::GoodTillDate;
    asked.flags |= command_flag::kHasExpire;
    codec::VenueEncoder encoder(FixVersion::Fix44, kInstance);
    const auto said = [&](std::int64_t nanos) {
        asked.expire = UtcNanos{nanos};
        const std::string message(encoder.encode(asked, header()));
        return value_of(message, 126) + value_of(message, 432);
    };
    CHECK(said(1'767'323'045'000'000'000) == "20260102-03:04:05");
    CHECK(said(1'767'323'045'678'000'000) == "20260102-03:04:05.678");
    CHECK(said(1'767'323'045'678'901'234) == "20260102-03:04:05.678901234");
    asked.flags |= command_flag::kExpireIsDate;
    CHECK(said(1'767'398'399'999'999'999) == "20260102");
}

TEST_CASE("a request that may have been sent before says so") {
    auto asked = request(VenueRequestKind::New);
    codec::VenueEncoder encoder(FixVersion::Fix44, kInstance);
    CHECK(readable(encoder.encode(asked, header())).find("|97=Y|") == std::string::npos);
    const std::string plain(codec::body_of(encoder.encode(asked, header())));
    asked.flags |= command_flag::kPossResend;
    const std::string again(encoder.encode(asked, header()));
    CHECK(readable(again).find("|97=Y|") != std::string::npos);
    CHECK(codec::body_of(again) == plain);
}

TEST_CASE("a question about all orders is named after what caused it") {
    VenueRequest asked;
    asked.kind = VenueRequestKind::MassStatus;
    asked.cause = 4'711;
    codec::VenueEncoder encoder(FixVersion::Fix44, kInstance);
    CHECK(readable(codec::body_of(encoder.encode(asked, header()))) == "584=G-M4711|585=7|");
}

}  // namespace sluice::test
