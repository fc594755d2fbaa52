#include <catch2/catch.hpp>

#include "sessions/client/fix_text.hpp"
#include "sessions/transport/framer.hpp"

namespace sluice::client {

TEST_CASE("a built message is one frame with the right BodyLength and CheckSum") {
    const auto message = wire_message(
        {"FIX.4.4", "TRADER1", "SLUICE", 7, "20260102-03:04:05.678", false}, "D", "11=A|55=B");
    CHECK(readable(message).starts_with(
        "8=FIX.4.4|9=66|35=D|49=TRADER1|56=SLUICE|34=7|52=20260102-03:04:05.678|11=A|55=B|10="));
    const auto step = transport::find_frame(message);
    CHECK(step.outcome == transport::FrameStep::Outcome::Frame);
    CHECK(step.bytes == message.size());
    CHECK(field(message, 55) == "B");
    CHECK(field(message, 56) == "SLUICE");
    CHECK(field(message, 999).empty());
}

TEST_CASE("a time is written as UTCTimestamp with milliseconds") {
    CHECK(utc_timestamp(0) == "19700101-00:00:00.000");
    CHECK(utc_timestamp(1'767'323'045'678'999'999) == "20260102-03:04:05.678");
}

}  // namespace sluice::client
