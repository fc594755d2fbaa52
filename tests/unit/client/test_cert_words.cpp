#include <algorithm>

#include <catch2/catch.hpp>

#include "sessions/client/cert_words.hpp"

using namespace sluice;
using namespace sluice::client;

namespace {

std::string wire(std::string text) {
    std::replace(text.begin(), text.end(), '|', '\x01');
    return text;
}

std::string read_42(const std::string& text, const std::string& tag) {
    const std::string raw = wire(text);
    return as_said(raw, FixVersion::Fix42)(tag).value_or("absent");
}

}  // namespace

TEST_CASE("FIX 4.2 executions are read in later words, and a wrong coding is seen") {
    CHECK(read_42("8=X|35=8|20=0|150=1|39=1|38=10|14=4|", "150") == "F");
    CHECK(read_42("8=X|35=8|20=0|150=2|39=2|38=10|14=10|", "150") == "F");
    CHECK(read_42("8=X|35=8|20=0|150=2|39=1|38=10|14=4|", "150") == "2");
    CHECK(read_42("8=X|35=8|20=0|150=F|39=1|38=10|14=4|", "150") == "F of a later version");
    CHECK(read_42("8=X|35=8|20=1|150=1|39=1|38=10|14=4|", "150") == "H");
    CHECK(read_42("8=X|35=8|20=2|150=1|39=1|38=10|14=4|", "150") == "G");
    CHECK(read_42("8=X|35=8|20=3|150=1|39=1|38=10|14=4|", "150") == "I");
    CHECK(read_42("8=X|35=8|20=3|150=0|39=1|38=10|14=4|", "150") == "0 with ExecTransType(20)=3");
}

TEST_CASE("FIX 4.2 must call an accepted replace of an order without fills Replaced") {
    CHECK(read_42("8=X|35=8|20=0|150=5|39=5|38=10|14=0|", "39") == "0");
    CHECK(read_42("8=X|35=8|20=0|150=5|39=0|38=10|14=0|", "39") == "0 in place of Replaced");
    CHECK(read_42("8=X|35=8|20=0|150=5|39=1|38=10|14=4|", "39") == "1");
}

TEST_CASE("a report is expected with the codes and the fields of its version") {
    const Words line("35=9|102=6|584=S");
    CHECK(expected_report(line, FixVersion::Fix42).text() == "35=9|102=2");
    CHECK(expected_report(line, FixVersion::Fix44).text() == "35=9|102=6|584=S");
    const Words limit("35=8|103=3|why=MAX_ORDER_QTY");
    CHECK(expected_report(limit, FixVersion::Fix50Sp2).get("103") == "26");
    CHECK(expected_report(Words("35=8|378=12"), FixVersion::Fix42).get("378") == "4");
    CHECK(expected_report(Words("35=8|111=5"), FixVersion::Fix50Sp2).text() == "35=8|1138=5");
    CHECK(expected_report(Words("35=8|18=J"), FixVersion::Fix42).text() == "35=8");
}
