// NewOrderList(E): one command for each order, or one that says why it is no list.
#include <cstring>

#include <catch2/catch.hpp>

#include "sessions/codec/command_decoder.hpp"
#include "tests/unit/codec/quickfix_view.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

constexpr std::string_view kHead = "35=E|49=C|56=G|34=12|52=20260102-03:04:05.678|";

std::vector<Command> listed(const std::string& fields, FixVersion version = FixVersion::Fix44) {
    std::vector<Command> commands(3);
    codec::decode_list(wire(std::string(kHead) + fields), version, SessionId{3}, 77, commands);
    return commands;
}

std::string order(int number) {
    const std::string n = std::to_string(number);
    return "|11=A" + n + "|67=" + n + "|21=1|55=ACME|54=1|60=20260102-03:04:05|38=" + n + "|40=1";
}

std::string list_of(int orders, const std::string& head = "66=L1|394=3") {
    std::string text = head + "|68=" + std::to_string(orders) + "|73=" + std::to_string(orders);
    for (int i = 1; i <= orders; ++i) {
        text += order(i);
    }
    return text;
}

std::string defect_of(const std::string& fields) {
    const auto commands = listed(fields);
    REQUIRE(commands.size() == 1);
    CHECK(commands[0].kind == CommandKind::Unsupported);
    CHECK(commands[0].msg_type == "E");
    CHECK(commands[0].msg_seq_num == 12);
    CHECK(!commands[0].has(command_flag::kMoreFollow));
    return std::string(commands[0].defect.view());
}

}  // namespace

TEST_CASE("a list becomes one new order for each of its orders") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const auto commands = listed(list_of(3), version);
    REQUIRE(commands.size() == 3);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const Command& command = commands[i];
        const auto n = static_cast<int>(i) + 1;
        INFO(n);
        CHECK(command.kind == CommandKind::NewOrder);
        CHECK(command.defect.view() == "");
        CHECK(command.session == SessionId{3});
        CHECK(command.fix_in_seq == 77);
        CHECK(command.msg_seq_num == 12);
        CHECK(command.msg_type == "E");
        CHECK(command.cl_ord_id == "A" + std::to_string(n));
        CHECK(command.request_id == "L1");
        CHECK(command.order_qty == Quantity::from_int(n));
        CHECK(command.list_size == 3);
        CHECK(command.list_index == n);
        CHECK(command.has(command_flag::kMoreFollow) == (n < 3));
        CHECK(readable(command.extras.view()) == "66=L1|21=1|");
    }
}

TEST_CASE("what is wrong with one order of a list is that order's own") {
    const auto commands = listed(
        "66=L1|394=3|68=2|73=2|11=A1|67=1|55=ACME|54=1|38=1e5|40=1|11=A2|67=2|55=ACME|54=1|38=5|"
        "40=1|18=G");
    REQUIRE(commands.size() == 2);
    CHECK(commands[0].defect.view().find("OrderQty(38)='1e5'") == 0);
    CHECK(commands[1].defect.view() == "");
    CHECK(readable(commands[1].extras.view()) == "66=L1|18=G|");
}

TEST_CASE("PossResend(97) of a list holds for each order") {
    for (const Command& command : listed("97=Y|" + list_of(2))) {
        CHECK(command.has(command_flag::kPossResend));
    }
}

TEST_CASE("a list of 100 orders is taken and one of 101 is not") {
    CHECK(listed(list_of(100)).size() == 100);
    CHECK(defect_of(list_of(101)) == "NoOrders(73): the list holds more than 100 orders");
}

TEST_CASE("a list that is none is answered in one piece") {
    CHECK(defect_of("66=L1|394=3|68=0|73=0") == "NoOrders(73): the list holds no order");
    CHECK(defect_of("394=3|68=1|73=1" + order(1)) == "ListID(66) is required");
    CHECK(defect_of("66=" + std::string(41, 'L') + "|68=1|73=1" + order(1)).find("ListID(66)") ==
          0);
    CHECK(defect_of("66=L1|68=2|73=1" + order(1)) ==
          "the list holds 1 orders, but NoOrders(73) is 1 and TotNoOrders(68) is 2");
    CHECK(defect_of("66=L1|68=1|73=2" + order(1)) ==
          "the list holds 1 orders, but NoOrders(73) is 2 and TotNoOrders(68) is 1");
    CHECK(defect_of("66=L1|433=2|68=1|73=1" + order(1)).find("ListExecInstType(433)='2'") == 0);
    CHECK(defect_of("66=L1|893=N|68=1|73=1" + order(1)).find("LastFragment(893)='N'") == 0);
    CHECK(defect_of("66=L1|1385=1|68=1|73=1" + order(1)).find("ContingencyType(1385)='1'") == 0);
    std::vector<Command> commands;
    codec::decode_list(
        "8=FIX.4.4\x01"
        "35=E\x01"
        "66=L1\x01"
        "73",
        FixVersion::Fix44, SessionId{3}, 77, commands);
    REQUIRE(commands.size() == 1);
    CHECK(commands[0].defect.view() == "the list breaks off inside a field");
    CHECK(commands[0].cl_ord_id == "L1");
}

TEST_CASE("an order in a list is read as the same order alone") {
    const std::string more =
        GENERATE("", "|44=1e5", "|59=6", "|59=6|432=20261231", "|111=5|111=6", "|18=R", "|54=8",
                 "|114=N|5700=L", "|453=1|448=C|447=D|452=3|528=A|47=P|7001=x", "|110=5", "|43=Y");
    INFO(more);
    const std::string fields = "11=A1|55=ACME|54=1|38=5|40=1" + more;
    Command alone;
    codec::decode_command(wire("35=D|49=C|56=G|34=12|52=20260102-03:04:05.678|" + fields),
                          FixVersion::Fix44, SessionId{3}, 77, alone);
    const auto commands = listed("66=L1|394=3|68=1|73=1|" + fields);
    REQUIRE(commands.size() == 1);
    Command in_list = commands[0];
    CHECK(readable(in_list.extras.view()) == "66=L1|" + readable(alone.extras.view()));
    in_list.extras = alone.extras;
    in_list.request_id = {};
    in_list.list_size = in_list.list_index = 0;
    in_list.msg_type = alone.msg_type;
    CHECK(std::memcmp(&in_list, &alone, sizeof(Command)) == 0);
}

TEST_CASE("QuickFIX reads the same orders from a list") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const std::string message =
        wire(std::string(kHead) + list_of(7),
             version == FixVersion::Fix50Sp2 ? "FIXT.1.1" : to_text(version));
    INFO(readable(message));
    CHECK(dictionaries(version).reject_reason(message) == std::nullopt);
    std::vector<Command> commands;
    codec::decode_list(message, version, SessionId{3}, 77, commands);
    std::vector<std::string> names;
    for (const Command& command : commands) {
        names.emplace_back(command.cl_ord_id.view());
    }
    CHECK(QuickFixView(message, version).values(11) == names);
}

}  // namespace sluice::test
