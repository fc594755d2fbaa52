#include <catch2/catch.hpp>

#include "sessions/codec/venue_decoder.hpp"
#include "tests/unit/codec/reports.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {

TEST_CASE("a fill or correction of a negative quantity is not booked and not taken for 0") {
    const auto [version, coding] =
        GENERATE(table<FixVersion, std::string>({{FixVersion::Fix44, "150=F"},
                                                 {FixVersion::Fix44, "150=G|19=E1"},
                                                 {FixVersion::Fix42, "20=0|150=1"},
                                                 {FixVersion::Fix42, "20=2|150=1|19=E1"}}));
    VenueEvent event;
    const auto word =
        codec::decode_venue(wire("35=8|11=G3-17.0|17=E|37=V|32=-5|31=2|14=5|" + coding), version,
                            VenueId{1}, kInstance, event);
    CHECK(word == codec::VenueWord::Unusable);
    CHECK(event.text.view() == "LastQty(32)='-5' has a sign");
    // What makes the core compare its books with the venue's.
    CHECK(event.order.value != 0);
    CHECK(event.has(venue_event_flag::kHasCumQty));
}

TEST_CASE("FIX 4.2's ExecTransType(20) means nothing to a venue of a later version") {
    const auto version = GENERATE(FixVersion::Fix44, FixVersion::Fix50Sp2);
    VenueEvent event;
    CHECK(codec::decode_venue(wire("35=8|11=G3-17.0|17=E|37=V|20=1|150=F|32=5|31=2"), version,
                              VenueId{1}, kInstance, event) == codec::VenueWord::Event);
    CHECK(event.kind == VenueEventKind::Fill);
}

TEST_CASE("an answer to a status request says where the order stands") {
    const auto [version, coding] =
        GENERATE(table<FixVersion, std::string>({{FixVersion::Fix42, "20=3|150=1|39=1"},
                                                 {FixVersion::Fix44, "150=I|39=1"},
                                                 {FixVersion::Fix50Sp2, "150=I|39=1"}}));
    VenueEvent event;
    CHECK(codec::decode_venue(wire("35=8|11=G3-17.2|17=E|37=V|14=5|151=5|" + coding), version,
                              VenueId{1}, kInstance, event) == codec::VenueWord::Event);
    CHECK(event.kind == VenueEventKind::OrderStatus);
    CHECK(event.ord_status == '1');
    CHECK(event.version == 2);
    CHECK(event.has(venue_event_flag::kHasCumQty));
}

TEST_CASE("each way in which venues say that they do not know an order is one") {
    const auto [version, answer] = GENERATE(table<FixVersion, std::string>({
        {FixVersion::Fix42, "35=8|11=G3-17.1|17=E|37=NONE|20=3|150=8|39=8|103=5"},
        {FixVersion::Fix42, "35=8|11=G3-17.1|17=E|37=NONE|20=0|150=8|39=8|103=5"},
        {FixVersion::Fix44, "35=8|11=G3-17.1|17=0|37=NONE|150=I|39=8|103=5"},
        {FixVersion::Fix44, "35=8|11=G3-17.1|17=0|37=NONE|150=8|39=8|103=5"},
        {FixVersion::Fix50Sp2, "35=8|11=G3-17.1|17=0|37=NONE|150=I|39=8"},
        {FixVersion::Fix44, "35=9|11=G3-17.1|37=NONE|39=8|102=1"},
        {FixVersion::Fix44, "35=9|11=G3-17.1|41=NONE|37=NONE|39=8|434=1|102=1"},
        {FixVersion::Fix42, "35=9|11=G3-17.1|41=G3-17.1|37=NONE|39=8|434=1|102=1"},
    }));
    VenueEvent event;
    INFO(answer);
    CHECK(codec::decode_venue(wire(answer), version, VenueId{1}, kInstance, event) ==
          codec::VenueWord::Event);
    CHECK(event.kind == VenueEventKind::OrderStatus);
    CHECK(event.ord_status == '8');
    CHECK(event.version == 1);
    CHECK(!event.has(venue_event_flag::kUnknownOrder));  // that is: it is none of ours
}

TEST_CASE("a refused cancel of an order that the venue does not know is no status answer") {
    VenueEvent event;
    CHECK(codec::decode_venue(wire("35=9|11=G3-17.2|41=G3-17.1|37=NONE|39=8|434=1|102=1"),
                              FixVersion::Fix44, VenueId{1}, kInstance,
                              event) == codec::VenueWord::Event);
    CHECK(event.kind == VenueEventKind::CancelRejected);
    CHECK(event.ord_status == 0);
}

TEST_CASE("a new order that is refused for another reason is refused") {
    VenueEvent event;
    CHECK(codec::decode_venue(wire("35=8|11=G3-17.0|17=E|37=V|150=8|39=8|103=3"), FixVersion::Fix44,
                              VenueId{1}, kInstance, event) == codec::VenueWord::Event);
    CHECK(event.kind == VenueEventKind::Rejected);
}

TEST_CASE("why a venue restated or canceled comes along") {
    const auto [said, reason] = GENERATE(table<std::string, int>(
        {{"378=6", 6}, {"378=99", 99}, {"58=no", 255}, {"378=x", 255}, {"378=300", 255}}));
    VenueEvent event;
    CHECK(codec::decode_venue(wire("35=8|11=G3-17.0|17=E|37=V|150=4|39=4|" + said),
                              FixVersion::Fix44, VenueId{1}, kInstance,
                              event) == codec::VenueWord::Event);
    CHECK(int{event.restatement_reason} == reason);
}

TEST_CASE("a stop order that is in the market now is Triggered") {
    VenueEvent event;
    CHECK(codec::decode_venue(wire("35=8|11=G3-17.0|17=E|37=V|150=L|39=0"), FixVersion::Fix50Sp2,
                              VenueId{1}, kInstance, event) == codec::VenueWord::Event);
    CHECK(event.kind == VenueEventKind::Triggered);
}

}  // namespace sluice::test
