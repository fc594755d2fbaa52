#include "gateway/orders/order_table.hpp"

#include <map>
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "gateway/orders/id_source.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/orders/order_state.hpp"

using namespace sluice;

namespace {

constexpr SessionId kSession{0};

Order& make(OrderTable& table, std::uint64_t id) {
    Order& order = table.create({id});
    order.live.order_qty = Quantity::from_int(100);
    return order;
}

std::uint64_t digest_of(const OrderTable& table) {
    Digest digest;
    table.digest(digest);
    return digest.value();
}

}  // namespace

TEST_CASE("an order is found by its id and by every ClOrdID of its chain") {
    OrderTable table(8);
    make(table, 7);
    REQUIRE(table.use(kSession, ClOrdId("A1"), {7}, 1));
    REQUIRE(table.use(kSession, ClOrdId("A2"), {7}, 2));
    CHECK(table.find({7})->id == OrderId{7});
    CHECK(table.find(kSession, ClOrdId("A1")) == table.find({7}));
    CHECK(table.find(kSession, ClOrdId("A2")) == table.find({7}));
    CHECK(table.find({8}) == nullptr);
    CHECK(table.find(kSession, ClOrdId("A3")) == nullptr);
}

TEST_CASE("a ClOrdID belongs to one session") {
    OrderTable table(8);
    make(table, 1);
    REQUIRE(table.use({0}, ClOrdId("A"), {1}, 1));
    CHECK(table.find_use({1}, ClOrdId("A")) == nullptr);
    CHECK(table.use({1}, ClOrdId("A"), {}, 1));
    CHECK_FALSE(table.use({0}, ClOrdId("A"), {1}, 1));
}

TEST_CASE("the id of a refused request is used and names no order") {
    OrderTable table(8);
    REQUIRE(table.use(kSession, ClOrdId("A"), OrderId{}, 9));
    REQUIRE(table.find_use(kSession, ClOrdId("A")) != nullptr);
    CHECK(table.find_use(kSession, ClOrdId("A"))->content == 9);
    CHECK(table.find(kSession, ClOrdId("A")) == nullptr);
}

TEST_CASE("an empty ClOrdID is never used") {
    OrderTable table(8);
    CHECK_FALSE(table.use(kSession, ClOrdId(), {1}, 1));
    CHECK(table.ids_size() == 0);
}

TEST_CASE("a full table says so and takes orders again after the day roll") {
    OrderTable table(2);
    make(table, 1);
    make(table, 2);
    CHECK_FALSE(table.has_room());
    close(*table.find({1}), Closed::Canceled);
    CHECK_FALSE(table.has_room());
    CHECK(table.day_roll() == 1);
    CHECK(table.has_room());
}

TEST_CASE("no ClOrdID is taken when there is no room for it") {
    OrderTable table(1);
    REQUIRE(table.use(kSession, ClOrdId("A"), {}, 1));
    REQUIRE(table.use(kSession, ClOrdId("B"), {}, 1));
    CHECK_FALSE(table.has_room_for_id());
    CHECK_FALSE(table.use(kSession, ClOrdId("C"), {}, 1));
}

TEST_CASE("dead orders are found until the day roll and gone after it, with their ids") {
    OrderTable table(8);
    for (std::uint64_t id = 1; id <= 4; ++id) {
        make(table, id);
        REQUIRE(table.use(kSession, ClOrdId("A" + std::to_string(id)), {id}, id));
    }
    REQUIRE(table.use(kSession, ClOrdId("R"), OrderId{}, 5));
    close(*table.find({2}), Closed::Canceled);
    close(*table.find({3}), Closed::Expired);
    CHECK(table.find(kSession, ClOrdId("A2")) != nullptr);
    CHECK(table.day_roll() == 2);
    CHECK(table.size() == 2);
    CHECK(table.find({2}) == nullptr);
    CHECK(table.find_use(kSession, ClOrdId("A3")) == nullptr);
    CHECK(table.find_use(kSession, ClOrdId("R")) == nullptr);
    CHECK(table.find(kSession, ClOrdId("A4"))->id == OrderId{4});
    CHECK(table.use(kSession, ClOrdId("A3"), {4}, 1));
}

TEST_CASE("orders are iterated in the order of their creation, also after a day roll") {
    OrderTable table(16);
    for (const std::uint64_t id : {9U, 3U, 7U, 1U, 8U}) {
        make(table, id);
    }
    close(*table.find({7}), Closed::Canceled);
    table.day_roll();
    make(table, 2);
    std::vector<std::uint64_t> seen;
    for (const Order& order : table.orders()) {
        seen.push_back(order.id.value);
    }
    CHECK(seen == std::vector<std::uint64_t>{9, 3, 1, 8, 2});
}

