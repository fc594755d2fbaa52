// Requests about many orders, questions and complaints: OrderMassCancelRequest(q),
// OrderMassStatusRequest(AF), OrderStatusRequest(H) and DontKnowTrade(Q); and the terms that an
// order may have beside quantity and price.
#include <catch2/catch.hpp>

#include "sessions/codec/command_decoder.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

Command decoded(const std::string& fields, FixVersion version = FixVersion::Fix44) {
    Command command;
    codec::decode_command(wire(fields), version, SessionId{3}, 77, command);
    return command;
}

Command order(const std::string& fields) {
    return decoded("35=D|34=2|11=A1|55=ACME|54=1|38=5|40=1|" + fields);
}

}  // namespace

TEST_CASE("a mass cancel says which orders it means") {
    const Command all = decoded("35=q|34=2|11=Q1|530=7|60=20260102-03:04:05");
    CHECK(all.kind == CommandKind::MassCancel);
    CHECK(all.cl_ord_id == "Q1");
    CHECK(all.mass_type == '7');
    CHECK(all.defect.view() == "");
    const Command some = decoded("35=q|34=2|11=Q1|530=1|55=ACME|54=2|1=ACC");
    CHECK(some.mass_type == '1');
    CHECK(some.symbol == "ACME");
    CHECK(some.side == Side::Sell);
    CHECK(some.account == "ACC");
}

TEST_CASE("a mass request whose filter cannot be read is refused, or it would touch too much") {
    const std::string type = GENERATE("35=q|11=Q1|530=7", "35=AF|584=M1|585=7");
    const std::string filter = GENERATE(
        "1=" + std::string(25, 'A'), "55=" + std::string(25, 'S'), std::string("54=12"),
        std::string("54=8"), std::string("55="), std::string("336=1"),
        std::string("453=1|448=X|447=D|452=3"), std::string("1300=M"), std::string("1=A|1=B"));
    INFO(type << " " << filter);
    CHECK(!decoded(type + "|" + filter).defect.empty());
}

TEST_CASE("a type of mass request that is not one character is none that is served") {
    CHECK(decoded("35=AF|584=M1|585=10").mass_type == '?');
    CHECK(decoded("35=AF|584=M1").mass_type == 0);
}

TEST_CASE("a mass status request has a name of its own") {
    const Command command = decoded("35=AF|34=2|584=M1|585=7|1=ACC|54=1");
    CHECK(command.kind == CommandKind::MassStatus);
    CHECK(command.request_id == "M1");
    CHECK(command.mass_type == '7');
    CHECK(command.account == "ACC");
    CHECK(command.side == Side::Buy);
    CHECK(decoded("35=AF|585=7|584=" + std::string(41, 'M'))
              .defect.view()
              .find("MassStatusReqID(584)") == 0);
}

TEST_CASE("FIX 4.2 knows no mass requests") {
    CHECK(decoded("35=q|11=Q1|530=7", FixVersion::Fix42).kind == CommandKind::Unsupported);
    CHECK(decoded("35=AF|584=M1|585=7", FixVersion::Fix42).kind == CommandKind::Unsupported);
}

TEST_CASE("a status request may have a name that its answer gives back") {
    const Command command = decoded("35=H|34=2|11=A1|790=S-1|55=ACME|54=1");
    CHECK(command.kind == CommandKind::Status);
    CHECK(command.cl_ord_id == "A1");
    CHECK(command.request_id == "S-1");
}

TEST_CASE("a trade that is not known is named by ExecID(17) and its order by OrderID(37)") {
    const Command command =
        decoded("35=Q|34=2|37=G3-17|17=G3-E42|127=D|55=ACME|54=1|38=5|32=5|31=2");
    CHECK(command.kind == CommandKind::DontKnow);
    CHECK(command.request_id == "G3-E42");
    CHECK(command.orig_cl_ord_id == "G3-17");
    CHECK(command.cl_ord_id.empty());
    CHECK(command.mass_type == 'D');
    CHECK(command.symbol == "ACME");
    CHECK(command.defect.view() == "");
}

TEST_CASE("MaxFloor(111) and DisplayQty(1138) are the displayed quantity") {
    const std::string tag = GENERATE("111", "1138");
    const Command command = order(tag + "=10.5");
    CHECK(command.defect.view() == "");
    CHECK(command.max_floor.units() == 1'050'000'000);
    CHECK(command.has(command_flag::kHasMaxFloor));
    CHECK(command.extras.empty());
    CHECK(order(tag + "=-1").defect.view() ==
          (tag == "111" ? "MaxFloor(111)='-1' has a sign" : "DisplayQty(1138)='-1' has a sign"));
    CHECK(order("111=1|1138=1").defect.view() == "DisplayQty(1138)='1' is said twice");
}

TEST_CASE("a good-till-date order ends at a time, or at the end of a date in UTC") {
    const Command timed = order("59=6|126=20260102-03:04:05.678");
    CHECK(timed.defect.view() == "");
    CHECK(timed.time_in_force == TimeInForce::GoodTillDate);
    CHECK(timed.expire == UtcNanos{1'767'323'045'678'000'000});
    CHECK(timed.has(command_flag::kHasExpire));
    CHECK(!timed.has(command_flag::kExpireIsDate));
    const Command dated = order("432=20260102|59=6");
    CHECK(dated.expire == UtcNanos{1'767'398'399'999'999'999});
    CHECK(dated.has(command_flag::kExpireIsDate));
}

TEST_CASE("an expiry that cannot be read or does not belong is refused by name") {
    CHECK(order("59=6|126=20260102").defect.view() == "ExpireTime(126)='20260102' is not a time");
    CHECK(order("59=6|432=20260230").defect.view() == "ExpireDate(432)='20260230' is not a date");
    CHECK(order("59=6").defect.view() ==
          "TimeInForce(59)='6' needs ExpireTime(126) or ExpireDate(432)");
    CHECK(order("432=20260102").defect.view() ==
          "ExpireTime(126) or ExpireDate(432) needs TimeInForce(59)='6'");
    CHECK(order("59=6|432=20260102|126=20260102-00:00:00").defect.view().find("is said twice") !=
          std::string_view::npos);
}

TEST_CASE("a replace may leave TimeInForce(59) to the order") {
    const Command command = decoded("35=G|11=A2|41=A1|55=ACME|54=1|38=5|40=1|432=20260102");
    CHECK(command.defect.view() == "");
    CHECK(command.has(command_flag::kHasExpire));
}

TEST_CASE("a peg is refused by name, any other ExecInst(18) goes on") {
    CHECK(order("18=1 G 6").defect.view() == "");
    CHECK(order("18=1 R").defect.view() ==
          "ExecInst(18)='1 R' is an instruction that is not served");
}

}  // namespace sluice::test
