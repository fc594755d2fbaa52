// What an operator lets a manual venue say.
#include "sessions/codec/spoken.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

codec::Spoken spoken(std::string_view text) {
    const auto read = codec::read_spoken(text);
    INFO((read.ok() ? std::string() : read.error()));
    REQUIRE(read.ok());
    return read.value();
}

std::string wrong(std::string_view text) {
    const auto read = codec::read_spoken(text);
    return read.ok() ? "" : read.error();
}

}  // namespace

TEST_CASE("an execution is said with all that it has") {
    const auto [event, id] = spoken(
        "35=8|150=F|11=A1|37=V-7|17=E7|32=2|31=99.5|38=100|14=42|151=58|44=100|30=XNYS|7001=x");
    using namespace venue_event_flag;
    CHECK(id == "A1");
    CHECK(event.kind == VenueEventKind::Fill);
    CHECK(event.venue_order_id == "V-7");
    CHECK(event.venue_exec_id == "E7");
    CHECK(event.last_qty == Quantity::from_int(2));
    CHECK(event.last_px == Price::from_units(9'950'000'000));
    CHECK(event.order_qty == Quantity::from_int(100));
    CHECK(event.cum_qty == Quantity::from_int(42));
    CHECK(event.leaves_qty == Quantity::from_int(58));
    CHECK(event.price == Price::from_int(100));
    CHECK(event.flags == (kHasOrderQty | kHasCumQty | kHasLeavesQty | kHasPrice));
    CHECK(readable(event.extras.view()) == "30=XNYS|7001=x|");
}

TEST_CASE("what is not said is not stated") {
    const VenueEvent event = spoken("35=8|150=0|11=A1").event;
    CHECK(event.kind == VenueEventKind::New);
    CHECK(event.flags == 0);
    CHECK(event.venue_exec_id.empty());
    CHECK(event.extras.empty());
    CHECK(event.restatement_reason == VenueEvent::kNoReason);
}

TEST_CASE("refusals say what they refuse and why") {
    const VenueEvent cancel = spoken("35=9|11=A2|434=1|102=0|58=too late|39=2").event;
    CHECK(cancel.kind == VenueEventKind::CancelRejected);
    CHECK(cancel.has(venue_event_flag::kTooLate));
    CHECK(cancel.text == "too late");
    CHECK(spoken("35=9|11=A2|434=2|102=2").event.kind == VenueEventKind::ReplaceRejected);
    CHECK(!spoken("35=9|11=A2|434=2|102=2").event.has(venue_event_flag::kTooLate));
}

TEST_CASE("busts, corrections, restatements and answers to questions have what they need") {
    const VenueEvent bust = spoken("35=8|150=H|11=A1|19=E7").event;
    CHECK(bust.kind == VenueEventKind::TradeCancel);
    CHECK(bust.ref_exec_id == "E7");
    CHECK(spoken("35=8|150=G|11=A1|19=E7|32=1|31=2").event.kind == VenueEventKind::TradeCorrect);
    CHECK(spoken("35=8|150=D|11=A1|378=6").event.restatement_reason == 6);
    CHECK(spoken("35=8|150=I|11=A1|39=1|14=5").event.ord_status == '1');
}

TEST_CASE("SOH between the fields is as good as |") {
    CHECK(spoken("35=8\x01"
                 "150=4\x01"
                 "11=A1\x01")
              .event.kind == VenueEventKind::Canceled);
}

TEST_CASE("what cannot be said is named") {
    CHECK(wrong("150=0|11=A") == "expected 35=8 or 35=9");
    CHECK(wrong("35=D|11=A") == "expected 35=8 or 35=9");
    CHECK(wrong("35=8|150=0").find("expected 11=") == 0);
    CHECK(wrong("35=8|11=A") == "35=8 needs 150=, the ExecType(150)");
    CHECK(wrong("35=8|11=A|150=Z") == "150 is no ExecType(150) that is known");
    CHECK(wrong("35=9|11=A").find("35=9 needs 434=1") == 0);
    CHECK(wrong("35=8|11=A|150=F|32=5").find("an execution needs") == 0);
    CHECK(wrong("35=8|11=A|150=G|32=5|31=2").find("a bust or correction needs 19=") == 0);
    CHECK(wrong("35=8|11=A|150=F|32=x|31=2").find("32='x'") == 0);
    CHECK(wrong("35=8|11=A|150=0|hello") == "'hello' is not TAG=VALUE");
    CHECK(wrong("35=8|11=A|150=0|58=") == "'58=' is not TAG=VALUE");
    CHECK(wrong("35=8|11=A|150=0|17=" + std::string(41, 'E')) == "17 is longer than 40 characters");
    CHECK(wrong("35=8|11=A|150=0|378=300") == "378 must be a number from 0 to 254");
    CHECK(wrong("35=8|11=A|150=0|30=" + std::string(250, 'X')) ==
          "more than 247 bytes are to be handed on");
    CHECK(wrong("") == "expected 35=8 or 35=9");
}

}  // namespace sluice::test