TEST_CASE("orders stay where they are while the table fills") {
    OrderTable table(64);
    const Order* const first = &make(table, 1);
    for (std::uint64_t id = 2; id <= 64; ++id) {
        make(table, id);
    }
    CHECK(table.find({1}) == first);
}

TEST_CASE("against a plain map, over random ids and day rolls, every answer is the same") {
    std::mt19937 random(11);  // NOLINT: repeatable
    OrderTable table(500);
    std::map<std::pair<std::uint32_t, std::string>, std::uint64_t> model;
    std::uint64_t next = 1;
    for (int step = 0; step < 5000; ++step) {
        const auto session = static_cast<std::uint32_t>(random() % 3);
        const std::string id = "ID" + std::to_string(random() % 400);
        const bool known = model.count({session, id}) != 0;
        if (random() % 50 == 0) {
            for (Order& order : table.orders()) {
                if (random() % 2 == 0 && order.closed == Closed::No) {
                    close(order, Closed::Canceled);
                }
            }
            table.day_roll();
            std::erase_if(model,
                          [&](const auto& use) { return table.find({use.second}) == nullptr; });
        } else if (known || !table.has_room() || !table.has_room_for_id()) {
            CHECK_FALSE(table.use({session}, ClOrdId(id), {1}, 0));
        } else {
            make(table, next);
            REQUIRE(table.use({session}, ClOrdId(id), {next}, 0));
            model[{session, id}] = next++;
        }
        const Order* const found = table.find({session}, ClOrdId(id));
        const auto expected = model.find({session, id});
        REQUIRE((found != nullptr) == (expected != model.end()));
        if (found != nullptr) {
            REQUIRE(found->id.value == expected->second);
        }
        REQUIRE(table.ids_size() == model.size());
    }
}

TEST_CASE("equal histories digest equally and any change shows") {
    OrderTable one(8);
    OrderTable two(8);
    for (OrderTable* table : {&one, &two}) {
        make(*table, 1);
        REQUIRE(table->use(kSession, ClOrdId("A"), {1}, 1));
    }
    CHECK(digest_of(one) == digest_of(two));
    add_fill(*two.find({1}), Quantity::from_int(1), Price::from_int(1));
    CHECK(digest_of(one) != digest_of(two));
}

TEST_CASE("requests with the same content hash alike, whatever their numbers and resend flags") {
    Command command;
    command.kind = CommandKind::NewOrder;
    command.cl_ord_id = ClOrdId("A");
    command.order_qty = Quantity::from_int(5);
    Command again = command;
    again.msg_seq_num = 99;
    again.fix_in_seq = 1234;
    again.flags |= command_flag::kPossResend;
    CHECK(content_hash(command) == content_hash(again));
    const auto differs = [&](const auto& change) {
        Command other = command;
        change(other);
        return content_hash(other) != content_hash(command);
    };
    CHECK(differs([](Command& c) { c.order_qty = Quantity::from_int(6); }));
    CHECK(differs([](Command& c) { c.price = Price::from_units(1); }));
    CHECK(differs([](Command& c) { c.flags |= command_flag::kHasPrice; }));
    CHECK(differs([](Command& c) { c.side = Side::Buy; }));
    CHECK(differs([](Command& c) { c.ord_type = OrdType::Limit; }));
    CHECK(differs([](Command& c) { c.time_in_force = TimeInForce::FillOrKill; }));
    CHECK(differs([](Command& c) { c.account = AccountName("X"); }));
    CHECK(differs([](Command& c) { c.symbol = SymbolName("X"); }));
    CHECK(differs([](Command& c) { c.ex_destination = DestinationName("X"); }));
    CHECK(differs([](Command& c) { c.orig_cl_ord_id = ClOrdId("X"); }));
    CHECK(differs([](Command& c) { c.kind = CommandKind::Replace; }));
}

TEST_CASE("ids count within their epoch and an epoch begins anew") {
    IdSource ids;
    ids.start_epoch(3);
    CHECK(ids.next_order() == OrderId{std::uint64_t{3} << kEpochShift | 1});
    CHECK(ids.next_order() == OrderId{std::uint64_t{3} << kEpochShift | 2});
    CHECK(ids.next_exec() == ExecId{std::uint64_t{3} << kEpochShift | 1});
    ids.start_epoch(4);
    CHECK(ids.next_order() == OrderId{std::uint64_t{4} << kEpochShift | 1});
}

TEST_CASE("names keep their id when a later document leaves them out or reorders them") {
    NameTable names;
    CoreConfig config;
    config.accounts.resize(2);
    config.accounts[0].id = "A";
    config.accounts[1].id = "B";
    names.learn(config);
    config.accounts[0].id = "C";
    names.learn(config);
    CHECK(names.accounts.find("A") == 0);
    CHECK(names.accounts.find("B") == 1);
    CHECK(names.accounts.find("C") == 2);
    CHECK(names.accounts.find("D") == kNoIndex);
    CHECK(names.accounts.name(2) == "C");
}
