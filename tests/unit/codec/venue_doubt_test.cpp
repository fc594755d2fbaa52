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

}  // namespace sluice::test
