#include <catch2/catch.hpp>

#include "sessions/client/order_words.hpp"

namespace sluice::client {

TEST_CASE("words become a NewOrderSingle") {
    OrderWords words(FixVersion::Fix44, "ACC", "C");
    const auto message = words.read("buy 100 AAPL @187.50 ioc", "20260102-00:00:00.000");
    REQUIRE(message.ok());
    CHECK(message.value().msg_type == "D");
    CHECK(message.value().body ==
          "11=C1|1=ACC|55=AAPL|54=1|60=20260102-00:00:00.000|38=100|40=2|44=187.50|59=3|");
    CHECK(message.value().echo == "NewOrderSingle C1  Buy 100 AAPL Limit 187.50 IOC");
}

TEST_CASE("an order without a price is a market order, and FIX 4.2 gets HandlInst(21)") {
    OrderWords words(FixVersion::Fix42, "", "C");
    const auto message = words.read("sell 5 MSFT id=X to=XNYS", "T");
    REQUIRE(message.ok());
    CHECK(message.value().body == "11=X|21=1|55=MSFT|54=2|60=T|38=5|40=1|59=0|100=XNYS|");
}

TEST_CASE("a cancel repeats what the order said") {
    OrderWords words(FixVersion::Fix44, "", "C");
    REQUIRE(words.read("buy 100 AAPL @1", "T").ok());
    const auto cancel = words.read("cancel C1", "T");
    REQUIRE(cancel.ok());
    CHECK(cancel.value().msg_type == "F");
    CHECK(cancel.value().body == "11=C2|41=C1|55=AAPL|54=1|60=T|38=100|");
}

TEST_CASE("a replace without a price keeps the price") {
    OrderWords words(FixVersion::Fix44, "", "C");
    REQUIRE(words.read("buy 100 AAPL @1.5 gtc", "T").ok());
    const auto replace = words.read("replace C1 50", "T");
    REQUIRE(replace.ok());
    CHECK(replace.value().body == "11=C2|41=C1|55=AAPL|54=1|60=T|38=50|40=2|44=1.5|59=1|");
}

TEST_CASE("what is not understood is answered with what was expected") {
    OrderWords words(FixVersion::Fix44, "", "C");
    CHECK(words.read("buy 100", "T").error() ==
          "expected: buy QTY SYMBOL [@PRICE] [day|ioc|fok|gtc]");
    CHECK(words.read("cancel Z", "T").error() == "no order Z was sent from here; use raw");
    CHECK(words.read("dance", "T").error() == "'dance' is not understood; 'help' lists the words");
    CHECK(
        words.read("buy 1 A soon", "T").error().find("'soon' is not understood; expected @PRICE") ==
        0);
}

}  // namespace sluice::client
