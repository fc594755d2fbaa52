#include "gateway/app/nearest_word.hpp"

#include <catch2/catch.hpp>

using namespace sluice::app;

TEST_CASE("a letter too few, too many, wrong or swapped is one edit") {
    CHECK(edit_distance("status", "statu") == 1);
    CHECK(edit_distance("status", "sttatus") == 1);
    CHECK(edit_distance("status", "stabus") == 1);
    CHECK(edit_distance("status", "sttaus") == 1);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("same", "same") == 0);
}

TEST_CASE("a mistyped word is met by the nearest that is known") {
    const std::vector<std::string> known{"status", "session", "max_order_notional",
                                         "max_order_qty"};
    CHECK(nearest_word("statsu", known) == "status");
    CHECK(nearest_word("max_order_notinal", known) == "max_order_notional");
}

TEST_CASE("a word that is like nothing gets no suggestion") {
    CHECK(nearest_word("zebra", {"status", "session"}).empty());
    CHECK(did_you_mean("zebra", {"status"}).empty());
    CHECK(did_you_mean("statsu", {"status"}) == " Did you mean 'status'?");
}

TEST_CASE("a word of two letters is not replaced as a whole") {
    CHECK(nearest_word("xy", {"ab", "cd"}).empty());
}
