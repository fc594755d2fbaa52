#include <algorithm>

#include <catch2/catch.hpp>

#include "sessions/client/order_voice.hpp"

using namespace sluice;
using namespace sluice::client;

namespace {

std::string wire(std::string text) {
    std::replace(text.begin(), text.end(), '|', '\x01');
    return text;
}

std::string said(OrderVoice& voice, const char* line, const char* tag) {
    return Words(voice.say(Words(line)).second).get(tag);
}

}  // namespace

TEST_CASE("reports are whole and follow from what was said before, under the asker's own names") {
    OrderVoice voice(FixVersion::Fix44);
    CHECK(voice.hear(Words("35=D|11=X|38=100"), wire("8=F|35=D|11=T1-1.0|55=A|54=2|38=100|44=9|"))
              .empty());
    CHECK(said(voice, "35=8|150=F|11=X|32=40|31=9", "11") == "T1-1.0");
    CHECK(said(voice, "35=8|150=F|11=X|32=20|31=12", "14") == "60");
    CHECK(voice
              .hear(Words("35=G|11=Y|41=X|38=80"),
                    wire("8=F|35=G|11=T1-1.1|41=T1-1.0|55=A|54=2|38=80|44=9|"))
              .empty());
    const Words replaced(voice.say(Words("35=8|150=5|11=Y|38=80")).second);
    CHECK(replaced.get("11") == "T1-1.1");
    CHECK(replaced.get("41") == "T1-1.0");
    CHECK(replaced.get("151") == "20");
    CHECK(replaced.get("6") == "10");
    CHECK(replaced.get("39") == "1");
    CHECK(said(voice, "35=8|150=4|11=Y", "151") == "0");
}

TEST_CASE("a request that differs from its line is named by the first difference") {
    OrderVoice voice(FixVersion::Fix44);
    CHECK(voice.hear(Words("35=D|11=X|38=100"), wire("8=F|35=D|11=A|55=A|54=1|38=90|")) ==
          "38 is 90, not 100");
    CHECK(voice.hear(Words("35=D|11=X"), wire("8=F|35=D|11=A|55=A|54=1|38=90|")).empty());
    CHECK(voice.hear(Words("35=D|11=X"), wire("8=F|35=D|11=B|55=A|54=1|38=90|")) ==
          "11 is B, not A");
    CHECK(voice.hear(Words("35=F|11=Y|41=X"), wire("8=F|35=F|11=C|41=B|55=A|54=1|")) ==
          "41 is B, not A");
}
