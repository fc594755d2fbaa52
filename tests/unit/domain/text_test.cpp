#include "gateway/domain/text.hpp"

#include <cstring>

#include <catch2/catch.hpp>

#include "gateway/domain/limits.hpp"
#include "gateway/domain/names.hpp"
#include "gateway/domain/reject_reason.hpp"

using namespace sluice;

TEST_CASE("a text takes what fits and refuses what does not, unchanged") {
    Text<4> text("ab");
    CHECK(text.assign("abcd"));
    CHECK(text.view() == "abcd");
    CHECK_FALSE(text.assign("abcde"));
    CHECK(text.view() == "abcd");
    CHECK(text.assign(std::string_view{}));
    CHECK(text.empty());
}

TEST_CASE("equal texts are equal bytes, whatever was in them before") {
    Text<8> once("abc");
    Text<8> twice("longest");
    REQUIRE(twice.assign("abc"));
    CHECK(std::memcmp(&once, &twice, sizeof once) == 0);
    CHECK(once == twice);
}

TEST_CASE("prose is cut at its end") {
    Text<4> text;
    text.assign_prefix("abcdef");
    CHECK(text == "abcd");
}

TEST_CASE("texts sort as their words do") {
    CHECK(Text<8>("ab") < Text<8>("abc"));
    CHECK(Text<8>("b") > Text<8>("abc"));
}

TEST_CASE("ids are written and read back") {
    const Instance g("G");
    const OrderId order{std::uint64_t{3} << kEpochShift | 17};
    CHECK(order_id_text(g, order) == "G3-17");
    CHECK(exec_id_text(g, {std::uint64_t{3} << kEpochShift | 42}) == "G3-E42");
    CHECK(venue_cl_ord_id_text(g, order, 2) == "G3-17.2");
    CHECK(parse_order_id(g, "G3-17") == order);
    const auto venue = parse_venue_cl_ord_id(g, "G3-17.2");
    REQUIRE(venue);
    CHECK(venue->order == order);
    CHECK(venue->version == 2);
}

TEST_CASE("the largest ids survive the way out and back") {
    const Instance instance("ABCD");
    const OrderId order{~std::uint64_t{0}};
    const auto text = venue_cl_ord_id_text(instance, order, ~std::uint32_t{0});
    const auto back = parse_venue_cl_ord_id(instance, text.view());
    REQUIRE(back);
    CHECK(back->order == order);
    CHECK(back->version == ~std::uint32_t{0});
}

TEST_CASE("what is not exactly one of our ids is not read as one") {
    const Instance g("G");
    for (const char* text :
         {"", "G", "G3", "G3-", "G-17", "H3-17", "G3-17 ", "G03-17", "G3-017", "G3-17.", "G3-17.2",
          "G3-+1", "G3--1", "G16777216-1", "G3-1099511627776", "G99999999999999999999-1"}) {
        INFO(text);
        CHECK_FALSE(parse_order_id(g, text));
    }
    for (const char* text : {"G3-17", "G3-17.", "G3-17.02", "G3-17.4294967296", "G3-17.2x"}) {
        INFO(text);
        CHECK_FALSE(parse_venue_cl_ord_id(g, text));
    }
}

TEST_CASE("every limit key and scope is found by its own word") {
    for (std::size_t i = 1; i < kLimitKeys; ++i) {
        const auto key = static_cast<LimitKey>(i);
        CHECK(limit_key(to_text(key)) == key);
    }
    for (int i = 1; i <= static_cast<int>(ScopeKind::AccountInstrument); ++i) {
        const auto scope = static_cast<ScopeKind>(i);
        CHECK(scope_kind(to_text(scope)) == scope);
    }
    CHECK_FALSE(limit_key("none"));
    CHECK_FALSE(limit_key("max_everything"));
    CHECK_FALSE(scope_kind(""));
}

TEST_CASE("every reject reason has a code of its own") {
    for (int i = 0; i < static_cast<int>(RejectReason::Count_); ++i) {
        for (int j = 0; j < i; ++j) {
            CHECK(code(static_cast<RejectReason>(i)) != code(static_cast<RejectReason>(j)));
        }
    }
}
