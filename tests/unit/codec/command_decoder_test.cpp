#include "sessions/codec/command_decoder.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

constexpr std::string_view kHead = "35=D|49=C|56=G|34=12|52=20260102-03:04:05.678|";

Command decoded(std::string_view fields, FixVersion version = FixVersion::Fix44) {
    Command command;
    codec::decode_command(wire(fields), version, SessionId{3}, 77, command);
    return command;
}

Command order(std::string_view fields) {
    return decoded(std::string(kHead) + std::string(fields));
}

}  // namespace

TEST_CASE("a NewOrderSingle(D) becomes a command to the digit") {
    const Command command = order(
        "11=A1|1=ACC|100=XNYS|55=ACME|54=2|60=20260102-03:04:05|38=100.50|40=2|44=0101.2500|59=3");
    CHECK(command.kind == CommandKind::NewOrder);
    CHECK(command.session == SessionId{3});
    CHECK(command.fix_in_seq == 77);
    CHECK(command.msg_seq_num == 12);
    CHECK(command.msg_type.view() == "D");
    CHECK(command.cl_ord_id.view() == "A1");
    CHECK(command.account.view() == "ACC");
    CHECK(command.ex_destination.view() == "XNYS");
    CHECK(command.symbol.view() == "ACME");
    CHECK(command.side == Side::Sell);
    CHECK(command.ord_type == OrdType::Limit);
    CHECK(command.time_in_force == TimeInForce::ImmediateOrCancel);
    CHECK(command.order_qty.units() == 10'050'000'000);
    CHECK(command.price.units() == 10'125'000'000);
    CHECK(command.flags == (command_flag::kHasOrderQty | command_flag::kHasPrice));
    CHECK(command.defect.empty());
}

TEST_CASE("the order of the fields makes no difference") {
    const Command one = order("11=A1|55=ACME|54=1|38=5|40=1");
    const Command other =
        decoded("40=1|38=5|54=1|55=ACME|11=A1|52=20260102-03:04:05.678|34=12|56=G|49=C|35=D");
    CHECK(std::memcmp(&one, &other, sizeof(Command)) == 0);
}

TEST_CASE("what is missing is left to the core and is no defect") {
    const Command command = order("11=A1");
    CHECK(command.flags == 0);
    CHECK(command.time_in_force == TimeInForce::Day);
    CHECK(command.side == Side::None);
    CHECK(command.ord_type == OrdType::None);
    CHECK(command.defect.empty());
}

TEST_CASE("a replace names both requests, a cancel and a status request are known by their ids") {
    const Command replace = decoded("35=G|34=2|41=A1|11=A2|55=ACME|54=1|38=7|40=2|44=9|99=8");
    CHECK(replace.kind == CommandKind::Replace);
    CHECK(replace.orig_cl_ord_id.view() == "A1");
    CHECK(replace.has(command_flag::kHasStopPx));
    const Command cancel = decoded("35=F|34=3|41=A1|11=A2|55=ACME|54=1|38=zzz");
    CHECK(cancel.kind == CommandKind::Cancel);
    CHECK(cancel.cl_ord_id.view() == "A2");
    CHECK(cancel.defect.empty());
    const Command status = decoded("35=H|34=4|11=A1|55=ACME|54=1");
    CHECK(status.kind == CommandKind::Status);
    CHECK(status.cl_ord_id.view() == "A1");
}

TEST_CASE("nothing but an unusable id stops a cancel") {
    const std::string w(50, 'W');
    const Command command =
        decoded("35=F|41=A1|11=A2|1=" + w + "|55=" + w + "|54=8|40=Z|110=5|38=-1|55=X");
    CHECK(command.defect.empty());
    CHECK(command.account.empty());
    CHECK(decoded("35=F|41=A1|11=" + w).defect.view() ==
          "ClOrdID(11)='WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW...' is longer than 40 characters");
}

TEST_CASE("repeated and resent messages say so") {
    CHECK(order("97=Y|11=A1").flags == command_flag::kPossResend);
    CHECK(order("43=Y|11=A1").flags == command_flag::kPossDup);
    CHECK(order("43=N|97=N|11=A1").flags == 0);
}

TEST_CASE("any other message is unsupported and keeps its type, number and ClOrdID(11)") {
    const Command command = decoded("35=BE|34=9|11=A1|11=A2|44=zzz|54=!");
    CHECK(command.kind == CommandKind::Unsupported);
    CHECK(command.msg_type.view() == "BE");
    CHECK(command.msg_seq_num == 9);
    CHECK(command.cl_ord_id.view() == "A1");
    CHECK(command.defect.empty());
    CHECK(decoded("35=TOOLONG|11=A1").msg_type.view() == "TOOL");
}

TEST_CASE("a field that cannot be used is named with its value and the reason") {
    const auto [field, words] = GENERATE(table<std::string, std::string>({
        {"44=1e5", "Price(44)='1e5' is not a decimal (digits with an optional point)"},
        {"44=", "Price(44)='' is empty"},
        {"44= 5", "Price(44)=' 5' is not a decimal (digits with an optional point)"},
        {"44=+5", "Price(44)='+5' is not a decimal (digits with an optional point)"},
        {"44=.", "Price(44)='.' is not a decimal (digits with an optional point)"},
        {"44=1.000000001", "Price(44)='1.000000001' has more than 8 decimals"},
        {"44=92233720369",
         "Price(44)='92233720369' is out of range (at most 92233720368.54775807)"},
        {"99=x", "StopPx(99)='x' is not a decimal (digits with an optional point)"},
        {"38=-5", "OrderQty(38)='-5' has a sign"},
        {"38=-0", "OrderQty(38)='-0' has a sign"},
        {"54=3", "Side(54)='3' is not served (1, 2, 5 or 6)"},
        {"54=12", "Side(54)='12' is not served (1, 2, 5 or 6)"},
        {"40=P", "OrdType(40)='P' is not served (1, 2, 3 or 4)"},
        {"59=7", "TimeInForce(59)='7' is not served (0, 1, 3, 4 or 6)"},
        {"55=", "Symbol(55)='' is empty"},
        {"1=WWWWWWWWWWWWWWWWWWWWWWWWW",
         "Account(1)='WWWWWWWWWWWWWWWWWWWWWWWWW' is longer than 24 characters"},
        {"100=WWWWWWWWWWWWW", "ExDestination(100)='WWWWWWWWWWWWW' is longer than 12 characters"},
        {"44=1|44=1", "Price(44)='1' is there twice"},
        {"11=A2", "ClOrdID(11)='A2' is there twice"},
        {"110=10", "MinQty(110)='10' is an instruction that is not served"},
        {"21=3", "HandlInst(21)='3' is an instruction that is not served"},
        {"18=5 R", "ExecInst(18)='5 R' is an instruction that is not served"},
        {"114=X", "LocateReqd(114)='X' is neither Y nor N"},
        {"423=1", "PriceType(423)='1' is an instruction that is not served"},
        {"1138=x", "DisplayQty(1138)='x' is not a decimal (digits with an optional point)"},
    }));
    CHECK(order("11=A1|" + field).defect.view() == words);
    CHECK(decoded("35=G|41=A0|11=A1|" + field).defect.view() == words);
}

TEST_CASE("instructions that change nothing are taken") {
    const auto field = GENERATE(values<std::string>(
        {"21=1", "21=2", "18=1", "18=1 5", "114=N", "423=2", "854=0", "58=hello", "9999=x"}));
    CHECK(order("11=A1|" + field).defect.empty());
}

TEST_CASE("FIX's forms of one number are one number") {
    const auto text = GENERATE(
        values<std::string>({"100", "100.", "100.0", "0100", "100.00000000", "100.000000000000"}));
    CHECK(order("38=" + text).order_qty == Quantity::from_int(100));
    CHECK(order("38=" + text).has(command_flag::kHasOrderQty));
}

TEST_CASE("the first defect of a message is the one that is told") {
    CHECK(order("38=x|44=y|54=z").defect.view() ==
          "OrderQty(38)='x' is not a decimal (digits with an optional point)");
}

TEST_CASE("a value that is not served is still echoed in the refusal") {
    const Command command = order("54=8|40=P");
    CHECK(static_cast<char>(command.side) == '8');
    CHECK(static_cast<char>(command.ord_type) == 'P');
    CHECK_FALSE(command.defect.empty());
}

TEST_CASE("an unusable number is not there") {
    const Command command = order("38=1e5|44=2|44=3");
    CHECK_FALSE(command.has(command_flag::kHasOrderQty));
    CHECK(command.order_qty.is_zero());
    CHECK(command.price == Price::from_int(2));
}

TEST_CASE("a message that breaks off is a command with a defect, not a crash") {
    Command command;
    const std::string half = soh("8=FIX.4.4|9=10|35=D|11=A1") + "44=10";
    codec::decode_command(half, FixVersion::Fix44, SessionId{1}, 1, command);
    CHECK(command.cl_ord_id.view() == "A1");
    CHECK(command.defect.view() == "what stands at byte 26 of the message is not a field");
}

TEST_CASE("the trader, the attestation and the locate of a short sale are read") {
    Command command;
    codec::decode_command(
        wire("35=D|34=2|50=ALGO7|11=A1|55=ACME|54=5|38=100|40=2|44=10|114=N|5700=LOC-1"),
        FixVersion::Fix44, SessionId{}, 0, command);
    CHECK(command.defect.empty());
    CHECK(command.trader == "ALGO7");
    CHECK(command.locate_reqd == LocateReqd::No);
    CHECK(command.locate_id == "LOC-1");
    codec::decode_command(wire("35=D|34=2|11=A1|114=Y"), FixVersion::Fix44, SessionId{}, 0,
                          command);
    CHECK(command.trader.empty());
    CHECK(command.locate_reqd == LocateReqd::Yes);
    CHECK(command.locate_id.empty());
}

}  // namespace sluice::test
